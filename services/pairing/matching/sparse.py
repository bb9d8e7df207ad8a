"""Assigns very many people over their most promising pairs only; exact on those, near exact on the whole."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from pairing.matching.candidates import Cohort
from pairing.matching.edges import Edges, Places, worst_off
from pairing.matching.grid import STEPS, Levels, on_grid
from pairing.matching.judging import BLOCK, blocks, judge_block
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES

DENSE = 12_000_000
"""Pairs up to which the whole matrix is kept and `solver.solve` is exact; about 1 GB on the way."""
KEPT = 40
"""How many mentors are kept for each mentee, and how many mentees for each mentor."""
Found = tuple[NDArray[np.int64], NDArray[np.int64], Levels]
"""Columns of mentors, rows of mentees, and the level of each pair."""


def assign(cohort: Cohort, objective: str, seed: int, kept: int = KEPT) -> list[tuple[int, int]]:
    """Pairs (mentee row, mentor column), by mentee, with the objectives of `solver.solve`, for cohorts too large for a whole matrix.

    Every mentee keeps her best mentors and every mentor her best mentees, ties by chance from the seed; on these pairs the result is
    exact. A pair that was dropped could only have helped somebody whose better choices all went to others: with 40 kept of 2,000, what is
    lost is less than a thousandth of the sum (tests/benchmarks/RESULTS.md). The same input and seed give the same result.
    """
    if objective not in OBJECTIVES:
        raise ValueError(f"objective {objective!r} is none of {', '.join(OBJECTIVES)}")
    if not cohort.mentees or not cohort.mentors:
        return []
    chance = np.random.default_rng(seed)
    rows, columns = (chance.permutation(size) for size in cohort.shape)
    mixed = Cohort(
        mentors=tuple(cohort.mentors[column] for column in columns), mentees=tuple(cohort.mentees[row] for row in rows), terms=cohort.terms
    )
    places = np.clip([mentor.places for mentor in mixed.mentors], 0, len(rows)).astype(np.int64)
    return sorted((int(rows[row]), int(columns[column])) for row, column in cheapest(promising(mixed, kept, chance), places, objective))


def promising(cohort: Cohort, kept: int, chance: np.random.Generator) -> Edges:
    """Of all allowed pairs the best `kept` of each mentee and of each mentor."""
    by_mentee, by_mentor = zip(*_best_of_blocks(cohort, kept, chance), strict=True)
    mentors, mentees, levels = _joined([*by_mentee, _strongest(_joined(by_mentor), kept)])
    order = np.unique(mentors * len(cohort.mentees) + mentees, return_index=True)[1]
    starts = np.searchsorted(mentors[order], np.arange(len(cohort.mentors) + 1))
    return Edges(starts, mentees[order].astype(np.int32), levels[order], len(cohort.mentees))


def cheapest(edges: Edges, places: Places, objective: str) -> Iterable[tuple[int, int]]:
    """The best pairs (mentee row, mentor column) of these edges; every place may also stay empty (Jonker-Volgenant, sparse, scipy)."""
    from scipy.sparse import csr_matrix, diags_array, hstack  # here, because only a computation may cost the process this memory
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    least, lift = (1, 0) if objective != NOBODY_LEFT_OUT else (worst_off(edges, places), edges.count * STEPS + 1)
    rows = edges.at_least(least).by_place(places)
    owners = np.repeat(np.arange(len(places)), places)
    if not len(owners):
        return []
    cost = (STEPS + 1 - rows.levels).astype(np.float64)
    taken = csr_matrix((cost, rows.mentees, rows.starts), shape=(len(owners), edges.count))
    empty = diags_array(np.full(len(owners), STEPS + 1.0 + lift))
    by_place, chosen = min_weight_full_bipartite_matching(hstack([taken, empty], format="csr"))
    made = chosen < edges.count
    return zip(chosen[made].tolist(), owners[by_place[made]].tolist(), strict=True)


def _best_of_blocks(cohort: Cohort, kept: int, chance: np.random.Generator) -> Iterator[tuple[Found, Found]]:
    """By block the best pairs of its mentees; and of every mentor a few, twice as many in all blocks together as she keeps."""
    each = -(-2 * kept * BLOCK // max(BLOCK, cohort.shape[0] * cohort.shape[1]))
    for rows, block in blocks(cohort, BLOCK):
        fit, allowed = judge_block(block)
        levels = on_grid(fit)
        rank = np.where(allowed, levels + chance.random(levels.shape, dtype=np.float32), np.float32(-1))
        mentees, chosen = _best(rank, kept)
        mentors, liked = _best(rank.T, each)
        yield (chosen, mentees + rows.start, levels[mentees, chosen]), (mentors, liked + rows.start, levels[liked, mentors])


def _best(rank: NDArray[np.float32], most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of each row's largest values; what is below 0 does not count."""
    most = min(most, rank.shape[1])
    columns = np.argpartition(rank, -most, axis=1)[:, -most:].ravel() if most else np.empty(0, dtype=np.int64)
    rows = np.repeat(np.arange(len(rank)), most)
    there = rank[rows, columns] >= 0
    return rows[there], columns[there]


def _joined(found: Iterable[Found]) -> Found:
    mentors, mentees, levels = zip(*found, strict=True)
    return np.concatenate(mentors), np.concatenate(mentees), np.concatenate(levels)


def _strongest(found: Found, kept: int) -> Found:
    """Of each mentor's pairs the best ones."""
    mentors, mentees, levels = found
    order = np.lexsort((-levels, mentors))
    place = np.arange(len(order)) - np.searchsorted(mentors[order], mentors[order])
    best = order[place < kept]
    return mentors[best], mentees[best], levels[best]
