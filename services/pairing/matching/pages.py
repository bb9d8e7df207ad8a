"""Pages of matching: choose a programme and compute, read a proposal, publish it."""

from typing import Any

from flask import flash, redirect, request

from chassis.errors import Refused
from chassis.web import page_blueprint, principal, unit
from pairing.country_packs import words as pack_words
from pairing.country_packs.repository import pack_of
from pairing.match_setups import listing
from pairing.match_setups.listing import Listing
from pairing.matching import commands, fairness_shown, forms, grouping, presentation, publishing, repository, sentences
from pairing.matching.computing import Wanted
from pairing.matching.model import NOBODY_LEFT_OUT, MatchRun
from pairing.matching.repository import RUNS
from pairing.matching.sheets import MENTEES, MENTORS, PAIRS, PER_SHEET, Sheet
from pairing.pairings.commands import today
from pairing.pairings.repository import placed_in
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, count
from pairing.programmes.choice import chosen_programme
from pairing.programmes.commands import check_runs
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES, of_ids
from ui import gettext as _
from ui import page

pages = page_blueprint("matching", service="pairing")
MOST_NOT_SENT = 100
SHOWN = {PAIRS: "page", MENTEES: "mentees", MENTORS: "mentors"}
"""The name in the address that says which sheet of a kind is shown."""


@pages.get("/matching")
def index() -> str:
    """One programme's numbers, the button that computes, and its earlier runs."""
    programmes = of_ids(unit(), principal().programmes)
    chosen = chosen_programme(programmes, request.args.get("programme"))
    context: dict[str, Any] = {"choices": [(each.id, each.name) for each in programmes], "programme": chosen, "sentences": sentences}
    if chosen:
        placed = placed_in(unit(), chosen.id)
        mentees, mentors = (count(unit(), chosen.id, role) for role in ("mentee", "mentor"))
        context |= {"waiting": mentees - placed, "mentors": mentors, "placed": placed, "objective": NOBODY_LEFT_OUT}
        context |= {"country": pack_words.country(chosen.country_pack), "rules": _rules(chosen)}
        context |= {"asked": unit().planned(f"{commands.COMPUTE}:{chosen.id}")}
        context |= {"runs": repository.of_programme(unit(), chosen.id), "weights": presentation.weights(chosen.weights)}
    return page("matching/index.html", **context)


@pages.post("/matching")
def compute() -> Any:
    """Computes a proposal and shows it."""
    programme_id = request.form.get("programme_id", "")
    check_runs(principal().programmes, programme_id)
    usual = unit().get(PROGRAMMES, programme_id).minimum_fit
    run = commands.ask(unit(), programme_id, Wanted(forms.objective(request.form), forms.minimum(request.form, usual)))
    if run is None:
        flash(_(forms.LATER), "good")
        return redirect(f"/pairing/matching?programme={programme_id}", 303)
    return redirect(f"/pairing/matching/{run.id}", 303)


@pages.post("/matching/groups")
def form_groups() -> Any:
    """Forms groups and shows them."""
    programme_id = request.form.get("programme_id", "")
    check_runs(principal().programmes, programme_id)
    run = grouping.compute_groups(unit(), programme_id, forms.groups(request.form))
    return redirect(f"/pairing/matching/{run.id}", 303)


@pages.get("/matching/<id:run_id>")
def show(run_id: str) -> str:
    """One proposal: figures, pairs with their reasons, who is left out and what would change it, and how fair it is."""
    run = unit().get(RUNS, run_id)
    programme = unit().get(PROGRAMMES, run.programme_id)
    sheets = {kind: repository.sheet(unit(), run_id, kind, forms.number(request.args.get(name, ""))) for kind, name in SHOWN.items()}
    setup = listing.of_programme(unit(), run.programme_id)
    people, day = _people(run, sheets), today(programme, run.made_at)
    return page(
        "matching/show.html",
        run=run,
        programme=programme,
        sentences=sentences,
        pairs=presentation.pair_rows(sheets[PAIRS].pairs, people, day),
        left_out=presentation.left_out_rows(sheets[MENTEES].mentees, people, day),
        idle=presentation.idle_rows(sheets[MENTORS].mentors, people),
        pagers={kind: _pager(run, sheet) for kind, sheet in sheets.items()},
        lost_locks=presentation.lost(run.lost_locks, people),
        not_sent=presentation.lost(run.not_sent[:MOST_NOT_SENT], people),
        groups=presentation.group_rows(run.groups, people),
        fairness=fairness_shown.comparisons(run),
        shares=presentation.share_names(),
        setup=setup,
        outdated=_has_excluded(run, setup),
    )


@pages.post("/matching/<id:run_id>/publish")
def publish(run_id: str) -> Any:
    """Proposes every pair to both sides and shows the pairings; where that is refused, why, and how to go on."""
    try:
        run = publishing.publish(unit(), run_id)
    except Refused as refused:
        told = _(refused.message, **refused.params)
        return page("matching/not_published.html", run=unit().get(RUNS, run_id), refused=told), 409
    return redirect(f"/pairing/pairings?programme={run.programme_id}&done=published", 303)


def _rules(programme: Programme) -> list[pack_words.Row]:
    """What the country of the programme asks for in matching; nothing without a country."""
    pack = programme.country_pack
    return pack_words.of_matching(pack_of(pack, today(programme, unit().now))) if pack else []


def _pager(run: MatchRun, sheet: Sheet) -> tuple[str, str]:
    """Addresses of the next and the previous sheet, "" where there is none."""
    full = len(sheet.entries) == PER_SHEET
    next_one = repository.sheet(unit(), run.id, sheet.kind, sheet.number + 1) if full else None
    more = next_one is not None and len(next_one.entries) > 0
    here = f"/pairing/matching/{run.id}?{SHOWN[sheet.kind]}="
    return (f"{here}{sheet.number + 1}" if more else "", f"{here}{sheet.number - 1}" if sheet.number > 1 else "")


def _has_excluded(run: MatchRun, setup: Listing) -> bool:
    """Whether one of its pairs was excluded since."""
    pairs = repository.proposed(unit(), run.id) if setup.exclusions else []
    return any(setup.excluded(pair.mentor_id, pair.mentee_id) for pair in pairs)


def _people(run: MatchRun, sheets: dict[str, Sheet]) -> dict[str, Person]:
    pairs = sheets[PAIRS].pairs
    named = {id for pair in pairs for id in (pair.mentor_id, pair.mentee_id)} | {
        other.mentor_id for pair in pairs for other in pair.alternatives
    }
    named |= {left.mentee_id for left in sheets[MENTEES].mentees} | {idle.mentor_id for idle in sheets[MENTORS].mentors}
    named |= {id for lost in (*run.lost_locks, *run.not_sent[:MOST_NOT_SENT]) for id in (lost.mentor_id, lost.mentee_id)}
    return unit().get_many(PEOPLE, named | {id for group in run.groups for id in (*group.mentor_ids, *group.mentee_ids)})
