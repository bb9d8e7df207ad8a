"""Geometry of the charts: from plain numbers to places on an SVG that is as wide as its card.

Horizontal places are per cent of the width and vertical ones pixels, so that a chart fills any screen while its text keeps its size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

PLOT_HEIGHT = 140
GUTTER = 8.0
"""Per cent of the width kept at the left for the numbers of the scale."""
MOST_LABELS = 8
WIDEST_COLUMN = 14.0
"""Per cent of the width that one label may take, so that a single week is a column and not a wall."""
ROW_HEIGHT = 52
COLOURS = 5
SMALLEST_SPREAD = 1e-6


@dataclass(frozen=True)
class Block:
    """One rectangle: left edge and width in per cent, top edge and height in pixels, colour 1 to 5."""

    x: float
    y: float
    width: float
    height: float
    colour: int


@dataclass(frozen=True)
class Column:
    """The stacked blocks over one label; `labelled` is False where labels would stand too close."""

    label: str
    centre: float
    total: float
    top: float
    labelled: bool
    blocks: tuple[Block, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Tick:
    """One line of a scale: its value and its place (pixels from the top, or per cent from the left)."""

    value: float
    place: float


@dataclass(frozen=True)
class Span:
    """One row with an interval; the places are per cent, None when the figures are withheld."""

    y: int
    low: float | None
    mean: float | None
    high: float | None


def scale_top(largest: float) -> float:
    """The round number (1, 2, 4, 5, 6, 8 or 10 times a power of ten) at which a scale from 0 ends, at least 2."""
    if largest <= 2:
        return 2
    power = 10.0 ** floor(log10(largest))
    return next(step * power for step in (1, 2, 4, 5, 6, 8, 10) if step * power >= largest)


def bars(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> tuple[list[Column], list[Tick]]:
    """Columns and scale of stacked bars; every series has one number of at least 0 per label."""
    totals = [sum(values[place] for _, values in series) for place in range(len(labels))]
    top = scale_top(max(totals, default=0))
    room = min((100 - GUTTER) / max(len(labels), 1), WIDEST_COLUMN)
    every = max(1, ceil(len(labels) / MOST_LABELS))
    columns = []
    for place, label in enumerate(labels):
        left, width = GUTTER + place * room + room * 0.18, room * 0.64
        heights = tuple(values[place] for _, values in series)
        blocks = _stack(heights, left, width, top)
        labelled = (len(labels) - 1 - place) % every == 0
        columns.append(Column(label, left + width / 2, totals[place], _height_at(totals[place], top), labelled, blocks, heights))
    return columns, [Tick(value, _height_at(value, top)) for value in (top, top / 2)]


def intervals(
    rows: Sequence[tuple[str, float | None, float | None, float | None, int | None]], zero: float = 0
) -> tuple[list[Span], list[Tick]]:
    """Rows and scale of means with their intervals; `rows` are (label, mean, low, high, n), withheld ones hold None.

    The scale always holds `zero`, the value of no change.
    """
    ends = [end for _, _, low, high, _ in rows for end in (low, high) if end is not None] + [zero]
    step = _round_step(max(ends) - min(ends))
    first, last = floor(min(ends) / step) * step, ceil(max(ends) / step) * step
    last = max(last, first + step)

    def place(value: float | None) -> float | None:
        return None if value is None else 2 + 96 * (value - first) / (last - first)

    spans = [Span(row * ROW_HEIGHT + 38, place(low), place(mean), place(high)) for row, (_, mean, low, high, _) in enumerate(rows)]
    count = round((last - first) / step)
    return spans, [Tick(first + index * step, place(first + index * step) or 0.0) for index in range(count + 1)]


def parts(shares: Sequence[tuple[str, float] | tuple[str, float, int]], total: float = 100) -> list[Block]:
    """Blocks of a share bar, side by side, each as long as its value is of `total`; longer sums fill the bar."""
    whole = max(total, sum(share[1] for share in shares)) or 1
    blocks, left = [], 0.0
    for index, (_, value, *colour) in enumerate(shares):
        width = 100 * value / whole
        blocks.append(Block(left, 0, width, 10, colour[0] if colour else index % COLOURS + 1))
        left += width
    return blocks


def sparkline(values: Sequence[float]) -> list[tuple[float, float]]:
    """Points on a square of 100 by 100, the smallest value at the bottom."""
    low, high = min(values, default=0), max(values, default=0)
    spread = (high - low) or 1
    return [(100 * place / max(len(values) - 1, 1), 90 - 80 * (value - low) / spread) for place, value in enumerate(values)]


def path(count: int) -> list[float]:
    """The places of the steps of a path, in the middle of equal parts."""
    return [100 * (place + 0.5) / count for place in range(count)]


def _stack(values: Sequence[float], left: float, width: float, top: float) -> tuple[Block, ...]:
    blocks, below = [], 0.0
    for index, value in enumerate(values):
        height = PLOT_HEIGHT * value / top
        if value:
            blocks.append(Block(left, _height_at(below + value, top), width, height, index % COLOURS + 1))
        below += value
    return tuple(blocks)


def _height_at(value: float, top: float) -> float:
    return 22 + PLOT_HEIGHT * (1 - value / top)


def _round_step(spread: float) -> float:
    shown = spread if spread > SMALLEST_SPREAD else 1.0
    power = 10.0 ** floor(log10(shown))
    return next(step * power for step in (0.2, 0.5, 1, 2.5) if step * power * 5 >= shown)
