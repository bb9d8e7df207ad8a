"""The proposal is the best there is, the same every time, and its explanation adds up."""

import itertools
import time
from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.matching import criteria, rules
from pairing.matching.candidates import Cohort, Mentee, Mentor, Terms
from pairing.matching.model import OBJECTIVES, Reason
from pairing.matching.proposal import propose
from pairing.matching.solver import solve

TERMS = Terms(
    starts_on=date(2026, 12, 7),
    ends_on=date(2027, 6, 30),
    weights={"interests": 8, "free_time": 6, "language": 5, "place": 3, "model": 4, "wishes": 5},
)
FIELDS, LANGUAGES, TOWNS = ("robotics", "space", "wearables", "mathematics"), ("nl", "en", "es"), ("Sneek", "Porto")
SLOTS = ("Mon 16:00-18:00", "Wed 19:00-22:30", "Thu 15:00-16:30", "Sat 10:00-12:00")
FORMATS, NEEDS, MODELS = (
    ("online", "in_person", "either"),
    ("hands_on", "structured", "group"),
    ("on_the_job", "structured", "collaborative"),
)


def random_cohort(mentors: int, mentees: int, seed: int) -> Cohort:
    chance = np.random.default_rng(seed)

    def some(words, most):
        return tuple(str(word) for word in chance.permutation(words)[: chance.integers(1, most + 1)])

    def common():
        return {
            "country": str(chance.choice(["NL", "PT"])), "city": some(TOWNS, 1)[0],
            "languages": some(LANGUAGES, 2), "format": some(FORMATS, 1)[0],
            "time_zone": "Europe/Amsterdam", "availability": some(SLOTS, 3),
        }  # fmt: skip

    return Cohort(
        mentors=tuple(
            Mentor(id=f"m{n:03}", expertise=some(FIELDS, 2), models=some(MODELS, 2), places=int(chance.integers(0, 3)), trained=True,
                   vetted=bool(chance.random() < 0.8), wishes=(f"e{chance.integers(mentees):03}",), **common())
            for n in range(mentors)
        ),
        mentees=tuple(
            Mentee(id=f"e{n:03}", interests=some(FIELDS, 3), needs=some(NEEDS, 1), minor=bool(chance.random() < 0.7), permitted=True,
                   wishes=(f"m{chance.integers(mentors):03}",), **common())
            for n in range(mentees)
        ),
        terms=TERMS,
    )  # fmt: skip


def every_assignment(allowed: np.ndarray, places: list[int]):
    """All ways to give each mentee an allowed mentor or none, within the places."""
    choices = [[None, *np.flatnonzero(row)] for row in allowed]
    for choice in itertools.product(*choices):
        used = Counter(column for column in choice if column is not None)
        if all(used[column] <= places[column] for column in used):
            yield [(row, column) for row, column in enumerate(choice) if column is not None]


def in_figures(fit: np.ndarray, pairs: list[tuple[int, int]]) -> tuple[int, float, float]:
    """Pairs, the worst-off one's fit, and the sum."""
    fits = [round(float(fit[pair]), 4) for pair in pairs]
    return len(fits), min(fits, default=0), round(sum(fits), 4)


@st.composite
def small_cases(draw):
    mentees, mentors = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = st.lists(st.integers(0, 20), min_size=mentees * mentors, max_size=mentees * mentors)
    fit = np.array(draw(cells), dtype=np.float32).reshape(mentees, mentors) / 20
    allowed = np.array(draw(cells)).reshape(mentees, mentors) > 6
    return fit, allowed, draw(st.lists(st.integers(0, 2), min_size=mentors, max_size=mentors))


@settings(deadline=None, max_examples=150)
@given(small_cases(), st.integers(0, 1000))
def test_no_assignment_is_better(case, seed):
    fit, allowed, places = case
    totals = [in_figures(fit, pairs) for pairs in every_assignment(allowed, places)]
    for objective, key in (
        ("nobody_left_out", lambda figures: figures),
        ("best_total", lambda figures: figures[2]),
    ):
        pairs = solve(fit, allowed, np.array(places), objective, seed)
        assert key(in_figures(fit, pairs)) == max(key(total) for total in totals)
        assert all(allowed[pair] for pair in pairs)
        assert all(count <= places[column] for column, count in Counter(column for _, column in pairs).items())


def test_nobody_left_out_prefers_two_modest_pairs_to_one_splendid_pair():
    fit, allowed = np.array([[1, 0.1], [0.1, 0]], dtype=np.float32), np.array([[True, True], [True, False]])
    assert solve(fit, allowed, np.array([1, 1]), "nobody_left_out", 1) == [(0, 1), (1, 0)]
    assert (0, 0) in solve(fit, allowed, np.array([1, 1]), "best_total", 1)


def test_an_unknown_objective_is_refused():
    with pytest.raises(ValueError, match="objective 'fair'"):
        solve(np.ones((1, 1), np.float32), np.ones((1, 1), bool), np.array([1]), "fair", 1)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_same_people_and_seed_give_the_same_proposal_in_any_order(objective):
    who = random_cohort(8, 12, seed=3)
    shuffled = Cohort(mentors=who.mentors[::-1], mentees=who.mentees[3:] + who.mentees[:3], terms=who.terms)
    assert propose(who, objective, 7) == propose(shuffled, objective, 7)


def test_ties_are_settled_by_the_seed():
    twins = Cohort(
        mentors=tuple(
            replace(random_cohort(1, 1, 1).mentors[0], id=f"m{n}", places=1, vetted=True, format="online", wishes=()) for n in range(2)
        ),
        mentees=tuple(
            replace(random_cohort(1, 1, 1).mentees[0], id=f"e{n}", languages=("nl",), format="online", wishes=()) for n in range(2)
        ),
        terms=TERMS,
    )
    twins = replace(twins, mentors=tuple(replace(mentor, languages=("nl",)) for mentor in twins.mentors))
    found = {tuple((p.mentee_id, p.mentor_id) for p in propose(twins, "nobody_left_out", seed).proposals) for seed in range(12)}
    assert len(found) == 2


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_explanations_add_up(seed):
    who = random_cohort(6, 9, seed)
    parts = criteria.scores(who)
    fit, allowed = criteria.fit(parts, TERMS.weights, who.shape), rules.passed(rules.verdicts(who, parts), who.shape)
    outcome = propose(who, "nobody_left_out", seed)
    for proposal in outcome.proposals:
        row, column = int(proposal.mentee_id[1:]), int(proposal.mentor_id[1:])
        assert allowed[row, column]
        assert proposal.score == pytest.approx(sum(proposal.parts.values()))
        assert proposal.score == pytest.approx(100 * fit[row, column], abs=0.31)
        assert all(allowed[row, int(other.mentor_id[1:])] and other.mentor_id != proposal.mentor_id for other in proposal.alternatives)
    matched = {proposal.mentee_id for proposal in outcome.proposals}
    assert {mentee.mentee_id for mentee in outcome.unmatched} == {mentee.id for mentee in who.mentees} - matched
    assert (outcome.figures.pairs, outcome.figures.mentees) == (len(matched), 9)


def test_who_is_left_out_reads_which_rules_stand_in_the_way_and_which_alone():
    who = random_cohort(3, 2, seed=1)
    easy = {"country": "NL", "city": "Sneek", "languages": ("nl",), "format": "either", "wishes": ()}
    full, untrained, both = (
        replace(who.mentors[0], id="m0", places=0, vetted=True, **easy),
        replace(who.mentors[1], id="m1", places=1, vetted=True, trained=False, **easy),
        replace(who.mentors[2], id="m2", places=0, vetted=False, **easy),
    )
    mentee = replace(who.mentees[0], minor=True, **easy)
    (left_out,) = propose(Cohort(mentors=(full, untrained, both), mentees=(mentee,), terms=TERMS), "nobody_left_out", 1).unmatched
    assert left_out.reasons == (
        Reason("blocked", ("capacity",), 2), Reason("blocked", ("vetting",), 1), Reason("blocked", ("training",), 1),
        Reason("would_open", ("training",), 1), Reason("would_open", ("capacity",), 1),
    )  # fmt: skip


def test_a_pair_is_explained_by_what_the_two_share():
    mentor = Mentor(
        id="m", country="NL", city="Sneek", time_zone="Europe/Amsterdam", languages=("en", "nl"), availability=("Wed 20:00-22:00",),
        wishes=("e",), expertise=("space", "robotics"), models=("structured",), vetted=True, trained=True,
    )  # fmt: skip
    mentee = Mentee(
        id="e", country="NL", city="Sneek", time_zone="Europe/Amsterdam", languages=("nl",), availability=("Wed 19:00-21:00",),
        wishes=("x", "m"), interests=("robotics",), needs=("structured",), permitted=True,
    )  # fmt: skip
    (proposal,) = propose(Cohort(mentors=(mentor,), mentees=(mentee,), terms=TERMS), "nobody_left_out", 1).proposals
    said = {reason.code: reason for reason in proposal.reasons}
    assert said["shared_interests"].words == ("robotics",)
    assert [(window.starts_at.hour, window.ends_at.hour) for window in said["free_together"].windows] == [(19, 20)]
    assert said["shared_languages"].words == ("nl",)
    assert (said["mentee_wished"].count, said["mentor_wished"].count) == (2, 1)
    assert said["in_person"].words == ("Sneek",)
    assert said["model_offered"].words == ("structured",)
    assert "no_shared_interests" not in said


def test_figures_show_the_gap_between_countries():
    who = random_cohort(12, 24, seed=5)
    outcome = propose(who, "nobody_left_out", 1)
    country = {mentee.id: mentee.country for mentee in who.mentees}
    means = [np.mean([p.score for p in outcome.proposals if country[p.mentee_id] == land]) for land in ("NL", "PT")]
    assert outcome.figures.country_gap == pytest.approx(abs(means[0] - means[1]), abs=0.06)
    assert outcome.figures.worst_off == min(p.score for p in outcome.proposals)


@pytest.mark.parametrize(("mentors", "mentees"), [(0, 3), (3, 0), (0, 0)])
def test_an_empty_side_gives_an_empty_proposal(mentors, mentees):
    full = random_cohort(3, 3, seed=1)
    who = Cohort(mentors=full.mentors[:mentors], mentees=full.mentees[:mentees], terms=TERMS)
    outcome = propose(who, "nobody_left_out", 1)
    assert (outcome.proposals, len(outcome.unmatched), outcome.figures.mean_fit) == ((), mentees, None)


def test_a_whole_cohort_is_proposed_within_the_request():
    who = random_cohort(40, 60, seed=1)
    taken = []
    for seed in range(4):
        started = time.perf_counter()
        propose(who, "nobody_left_out", seed)
        taken.append(time.perf_counter() - started)
    assert min(taken) < 0.2
