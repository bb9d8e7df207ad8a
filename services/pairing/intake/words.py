"""The words of the form: choices, what to write, and what is wrong, as a mentee of thirteen reads them."""

from pairing.pairings import words
from pairing.people import where_when
from pairing.people.findings import REMEDIES, Finding
from ui import gettext as _
from ui.language import mark

GOALS = {
    "explore_careers": mark("Find out which jobs there are"),
    "technical_skills": mark("Learn to make or build something"),
    "confidence": mark("Trust myself more"),
    "leadership": mark("Learn to lead"),
}
LEVELS = {"new": mark("It is new to me"), "developing": mark("I have tried some things"), "experienced": mark("I do it often")}
NEEDS = {
    "hands_on": mark("Doing things together"),
    "structured": mark("A plan with clear steps"),
    "flexible": mark("Asking when I need something"),
    "group": mark("Learning in a group"),
}
LEARNING_STYLES = {
    "doing": mark("By doing"),
    "visual": mark("By looking at pictures or films"),
    "listening": mark("By listening and talking"),
    "reading": mark("By reading"),
}
ERRORS = {
    "required": mark("Please fill this in."),
    "guardian-missing": mark("You are under 18: we need a parent or guardian here."),
    "guardian-same": mark("This is your own address. Write the address of your parent or guardian."),
    "birth-implausible": mark("With this day you would be %(age)s years old. Check the year: from %(least)s to %(most)s can take part."),
}
OF_FIELD = {
    "availability": mark("Tick at least one time."),
    "languages": mark("Tick at least one language."),
    "interests": mark("Tick at least one field."),
    "expertise": mark("Tick at least one field."),
    "consent": mark("Tick this box to send the form. If you do not want to, close this page: nothing is passed on."),
}
"""What to do where nothing was ticked."""


def error(finding: Finding) -> str:
    """What is wrong with a field and what to do, in the reader's language."""
    if finding.code == "required" and finding.column in OF_FIELD:
        return _(OF_FIELD[finding.column])
    return _(ERRORS.get(finding.code, REMEDIES[finding.code]), **finding.params)


def choices(table: dict[str, str]) -> list[tuple[str, str]]:
    """Code and words of each row."""
    return [(code, _(said)) for code, said in table.items()]


def options() -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, by field, in the reader's language."""
    fields = sorted(choices(words.FIELDS), key=lambda choice: choice[1].casefold())
    return {
        "interests": fields,
        "expertise": fields,
        "format": choices(words.FORMATS),
        "models": choices(words.MODELS),
        "career_goal": choices(GOALS),
        "experience_level": choices(LEVELS),
        "needs": choices(NEEDS),
        "learning_style": choices(LEARNING_STYLES),
        "country": where_when.countries(),
        "languages": where_when.languages(),
    }
