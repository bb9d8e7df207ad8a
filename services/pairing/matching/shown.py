"""What a coordinator reads of possible partners, of the cost of a pair and of a trial: names and sentences instead of ids and codes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pairing.matching import sentences
from pairing.matching.model import COUNTRY, FORMAT, LATE, MOST_EXPLAINED
from pairing.pairings import words
from pairing.pairings.own import called
from pairing.people.model import Person
from ui import gettext as _
from ui import ngettext
from ui.rendering import number, signed

if TYPE_CHECKING:
    from pairing.matching.comparing import Cost, Move, Plan
    from pairing.matching.options import Options
    from pairing.matching.trying import Trial

MOST_NAMES = 20


@dataclass(frozen=True)
class Row:
    """One figure of a trial: before, after, and the difference ("" for none)."""

    label: str
    before: str
    after: str
    difference: str


def choices(people: Mapping[str, Person], ids: Iterable[str]) -> list[tuple[str, str]]:
    """These people as options of a select, by name."""
    return sorted(((id, people[id].name) for id in ids), key=lambda choice: choice[1].casefold())


def fitting(found: "Options") -> list[tuple[Person, float, bool, str]]:
    """Those whom the rules allow, best fit first: person, points, whether the run chose her, and else why not."""
    allowed = [each for each in found.options if not each.broken]
    return [(each.person, each.points, each.chosen, sentences.why_not(each.why) if each.why else "") for each in allowed[:MOST_EXPLAINED]]


def forbidden(found: "Options") -> list[tuple[str, int, str]]:
    """Each rule that keeps people away, with how many and their names; who breaks several stands with each of them."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for each in found.options:
        for code in each.broken:
            named[code].append(each.person.name)
    return [(sentences.rule(code), len(names), _names(names)) for code, names in sorted(named.items(), key=lambda item: -len(item[1]))]


def cost(of: "Cost", people: Mapping[str, Person]) -> tuple[list[str], list[str]]:
    """What a pair made by hand costs the whole, and what changes for others, in sentences."""
    said = [
        ngettext("%(num)s pair fewer.", "%(num)s pairs fewer.", -of.pairs) if of.pairs < 0 else _("As many pairs as before."),
        _("The worst-off pair: %(points)s points.", points=signed(of.worst_off))
        if of.worst_off
        else _("The worst-off pair stays as it is."),
        _("All fits together: %(points)s points.", points=signed(of.total)) if of.total else _("The sum of all fits stays the same."),
    ]
    return said, [move(each, people) for each in of.moves]


def move(of: "Move", people: Mapping[str, Person]) -> str:
    """What changes for one mentee."""
    names = {
        name: called(people.get(id), whole=True) for name, id in (("mentee", of.mentee_id), ("before", of.before), ("after", of.after))
    }
    if not of.before:
        return _("%(mentee)s gets a mentor: %(after)s.", mentee=names["mentee"], after=names["after"])
    if not of.after:
        return _("%(mentee)s loses %(before)s and has no mentor.", mentee=names["mentee"], before=names["before"])
    return _("%(mentee)s has %(after)s instead of %(before)s.", **names)


def trial(of: "Trial") -> list[Row]:
    """The figures of a run beside those of a trial."""
    now, then = of.now, of.then
    gaps = {COUNTRY: _("Gap between countries"), FORMAT: _("Gap between ways to meet"), LATE: _("Gap between late and early")}
    return [
        _row(_("Pairs"), now.pairs, then.pairs),
        _row(_("Mean fit, each by its own weights"), now.mean_fit, then.mean_fit, 1),
        _row(_("Mean fit, both by the weights of the proposal"), now.mean_fit, of.by_old_weights.mean_fit, 1),
        _row(_("Worst-off pair"), now.worst_off, then.worst_off, 1),
        *(_row(gaps[by], now.gaps[by], then.gaps[by], 1) for by in gaps),
    ]


def figures(plan: "Plan") -> dict[str, object]:
    """A plan in figures, for the API."""
    return {"pairs": plan.pairs, "mean_fit": plan.mean_fit, "worst_off": plan.worst_off, "total": plan.total, "gaps": plan.gaps}


def _row(label: str, before: float | None, after: float | None, decimals: int = 0) -> Row:
    first, second = ("–" if value is None else number(value, decimals) for value in (before, after))
    changed = before is not None and after is not None and round(after - before, 1) != 0
    return Row(label, first, second, signed((after or 0) - (before or 0), decimals) if changed else "")


def _names(names: list[str]) -> str:
    first, more = sorted(names, key=str.casefold)[:MOST_NAMES], len(names) - MOST_NAMES
    if more <= 0:
        return words.listed(first)
    return ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=", ".join(first))
