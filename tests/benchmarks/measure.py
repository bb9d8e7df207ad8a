"""What a benchmark gives: a figure, the bound it must keep, and how it came about."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One figure with its bound; `at_least` tells on which side of the bound it must lie."""

    what: str
    value: float
    bound: float
    unit: str
    at_least: bool
    detail: str

    @property
    def kept(self) -> bool:
        """Whether the bound is kept."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def row(self) -> tuple[str, str, str, str, str]:
        """What, figure, bound, verdict, detail."""
        sign = "≥" if self.at_least else "≤"
        return (
            self.what,
            f"{self.value:.3g} {self.unit}",
            f"{sign} {self.bound:g} {self.unit}",
            "kept" if self.kept else "MISSED",
            self.detail,
        )


def alternating(ours: Callable[[], float], bare: Callable[[], float], rounds: int) -> tuple[float, list[float], list[float]]:
    """Measures both in turn, so that a noisy minute hits both; gives the median ratio and all rates."""
    pairs = [(ours(), bare()) for _ in range(rounds)]
    ratio = statistics.median(one / other for one, other in pairs)
    return ratio, [one for one, _ in pairs], [other for _, other in pairs]


def rates(label: str, values: Sequence[float]) -> str:
    """Rates in words."""
    return f"{label} {', '.join(f'{value:,.0f}' for value in values)} /s"
