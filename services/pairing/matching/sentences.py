"""Turns the reasons of a match run into plain sentences in the reader's language."""

from collections.abc import Callable, Iterable

from pairing.matching import rule_words
from pairing.matching.model import Alternative, Reason
from pairing.pairings import words
from pairing.people.words import GOALS
from pairing.programmes.words import criterion_name
from ui import gettext as _
from ui import ngettext
from ui.language import mark

OBJECTIVES = {"nobody_left_out": mark("nobody left out"), "best_total": mark("best total")}
STATES = {
    "proposed": (mark("proposal"), ""),
    "publishing": (mark("being published"), "warn"),
    "published": (mark("published"), "good"),
    "superseded": (mark("overtaken"), ""),
}
ORIGINS = {
    "asked": "",
    "follow_up": mark("computed for those who wait again"),
    "by_hand": mark("with a pair made by hand"),
    "new_weights": mark("with other weights"),
}
PAIR: dict[str, Callable[[Reason], str]] = {
    "shared_interests": lambda reason: _("Both are at home in %(fields)s.", fields=words.fields(reason.words)),
    "no_shared_interests": lambda reason: _("They share no field of interest."),
    "free_together": lambda reason: _("Free together on %(times)s.", times=words.weekly(reason.windows)),
    "not_free_together": lambda reason: _("They have no common time for a session."),
    "shared_languages": lambda reason: _("Both speak %(languages)s.", languages=words.languages(reason.words)),
    "mentee_wished": lambda reason: _("The mentee's wish number %(rank)s.", rank=reason.count),
    "mentor_wished": lambda reason: _("The mentor's wish number %(rank)s.", rank=reason.count),
    "no_wish": lambda reason: _("Neither wished for the other."),
    "online": lambda reason: _("They meet online."),
    "in_person": lambda reason: _("They can meet in %(town)s.", town=reason.words[0]),
    "model_offered": lambda reason: _("The mentor offers what the mentee needs: %(models)s.", models=_models(reason)),
    "model_not_offered": lambda reason: _("The mentee would rather have %(models)s.", models=_models(reason)),
    "no_need": lambda reason: _("The mentee names no way of working."),
    "no_goal": lambda reason: _("The mentee names no goal."),
    "goal_offered": lambda reason: _("The mentor helps with her goal: %(goal)s.", goal=_goal(reason)),
    "goal_not_offered": lambda reason: _("The mentor does not name her goal: %(goal)s.", goal=_goal(reason)),
    "has_waited": lambda reason: ngettext("The mentee has waited %(num)s day.", "The mentee has waited %(num)s days.", reason.count),
}
"""What is said about a pair."""
OF_CRITERION = {
    "interests": ("shared_interests", "no_shared_interests"),
    "free_time": ("free_together", "not_free_together"),
    "wishes": ("mentee_wished", "mentor_wished", "no_wish"),
    "language": ("shared_languages",),
    "place": ("online", "in_person"),
    "model": ("model_offered", "model_not_offered", "no_need"),
    "goals": ("goal_offered", "goal_not_offered", "no_goal"),
    "waiting": ("has_waited",),
}
"""Which reasons tell of which criterion."""


def pair(reasons: Iterable[Reason], criterion: str = "") -> str:
    """Why two people fit, in a few sentences; those about one criterion if it is given."""
    told = OF_CRITERION[criterion] if criterion else PAIR.keys()
    return " ".join(PAIR[reason.code](reason) for reason in reasons if reason.code in told)


def alternative(other: Alternative, name: str) -> str:
    """Another mentor who would be allowed, and why it is not she."""
    return _("%(name)s, %(points)s: %(why)s", name=name, points=round(other.score), why=why_not(other.why))


def why_not(why: Reason) -> str:
    """Why a mentee does not have this mentor, whom the rules allow."""
    if why.code == "places_taken":
        return _("All her places went to others; taking one from them would not make the whole better.")
    if why.code == "locked_elsewhere":
        return _("You locked another pair.")
    if why.code == "fits_less" and why.words:
        less = {"num": why.count, "criterion": criterion_name(why.words[0])}
        return _("%(num)s points lower, above all in %(criterion)s.", **less)
    if why.code == "fits_less":
        return ngettext("%(num)s point lower.", "%(num)s points lower.", why.count)
    return _("No better for the whole; the draw decided.")


def obstacles(reasons: Iterable[Reason], *, of_mentor: bool = False) -> list[str]:
    """Which rules keep mentors away from a mentee who is left out, or mentees from a mentor."""
    tell = rule_words.blocked_for_mentor if of_mentor else rule_words.blocked
    return [tell(reason.words[0], reason.count, must(reason.words[0])) for reason in reasons if reason.code == "blocked"]


def remedies(reasons: Iterable[Reason], *, of_mentor: bool = False) -> list[str]:
    """What would have to change for somebody to be paired."""
    tell = rule_words.would_open_for_mentor if of_mentor else rule_words.would_open
    told = [tell(reason.words[0], reason.count, must(reason.words[0])) for reason in reasons if reason.code == "would_open"]
    return told or [_("No single change is enough: several things stand in the way at once.")]


def rule(code: str) -> str:
    """A broken rule in a few words."""
    return rule_words.name(code, must(code))


def must(code: str) -> str:
    """The criterion that a rule of weight ten asks for; "" for other rules."""
    return criterion_name(code.removeprefix(rule_words.MUST_PREFIX)) if code.startswith(rule_words.MUST_PREFIX) else ""


def _models(reason: Reason) -> str:
    return words.listed([words.model(code) for code in reason.words])


def _goal(reason: Reason) -> str:
    return _(GOALS[reason.words[0]]) if reason.words[0] in GOALS else reason.words[0]
