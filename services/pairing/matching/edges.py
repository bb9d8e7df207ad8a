"""The possible pairs as a sparse graph: how many of them can be made at once, and how good the worst of so many can be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.matching.grid import STEPS, Levels

Places = NDArray[np.int64]
"""How many mentees each mentor can still take."""


@dataclass(frozen=True)
class Edges:
    """Possible pairs by mentor, with their fit in steps of the grid; those of mentor m lie from `starts[m]` to `starts[m + 1]`."""

    starts: NDArray[np.int64]
    mentees: NDArray[np.int32]
    levels: Levels
    count: int
    """How many mentees there are."""

    @classmethod
    def of(cls, levels: Levels) -> "Edges":
        """The edges of a matrix of levels, rows mentors and columns mentees; below 0 there is none."""
        mentors, count = levels.shape
        found = np.flatnonzero(levels >= 0)
        starts = np.searchsorted(found, np.arange(mentors + 1) * count)
        return cls(starts, (found % max(1, count)).astype(np.int32), levels.ravel()[found], count)

    def at_least(self, least: int) -> "Edges":
        """Only the edges of this level or above."""
        kept = self.levels >= least
        before = np.concatenate(([0], np.cumsum(kept)))
        return Edges(before[self.starts], self.mentees[kept], self.levels[kept], self.count)

    def by_place(self, places: Places) -> "Edges":
        """The same edges once for each place: a mentor with three places becomes three rows, one without becomes none."""
        owner = np.repeat(np.arange(len(places)), places)
        degrees = np.diff(self.starts)[owner]
        starts = np.concatenate(([0], np.cumsum(degrees)))
        picked = np.repeat(self.starts[owner] - starts[:-1], degrees) + np.arange(starts[-1])
        return Edges(starts, self.mentees[picked], self.levels[picked], self.count)


def most_pairs(edges: Edges, places: Places) -> int:
    """How many mentees can have a mentor at once (Hopcroft and Karp, scipy)."""
    from scipy.sparse import csr_matrix  # here, because only a computation may cost the process this memory
    from scipy.sparse.csgraph import maximum_bipartite_matching

    rows = edges.by_place(places)
    there = np.ones(len(rows.mentees), dtype=np.int8)
    graph = csr_matrix((there, rows.mentees, rows.starts), shape=(len(rows.starts) - 1, edges.count))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def worst_off(edges: Edges, places: Places) -> int:
    """The highest level at which as many pairs as possible can be made: no arrangement of so many has a better worst-off pair.

    It looks from above, because there are few edges there, until as many pairs are found as people and places could give, and halves
    the last stretch: at every level one maximum matching (threshold method for the bottleneck assignment problem, Burkard, Dell'Amico
    and Martello, Assignment Problems, 2009, section 6.2).
    """
    best = _best_levels(edges)
    bound = min(len(best), int(places[np.diff(edges.starts) > 0].sum()))
    if not bound:
        return 0
    least, stride, failed = int(best[bound - 1]), STEPS // 64, int(best[bound - 1]) + 1
    while (found := most_pairs(edges.at_least(least), places)) < bound and least > 0:
        least, stride, failed = max(0, least - stride), 2 * stride, least
    if 0 < found < bound:
        failed = int(best[found - 1]) + 1
    return _highest(edges.at_least(least), places, found, failed)


def _highest(edges: Edges, places: Places, wanted: int, failed: int) -> int:
    """The highest of these edges' levels below `failed` at which the wanted number of pairs can be made; at the lowest they can."""
    candidates = np.unique(edges.levels[edges.levels < failed])
    while len(candidates) > 1:
        middle = len(candidates) // 2
        above = edges.at_least(int(candidates[middle]))
        if most_pairs(above, places) == wanted:
            edges, candidates = above, candidates[middle:]
        else:
            candidates = candidates[:middle]
    return int(candidates[0]) if len(candidates) else 0


def _best_levels(edges: Edges) -> Levels:
    """Each mentee's best level, from above, of those who have an edge: so many pairs cannot all be better than the last of their bests."""
    best = np.full(edges.count, -1, dtype=np.int32)
    np.maximum.at(best, edges.mentees, edges.levels)
    return np.sort(best[best >= 0])[::-1]
