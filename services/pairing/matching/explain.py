"""Says why two people fit: what each criterion brings, and for the mentee who else would do and why it is not she."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pairing.matching.availability import Free, common_windows
from pairing.matching.candidates import Cohort, Mentee, Mentor
from pairing.matching.criteria import Scores
from pairing.matching.model import Alternative, Reason
from pairing.matching.problem import Pair, Problem
from pairing.pairings.chooser import choose_format, wanted_models
from pairing.pairings.model import Window

ALTERNATIVES = 3


def points(parts: Mapping[str, Scores], weights: Mapping[str, int], pair: Pair) -> dict[str, float]:
    """What each criterion contributes to a pair's fit of 100, to one decimal."""
    total = sum(weights[name] for name in parts)
    return {name: round(100 * weights[name] * float(matrix[pair]) / total, 1) for name, matrix in parts.items()}


def reasons(mentee: Mentee, mentor: Mentor, windows: tuple[Window, ...]) -> tuple[Reason, ...]:
    """What a coordinator reads about a pair, one reason per sentence."""
    fields = _in_both(mentee.interests, mentor.expertise)
    return (
        Reason("shared_interests", fields) if fields else Reason("no_shared_interests"),
        Reason("free_together", windows=windows) if windows else Reason("not_free_together"),
        Reason("shared_languages", _in_both(mentee.languages, mentor.languages)),
        *_wishes(mentee, mentor),
        _place(mentee, mentor),
        _model(mentee, mentor),
        _goal(mentee, mentor),
        Reason("has_waited", count=mentee.waited_days),
    )


def windows_of(mentee_free: Free, mentor_free: Free, cohort: Cohort) -> tuple[Window, ...]:
    """When two people (one row of free quarters each) could meet."""
    terms = cohort.terms
    return tuple(Window(*ends) for ends in common_windows(mentee_free, mentor_free, terms.reference_week, terms.meeting_minutes))


def alternatives(problem: Problem, left: NDArray[np.int64], pair: Pair) -> tuple[Alternative, ...]:
    """The best other mentors for the mentee of this pair, and why it is none of them."""
    row, chosen = pair
    fits = np.where(problem.allowed[row], problem.fit[row], -1)
    fits[chosen] = -1
    return tuple(
        Alternative(
            mentor_id=problem.cohort.mentors[column].id,
            score=problem.points((row, column)),
            taken=bool(left[column] <= 0),
            why=why_not(problem, pair, (row, column), taken=bool(left[column] <= 0)),
        )
        for column in _best(fits, ALTERNATIVES)
    )


def why_not(problem: Problem, pair: Pair, other: Pair, *, taken: bool) -> Reason:
    """Why a mentee has this pair and not the other one, which the rules allow as well.

    When all places of a mentor who fits better went to others, no exchange makes the whole better: else it would have been made.
    """
    if pair in problem.locked:
        return Reason("locked_elsewhere")
    less = problem.points(pair) - problem.points(other)
    if less > 0:
        return Reason("fits_less", _weakest(problem, pair, other), round(less))
    return Reason("places_taken") if taken else Reason("no_better")


def _weakest(problem: Problem, pair: Pair, other: Pair) -> tuple[str, ...]:
    """The criterion in which the other pair loses most."""
    weights = problem.cohort.terms.weights
    losses = {name: weights[name] * float(matrix[pair] - matrix[other]) for name, matrix in problem.parts.items()}
    worst = max(losses, key=lambda name: losses[name], default="")
    return (worst,) if worst and losses[worst] > 0 else ()


def _best(fits: Scores, most: int) -> list[int]:
    """The columns of the largest values of a row, best first and the first of equals first; what is below 0 does not count."""
    least = np.partition(fits, -most)[-most] if len(fits) > most else 0
    there = np.flatnonzero(fits >= max(0, least))
    return [int(column) for column in there[np.argsort(-fits[there], kind="stable")][:most]]


def _in_both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in first if word in second)


def _wishes(mentee: Mentee, mentor: Mentor) -> tuple[Reason, ...]:
    found = [
        Reason(code, count=wishing.wishes.index(wished.id) + 1)
        for code, wishing, wished in (("mentee_wished", mentee, mentor), ("mentor_wished", mentor, mentee))
        if wished.id in wishing.wishes
    ]
    return tuple(found) or (Reason("no_wish"),)


def _place(mentee: Mentee, mentor: Mentor) -> Reason:
    meeting = choose_format(mentor.format, mentee.format, same_place=mentee.town == mentor.town)
    return Reason("online") if meeting == "online" else Reason("in_person", (mentee.city,))


def _model(mentee: Mentee, mentor: Mentor) -> Reason:
    wanted = wanted_models(mentee.needs)
    offered = _in_both(wanted, mentor.models)
    if offered:
        return Reason("model_offered", offered)
    return Reason("model_not_offered", wanted) if wanted else Reason("no_need")


def _goal(mentee: Mentee, mentor: Mentor) -> Reason:
    if not mentee.goal:
        return Reason("no_goal")
    return Reason("goal_offered" if mentee.goal in mentor.goals else "goal_not_offered", (mentee.goal,))
