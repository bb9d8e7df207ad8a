"""Turns the reasons of a match run into plain sentences in the reader's language."""

from collections.abc import Callable, Iterable

from pairing.matching.model import Reason
from pairing.pairings import words
from ui import gettext as _
from ui import ngettext
from ui.language import mark

CRITERIA = {
    "interests": mark("interests"),
    "free_time": mark("time together"),
    "wishes": mark("wishes"),
    "language": mark("language"),
    "place": mark("place"),
    "model": mark("way of working"),
    "goals": mark("goals"),
    "waiting": mark("time waited"),
}
OBJECTIVES = {"nobody_left_out": mark("nobody left out"), "best_total": mark("best total")}
STATES = {"proposed": (mark("proposal"), ""), "published": (mark("published"), "good"), "superseded": (mark("overtaken"), "")}

PAIR: dict[str, Callable[[Reason], str]] = {
    "shared_interests": lambda reason: _("Both are at home in %(fields)s.", fields=words.fields(reason.words)),
    "no_shared_interests": lambda reason: _("They share no field of interest."),
    "free_together": lambda reason: _("Free together on %(times)s.", times=words.weekly(reason.windows)),
    "not_free_together": lambda reason: _("They have no common time for a session."),
    "shared_languages": lambda reason: _("Both speak %(languages)s.", languages=words.languages(reason.words)),
    "mentee_wished": lambda reason: _("The mentee's wish number %(rank)s.", rank=reason.count),
    "mentor_wished": lambda reason: _("The mentor's wish number %(rank)s.", rank=reason.count),
    "online": lambda reason: _("They meet online."),
    "in_person": lambda reason: _("They can meet in %(town)s.", town=reason.words[0]),
    "model_offered": lambda reason: _("The mentor offers what the mentee needs: %(models)s.", models=_models(reason)),
    "model_not_offered": lambda reason: _("The mentee would rather have %(models)s.", models=_models(reason)),
}
"""What is said about a pair."""

BLOCKED: dict[str, Callable[[int], str]] = {
    "guardian_permission": lambda n: _("No permission of a guardian is on record."),
    "vetting": lambda n: ngettext(
        "%(num)s mentor has no vetting until the end of the programme.",
        "%(num)s mentors have no vetting until the end of the programme.",
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
"""Which rule stands in the way, for how many mentors."""

WOULD_OPEN: dict[str, Callable[[int], str]] = {
    "guardian_permission": lambda n: ngettext(
        "With a guardian's permission, %(num)s mentor would fit.", "With a guardian's permission, %(num)s mentors would fit.", n
    ),
    "vetting": lambda n: ngettext(
        "With a renewed vetting, %(num)s mentor would fit.", "With a renewed vetting, %(num)s mentors would fit.", n
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
}
"""What would have to change, and how many mentors that alone would bring."""


def pair(reasons: Iterable[Reason]) -> str:
    """Why two people fit, in a few sentences."""
    return " ".join(PAIR[reason.code](reason) for reason in reasons if reason.code in PAIR)


def obstacles(reasons: Iterable[Reason]) -> list[str]:
    """Which rules keep mentors away from somebody who is left out."""
    return [_blocked(reason.words[0], reason.count) for reason in reasons if reason.code == "blocked"]


def remedies(reasons: Iterable[Reason]) -> list[str]:
    """What would have to change for a mentee to have a mentor."""
    told = [_would_open(reason.words[0], reason.count) for reason in reasons if reason.code == "would_open"]
    return told or [_("No single change is enough: several things stand in the way at once.")]


def _blocked(code: str, count: int) -> str:
    if code in BLOCKED:
        return BLOCKED[code](count)
    return ngettext(
        "%(num)s mentor has nothing in %(criterion)s.", "%(num)s mentors have nothing in %(criterion)s.", count, criterion=_must(code)
    )


def _would_open(code: str, count: int) -> str:
    if code in WOULD_OPEN:
        return WOULD_OPEN[code](count)
    return ngettext(
        "If %(criterion)s were no must, %(num)s mentor would fit.",
        "If %(criterion)s were no must, %(num)s mentors would fit.",
        count,
        criterion=_must(code),
    )


def _must(code: str) -> str:
    return _(CRITERIA[code.removeprefix("must_")])


def _models(reason: Reason) -> str:
    return words.listed([words.model(code) for code in reason.words])
