"""The geometry of charts, and the title, description, table and escaping of each."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from ui import charts

FIGURES = re.compile(r'<svg[^>]*role="img".*?</svg>', re.DOTALL)


@pytest.mark.parametrize(("largest", "top"), [(0, 2), (1, 2), (3, 4), (15, 20), (20, 20), (21, 40), (99, 100), (1234, 2000)])
def test_a_scale_ends_at_a_round_number(largest: float, top: float) -> None:
    assert charts.scale_top(largest) == top


def test_stacked_bars_stand_on_each_other_in_proportion() -> None:
    (column,), _ = charts.bars(["w1"], [("held", [3]), ("missed", [1])])
    held, missed = column.blocks
    assert held.height == 3 * missed.height
    assert missed.y + missed.height == pytest.approx(held.y)
    assert held.y + held.height == pytest.approx(22 + charts.PLOT_HEIGHT)
    assert column.total == 4


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_bars_stay_inside_the_plot_and_labels_apart(values: list[int]) -> None:
    columns, _ = charts.bars([str(value) for value in values], [("n", values)])
    blocks = [block for column in columns for block in column.blocks]
    assert all(block.x >= charts.GUTTER and block.x + block.width <= 100 and block.y >= 22 for block in blocks)
    assert 1 <= sum(column.labelled for column in columns) <= charts.MOST_LABELS
    assert columns[-1].labelled


def test_a_single_week_is_a_column_and_not_a_wall() -> None:
    (column,), _ = charts.bars(["w1"], [("held", [3])])
    assert column.blocks[0].width <= charts.WIDEST_COLUMN


def test_intervals_lie_where_the_scale_says_and_withheld_rows_have_no_place() -> None:
    spans, ticks = charts.intervals([("a", 0.8, 0.5, 1.1, 34), ("b", None, None, None, None)])
    by_value = {round(tick.value, 2): tick.place for tick in ticks}
    assert by_value[0.5] == pytest.approx(spans[0].low)
    assert (spans[1].low, spans[1].mean, spans[1].high) == (None, None, None)
    assert 0.0 in by_value


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0, 3)), max_size=8))
def test_every_interval_is_inside_the_picture(rows: list[tuple[float, float]]) -> None:
    spans, ticks = charts.intervals([("x", mean, mean - half, mean + half, 9) for mean, half in rows])
    assert all(0 <= span.low <= span.mean <= span.high <= 100 for span in spans)
    assert 2 <= len(ticks) <= 8


def test_parts_fill_their_share_and_never_more_than_the_bar() -> None:
    assert [block.width for block in charts.parts([("a", 34), ("b", 22)])] == [34, 22]
    assert sum(block.width for block in charts.parts([("a", 90), ("b", 90)])) == pytest.approx(100)
    assert [block.colour for block in charts.parts([("a", 1), ("b", 1, 5)])] == [1, 5]


def test_every_chart_has_a_title_and_every_plot_a_description(visit: Callable[..., FlaskClient]) -> None:
    shown = FIGURES.findall(visit().get("/pairing/").text)
    assert len(shown) >= 6
    assert all("<title>" in figure for figure in shown)
    assert all("<desc>" in figure for figure in shown if "parts" not in figure)


def test_the_numbers_behind_a_chart_are_in_a_table(visit: Callable[..., FlaskClient]) -> None:
    page = visit().get("/pairing/").text
    table = page[page.index('<caption class="visually-hidden">Sessions by week') :]
    assert '<th scope="row">w46</th><td class="n">14</td><td class="n">1</td>' in table[: table.index("</table>")]


def test_withheld_figures_are_dots_with_their_reason(visit: Callable[..., FlaskClient]) -> None:
    page = visit(language="es").get("/pairing/").text
    assert page.count('<td class="n">·</td>') == 4
    assert "para que no se reconozca a nadie" in page
