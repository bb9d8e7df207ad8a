"""API of match runs: compute, list, show with explanations, publish."""

from typing import Any

from flask import jsonify

from chassis.web import PageArguments, api_blueprint, cursor_page, principal, set_version, unit
from pairing.matching import commands, grouping, publishing, repository
from pairing.matching.computing import Wanted
from pairing.matching.model import MatchRun
from pairing.matching.repository import RUNS
from pairing.matching.schemas import (
    ComputedLaterSchema,
    ComputeSchema,
    IdleSchema,
    MatchRunArguments,
    MatchRunSchema,
    MatchRunSummarySchema,
    ProposalSchema,
    UnmatchedSchema,
)
from pairing.matching.sheets import KINDS, MENTEES, MENTORS, PAIRS, PER_SHEET
from pairing.programmes.commands import check_runs

bp = api_blueprint("match_runs", service="pairing", prefix="match-runs")
LAST_PLACE = 10_000_000


@bp.get("")
@bp.arguments(MatchRunArguments, location="query")
@bp.response(200, cursor_page(MatchRunSummarySchema))
def index(arguments: dict[str, Any]) -> list[MatchRun]:
    """The match runs of one programme, or of all that the caller runs."""
    programmes = principal().programmes
    if arguments["programme_id"]:
        check_runs(programmes, arguments["programme_id"])
        programmes = frozenset([arguments["programme_id"]])
    return repository.page(unit(), programmes, arguments["after"], arguments["limit"])


@bp.post("")
@bp.arguments(ComputeSchema)
@bp.response(201, MatchRunSchema)
@bp.alt_response(202, schema=ComputedLaterSchema)
def create(wanted: dict[str, Any]) -> Any:
    """Compute a proposal of pairs, or of groups; nobody hears of it until it is published.

    For a large programme the answer is 202: it is computed meanwhile, and found in the list of runs.
    """
    groups, programme_id = wanted.pop("groups"), wanted["programme_id"]
    check_runs(principal().programmes, programme_id)
    if groups:
        return shown(grouping.compute_groups(unit(), programme_id, grouping.GroupsWanted(**groups)))
    return shown_or_later(commands.ask(unit(), programme_id, Wanted(wanted["objective"], wanted["minimum"])), programme_id)


@bp.get("/<id:run_id>")
@bp.etag
@bp.response(200, MatchRunSchema)
def show(run_id: str) -> dict[str, Any]:
    """One match run, explained."""
    run = unit().get(RUNS, run_id)
    set_version(run)
    return shown(run)


@bp.get("/<id:run_id>/pairs")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(ProposalSchema, key=lambda item: item["at"]))
def pairs(arguments: dict[str, Any], run_id: str) -> list[dict[str, Any]]:
    """The pairs of a run, explained, the weakest fit first."""
    return _entries(run_id, PAIRS, **arguments)


@bp.get("/<id:run_id>/unmatched")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(UnmatchedSchema, key=lambda item: item["at"]))
def unmatched(arguments: dict[str, Any], run_id: str) -> list[dict[str, Any]]:
    """The mentees without a mentor, and what stands in the way."""
    return _entries(run_id, MENTEES, **arguments)


@bp.get("/<id:run_id>/idle")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(IdleSchema, key=lambda item: item["at"]))
def idle(arguments: dict[str, Any], run_id: str) -> list[dict[str, Any]]:
    """The mentors without a mentee, and what stands in the way."""
    return _entries(run_id, MENTORS, **arguments)


@bp.post("/<id:run_id>/publish")
@bp.response(200, MatchRunSchema)
def publish(run_id: str) -> dict[str, Any]:
    """Propose every pair or group of the run to its people."""
    return shown(publishing.publish(unit(), run_id))


def shown_or_later(run: MatchRun | None, programme_id: str) -> Any:
    """A run, or the answer that it is computed meanwhile."""
    return shown(run) if run else (jsonify(ComputedLaterSchema().dump({"programme_id": programme_id})), 202)


def shown(run: MatchRun) -> dict[str, Any]:
    """A run with the first sheet of each kind, as MatchRunSchema gives it."""
    unit().flush()
    first = {kind: repository.sheet(unit(), run.id, kind) for kind in KINDS}
    return {**vars(run), "proposals": first[PAIRS].pairs, "unmatched": first[MENTEES].mentees, "idle": first[MENTORS].mentors}


def _entries(run_id: str, kind: str, after: Any, limit: int) -> list[dict[str, Any]]:
    """Up to `limit` + 1 entries of the sheets of a kind after the place `after`, each with its place under "at"."""
    start = after + 1 if isinstance(after, int) and 0 <= after < LAST_PLACE else 0
    found: list[dict[str, Any]] = []
    number = start // PER_SHEET + 1
    while len(found) <= limit and (entries := repository.sheet(unit(), run_id, kind, number).entries):
        first = (number - 1) * PER_SHEET
        found += [{**vars(entry), "at": first + place} for place, entry in enumerate(entries) if first + place >= start]
        number += 1
    return found[: limit + 1]
