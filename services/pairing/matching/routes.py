"""API of match runs: compute, list, show, publish."""

from typing import Any

from chassis.web import api_blueprint, cursor_page, principal, set_version, unit
from pairing.matching import commands, repository
from pairing.matching.model import MatchRun
from pairing.matching.repository import RUNS
from pairing.matching.schemas import ComputeSchema, MatchRunArguments, MatchRunSchema, MatchRunSummarySchema
from pairing.programmes.commands import check_runs

bp = api_blueprint("match_runs", service="pairing", prefix="match-runs")


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
def create(wanted: dict[str, Any]) -> MatchRun:
    """Compute a proposal; nobody hears of it until it is published."""
    check_runs(principal().programmes, wanted["programme_id"])
    return commands.compute(unit(), **wanted)


@bp.get("/<id:run_id>")
@bp.etag
@bp.response(200, MatchRunSchema)
def show(run_id: str) -> MatchRun:
    """One match run, explained."""
    run = unit().get(RUNS, run_id)
    set_version(run)
    return run


@bp.post("/<id:run_id>/publish")
@bp.response(200, MatchRunSchema)
def publish(run_id: str) -> MatchRun:
    """Propose every pair of the run to both sides."""
    return commands.publish(unit(), run_id)
