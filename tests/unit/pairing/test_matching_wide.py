"""A proposal for very many people says what one over the whole matrix says: the same explanations, locks kept, excluded pairs not made."""

from collections import Counter

import pytest

from pairing.matching import judging, proposal, wide
from pairing.matching.model import LostPair, Reason
from pairing.matching.problem import stated
from support.many_people import many_people

WHO = many_people(60, 130, seed=9).in_order()
ALL = stated(WHO)
ALLOWED = {(WHO.mentees[row].id, WHO.mentors[column].id) for row, column in zip(*ALL.allowed.nonzero(), strict=True)}


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    """Seven mentees at a time, so that most figures come from several blocks."""
    monkeypatch.setattr(judging, "BLOCK", 60 * 7)
    monkeypatch.setattr(wide, "BLOCK", 60 * 7)


def pairs(outcome):
    return {pair.mentee_id: pair.mentor_id for pair in outcome.proposals}


@pytest.mark.parametrize("objective", ["nobody_left_out", "best_total"])
def test_it_is_as_good_as_the_exact_proposal(objective):
    (found, lost), exact = wide.proposed(WHO, objective, 1, (), {}), proposal.explained(ALL, objective, 1)
    assert (found.figures.pairs, found.figures.worst_off) == (exact.figures.pairs, exact.figures.worst_off)
    assert abs(sum(pair.score for pair in found.proposals) - sum(pair.score for pair in exact.proposals)) < 0.1 * len(exact.proposals)
    assert lost == ()
    assert pairs(found).items() <= ALLOWED


def test_every_explanation_is_the_one_that_the_whole_matrix_gives():
    found, _ = wide.proposed(WHO, "nobody_left_out", 1, (), {})
    chosen = [(ALL.row[mentee], ALL.column[mentor]) for mentee, mentor in pairs(found).items()]
    left = ALL.left(chosen)
    assert found.proposals == proposal.pairs_explained(ALL, left, chosen)
    assert found.unmatched == proposal.unmatched(ALL, left, chosen)
    assert found.idle == proposal.idle(ALL, chosen)
    assert len(found.unmatched) > 5
    assert len(found.idle) > 2


def test_locks_are_kept_and_what_is_barred_is_not_made():
    free, _ = wide.proposed(WHO, "best_total", 1, (), {})
    made = sorted(pairs(free).items())
    banned, (mentee, _) = made[0], made[1]
    other = next(mentor for one, mentor in sorted(ALLOWED) if one == mentee and mentor != pairs(free)[mentee])
    forbidden = next((one.id, other.id) for one in WHO.mentees for other in WHO.mentors if (one.id, other.id) not in ALLOWED)
    found, lost = wide.proposed(WHO, "best_total", 1, [(mentee, other), forbidden], {"excluded": [banned]})
    assert pairs(found)[mentee] == other
    assert [pair.mentee_id for pair in found.proposals if pair.locked] == [mentee]
    assert pairs(found).get(banned[0]) != banned[1]
    assert [(each.mentee_id, each.mentor_id) for each in lost] == [forbidden]
    assert isinstance(lost[0], LostPair)
    places = {mentor.id: mentor.places for mentor in WHO.mentors}
    assert all(count <= places[mentor] for mentor, count in Counter(pairs(found).values()).items())


def test_a_rule_that_bars_only_in_some_blocks_is_counted_over_all():
    idle = wide.proposed(WHO, "best_total", 1, (), {})[0].idle[0].mentor_id
    barred = {"met_before": [(WHO.mentees[0].id, idle), (WHO.mentees[-1].id, idle)]}
    found, _ = wide.proposed(WHO, "best_total", 1, (), barred)
    told = next(each for each in found.idle if each.mentor_id == idle)
    assert Reason("blocked", ("met_before",), 2) in told.reasons
