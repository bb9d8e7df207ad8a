"""How groups of mentees came off, as a proposal's page shows it: names of the groups, and what may be concluded."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from pairing.matching.fairness import ENOUGH, gap
from pairing.matching.model import COUNTRY, FORMAT, LATE, SLICES, MatchRun, Slice
from pairing.pairings import words
from ui import gettext as _
from ui import reader
from ui.language import LOCALES, mark

TITLES = {COUNTRY: mark("By country"), FORMAT: mark("By the way they want to meet"), LATE: mark("By when they joined")}
JOINED = {"yes": mark("in the last quarter of the intake"), "no": mark("before that")}


@dataclass(frozen=True)
class Comparison:
    """One way to look: every group with whether it is large enough to compare, the chart of mean fits, and the gap in points."""

    title: str
    groups: list[tuple[str, Slice, bool]]
    labels: list[str]
    series: list[tuple[str, list[float]]]
    gap: float | None


def comparisons(run: MatchRun) -> list[Comparison]:
    """The comparisons that there is something to compare in: two groups at least."""
    found = [(by, [each for each in run.fairness if each.by == by]) for by in SLICES]
    return [_comparison(by, groups) for by, groups in found if len(groups) > 1]


def _comparison(by: str, groups: Sequence[Slice]) -> Comparison:
    named = [(_name(each), each, each.mentees >= ENOUGH) for each in groups]
    drawn = [(name, each.mean_fit, enough) for name, each, enough in named if each.mean_fit is not None]
    series = [
        (_("mean fit"), [fit if enough else 0.0 for _name, fit, enough in drawn]),
        (_("mean fit of fewer than %(num)s mentees", num=ENOUGH), [0.0 if enough else fit for _name, fit, enough in drawn]),
    ]
    return Comparison(
        title=_(TITLES[by]),
        groups=named,
        labels=[name for name, _fit, _enough in drawn],
        series=[entry for entry in series if any(entry[1])],
        gap=gap(groups, by),
    )


def _name(each: Slice) -> str:
    if each.by == COUNTRY:
        countries = Locale.parse(LOCALES[reader().language]).territories
        return str(countries.get(each.group, each.group)) or _("not known")
    return words.meeting_format(each.group) if each.by == FORMAT else _(JOINED[each.group])
