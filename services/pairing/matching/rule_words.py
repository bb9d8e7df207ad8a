"""The words for the hard rules: in short, as the reason of a refusal, and counted over many people."""

from collections.abc import Callable
from typing import NamedTuple

from chassis.errors import Refused
from ui import gettext as _
from ui import ngettext
from ui.language import mark

MUST_PREFIX = "must_"


class Rule(NamedTuple):
    """What a broken rule is called in a list, and the refusal of a pair that breaks it, with its remedy."""

    name: str
    refused: str


RULES = {
    "guardian_permission": Rule(
        mark("no permission of a guardian"),
        mark("The mentee is a minor, and no permission of a guardian is on record. Record the permission, then try again."),
    ),
    "consent": Rule(
        mark("consent is withdrawn"),
        mark("One of the two has withdrawn consent to take part. Ask whether they want to take part again, or choose somebody else."),
    ),
    "vetting": Rule(
        mark("no background check on record until the end of the programme"),
        mark(
            "The mentee is a minor, and no background check of the mentor is on record that lasts until the programme ends. "
            "Record one, then try again."
        ),
    ),
    "training": Rule(
        mark("no data-protection training"),
        mark("The mentor has not done the data-protection training yet. Record the date of the training, then try again."),
    ),
    "age": Rule(
        mark("age outside the country's rules"),
        mark("One of the two is younger or older than the country's rules allow. Check the birth dates, or choose somebody else."),
    ),
    "conflict_of_interest": Rule(
        mark("same family, own teacher, or never to be paired"),
        mark("These two are family, teacher and pupil, or noted as never to be paired. Choose somebody else, or correct their data."),
    ),
    "shared_language": Rule(
        mark("no shared language"),
        mark("The two share no language. Choose somebody else, or complete the languages of both."),
    ),
    "format_and_place": Rule(
        mark("no way to meet"),
        mark("The two cannot meet: not online, and not in the same town. Ask both how they could meet, or choose somebody else."),
    ),
    "capacity": Rule(
        mark("no free place"),
        mark("The mentor has no free place. Ask whether she takes one more mentee, or choose somebody else."),
    ),
    "quality": Rule(
        mark("below the minimum fit"),
        mark("The two fit less than the minimum that was asked for. Compute with a lower minimum first, or choose somebody else."),
    ),
    "excluded": Rule(
        mark("excluded by a coordinator"),
        mark("This pair is excluded by a coordinator. Remove the exclusion first, if it no longer holds."),
    ),
    "met_before": Rule(
        mark("declined or ended before"),
        mark("These two were proposed or paired before, and it was declined or ended early. Choose somebody else."),
    ),
    "placed": Rule(mark("has a mentor who fits better"), mark("This mentee has a mentor. Choose somebody else.")),
    "left": Rule(mark("not in the programme any more"), mark("One of the two has left the programme. Choose somebody else.")),
    "ending": Rule(mark("the programme comes to its end"), mark("The programme comes to its end. Pair these two in the next one.")),
}
A_MUST = Rule(
    mark("nothing in %(criterion)s, which is a must"),
    mark("The two have nothing in something that is a must for this programme. Choose somebody else, or lower its weight below 10."),
)

BLOCKED: dict[str, Callable[[int], str]] = {
    "guardian_permission": lambda n: _("No permission of a guardian is on record."),
    "vetting": lambda n: ngettext(
        "%(num)s mentor has no background check on record until the end of the programme.",
        "%(num)s mentors have no background check on record until the end of the programme.",
        n,
    ),
    "training": lambda n: ngettext(
        "%(num)s mentor has not done the data-protection training.", "%(num)s mentors have not done the data-protection training.", n
    ),
    "shared_language": lambda n: ngettext(
        "%(num)s mentor shares no language with the mentee.", "%(num)s mentors share no language with the mentee.", n
    ),
    "format_and_place": lambda n: ngettext(
        "%(num)s mentor cannot meet where and how the mentee can.", "%(num)s mentors cannot meet where and how the mentee can.", n
    ),
    "capacity": lambda n: ngettext("%(num)s mentor is full.", "%(num)s mentors are full.", n),
}
"""Which rule stands in a mentee's way, for how many mentors, where there is more to say than its name."""

WOULD_OPEN: dict[str, Callable[[int], str]] = {
    "guardian_permission": lambda n: ngettext(
        "With a guardian's permission, %(num)s mentor would fit.", "With a guardian's permission, %(num)s mentors would fit.", n
    ),
    "vetting": lambda n: ngettext(
        "Once a background check that lasts is recorded, %(num)s mentor would fit.",
        "Once a background check that lasts is recorded, %(num)s mentors would fit.",
        n,
    ),
    "training": lambda n: ngettext("After the training, %(num)s mentor would fit.", "After the training, %(num)s mentors would fit.", n),
    "shared_language": lambda n: ngettext(
        "With a common language, %(num)s mentor would fit.", "With a common language, %(num)s mentors would fit.", n
    ),
    "format_and_place": lambda n: ngettext(
        "If they could meet, online or in the same town, %(num)s mentor would fit.",
        "If they could meet, online or in the same town, %(num)s mentors would fit.",
        n,
    ),
    "capacity": lambda n: ngettext(
        "%(num)s mentor would fit but is full: one more place would change it.",
        "%(num)s mentors would fit but are full: one more place would change it.",
        n,
    ),
    "quality": lambda n: ngettext(
        "With a lower minimum fit, %(num)s mentor would do.", "With a lower minimum fit, %(num)s mentors would do.", n
    ),
}
"""What would have to change for a mentee, and how many mentors that alone would bring."""


def refusal(code: str) -> Refused:
    """Why a pair must not be made, and what to do about it."""
    name = "must" if code.startswith(MUST_PREFIX) else code
    return Refused(f"match-rule-{name.replace('_', '-')}", RULES.get(code, A_MUST).refused)


def blocked(code: str, count: int, criterion: str) -> str:
    """What keeps so many mentors from a mentee; `criterion` names the one that is a must."""
    if code in BLOCKED:
        return BLOCKED[code](count)
    return ngettext("%(num)s mentor: %(rule)s.", "%(num)s mentors: %(rule)s.", count, rule=name(code, criterion))


def blocked_for_mentor(code: str, count: int, criterion: str) -> str:
    """What keeps so many mentees from a mentor."""
    return ngettext("%(num)s mentee: %(rule)s.", "%(num)s mentees: %(rule)s.", count, rule=name(code, criterion))


def would_open(code: str, count: int, criterion: str) -> str:
    """What alone would bring so many mentors to a mentee."""
    if code in WOULD_OPEN:
        return WOULD_OPEN[code](count)
    return ngettext(
        "Only this keeps %(num)s mentor away: %(rule)s.",
        "Only this keeps %(num)s mentors away: %(rule)s.",
        count,
        rule=name(code, criterion),
    )


def would_open_for_mentor(code: str, count: int, criterion: str) -> str:
    """What alone would bring so many mentees to a mentor."""
    if code == "placed":
        return ngettext(
            "%(num)s mentee would fit, and has a mentor who fits better.",
            "%(num)s mentees would fit, and have mentors who fit better.",
            count,
        )
    return ngettext(
        "Only this keeps %(num)s mentee away: %(rule)s.",
        "Only this keeps %(num)s mentees away: %(rule)s.",
        count,
        rule=name(code, criterion),
    )


def name(code: str, criterion: str = "") -> str:
    """A broken rule in a few words; `criterion` names the one that is a must."""
    return _(RULES[code].name) if code in RULES else _(A_MUST.name, criterion=criterion)
