"""Says why: for a pair what speaks for it and who else would do, for a mentee without a mentor what stands in the way."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pairing.matching.availability import Free, common_windows
from pairing.matching.candidates import Cohort, Mentee, Mentor
from pairing.matching.criteria import Scores
from pairing.matching.model import Alternative, Reason
from pairing.matching.rules import Allowed
from pairing.pairings.chooser import choose_format, wanted_models
from pairing.pairings.model import Window

ALTERNATIVES = 3


def points(parts: Mapping[str, Scores], weights: Mapping[str, int], pair: tuple[int, int]) -> dict[str, float]:
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
        *_model(mentee, mentor),
    )


def windows_of(mentee_free: Free, mentor_free: Free, cohort: Cohort) -> tuple[Window, ...]:
    """When two people (one row of free quarters each) could meet."""
    terms = cohort.terms
    return tuple(Window(*ends) for ends in common_windows(mentee_free, mentor_free, terms.reference_week, terms.meeting_minutes))


def alternatives(fit: Scores, allowed: Allowed, left: NDArray[np.int64], pair: tuple[int, int], cohort: Cohort) -> tuple[Alternative, ...]:
    """The best other mentors for the mentee of this pair."""
    row, chosen = pair
    others = [column for column in np.flatnonzero(allowed[row]).tolist() if column != chosen]
    best = sorted(others, key=lambda column: (-fit[row, column], column))[:ALTERNATIVES]
    return tuple(
        Alternative(cohort.mentors[column].id, round(100 * float(fit[row, column]), 1), bool(left[column] <= 0)) for column in best
    )


def obstacles(judged: Mapping[str, Allowed], left: NDArray[np.int64], row: int) -> tuple[Reason, ...]:
    """Why the mentee of this row has no mentor: which rule blocks how many, and how many would come free if it alone did not.

    `left` are the mentors' free places after the assignment: who has none counts as blocked by "capacity".
    """
    blocked = {code: ~matrix[row] for code, matrix in judged.items()} | {"capacity": left <= 0}
    hindrances = np.sum(list(blocked.values()), axis=0)
    told = [Reason("blocked", (code,), int(hits.sum())) for code, hits in blocked.items() if hits.any()]
    opening = [Reason("would_open", (code,), int((hits & (hindrances == 1)).sum())) for code, hits in blocked.items()]
    most_first = sorted((reason for reason in opening if reason.count), key=lambda reason: -reason.count)
    return (*sorted(told, key=lambda reason: -reason.count), *most_first)


def _in_both(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in first if word in second)


def _wishes(mentee: Mentee, mentor: Mentor) -> tuple[Reason, ...]:
    found = [
        Reason(code, count=wishing.wishes.index(wished.id) + 1)
        for code, wishing, wished in (("mentee_wished", mentee, mentor), ("mentor_wished", mentor, mentee))
        if wished.id in wishing.wishes
    ]
    return tuple(found)


def _place(mentee: Mentee, mentor: Mentor) -> Reason:
    meeting = choose_format(mentor.format, mentee.format, same_place=mentee.town == mentor.town)
    return Reason("online") if meeting == "online" else Reason("in_person", (mentee.city,))


def _model(mentee: Mentee, mentor: Mentor) -> tuple[Reason, ...]:
    wanted = wanted_models(mentee.needs)
    offered = _in_both(wanted, mentor.models)
    if offered:
        return (Reason("model_offered", offered),)
    return (Reason("model_not_offered", wanted),) if wanted else ()
