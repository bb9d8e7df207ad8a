"""API of what is laid down for a programme's matching, by one of its match runs: locks, exclusions, pairs by hand, and trials."""

from typing import Any

from chassis.web import api_blueprint, principal, unit
from pairing.match_setups import commands
from pairing.match_setups.model import MatchSetup
from pairing.match_setups.repository import of_programme
from pairing.match_setups.schemas import CostSchema, ExclusionSchema, MatchSetupSchema, PairSchema, TrialSchema
from pairing.matching.repository import RUNS
from pairing.matching.routes import shown_or_later
from pairing.matching.schemas import ComputedLaterSchema, MatchRunSchema, WhatIfSchema
from pairing.programmes.commands import check_runs

bp = api_blueprint("match_setups", service="pairing", prefix="match-runs")


@bp.get("/<id:run_id>/setup")
@bp.response(200, MatchSetupSchema)
def show(run_id: str) -> MatchSetup:
    """The locks and exclusions of the run's programme."""
    return of_programme(unit(), unit().get(RUNS, run_id).programme_id)


@bp.post("/<id:run_id>/locks")
@bp.arguments(PairSchema)
@bp.response(201, MatchSetupSchema)
def lock(pair: dict[str, Any], run_id: str) -> MatchSetup:
    """Keep a pair in every later proposal; refused with rule and remedy where a hard rule forbids it."""
    return commands.lock(unit(), run_id, **pair, by=principal().id)


@bp.delete("/<id:run_id>/locks/<id:mentee_id>")
@bp.response(200, MatchSetupSchema)
def unlock(run_id: str, mentee_id: str) -> MatchSetup:
    """Let go of the lock of a mentee."""
    return commands.unlock(unit(), run_id, mentee_id)


@bp.post("/<id:run_id>/exclusions")
@bp.arguments(ExclusionSchema)
@bp.response(201, MatchSetupSchema)
def exclude(exclusion: dict[str, Any], run_id: str) -> MatchSetup:
    """Never make a pair; the reason is for the record."""
    return commands.exclude(unit(), run_id, **exclusion, by=principal().id)


@bp.delete("/<id:run_id>/exclusions/<id:mentee_id>/<id:mentor_id>")
@bp.response(200, MatchSetupSchema)
def allow(run_id: str, mentee_id: str, mentor_id: str) -> MatchSetup:
    """Take an exclusion back."""
    return commands.allow(unit(), run_id, mentor_id, mentee_id)


@bp.post("/<id:run_id>/cost")
@bp.arguments(PairSchema)
@bp.response(200, CostSchema)
def cost(pair: dict[str, Any], run_id: str) -> Any:
    """What it would cost the whole to make this pair by hand; nothing is kept."""
    from pairing.matching.trying import cost_of_pair  # here, because numerical libraries would make every idle process larger

    return cost_of_pair(unit(), unit().get(RUNS, run_id), **pair)


@bp.post("/<id:run_id>/pairs")
@bp.arguments(PairSchema)
@bp.response(201, MatchRunSchema)
@bp.alt_response(202, schema=ComputedLaterSchema)
def pair_by_hand(pair: dict[str, Any], run_id: str) -> Any:
    """Make a pair by hand: it is locked, and the others are computed anew around it, as a new run."""
    programme_id = unit().get(RUNS, run_id).programme_id
    return shown_or_later(commands.pair_by_hand(unit(), run_id, **pair, by=principal().id), programme_id)


@bp.post("/what-if")
@bp.arguments(WhatIfSchema)
@bp.response(200, TrialSchema)
def what_if(terms: dict[str, Any]) -> Any:
    """A run beside what other weights, another objective or minimum would give; nothing is kept."""
    from pairing.matching.trying import what_if as tried  # here, because numerical libraries would make every idle process larger

    run = unit().get(RUNS, terms["run_id"])
    check_runs(principal().programmes, run.programme_id)
    objective = terms["objective"] or run.objective
    minimum = run.minimum if terms["minimum"] is None else terms["minimum"]
    return tried(unit(), run, {**run.weights, **terms["weights"]}, objective, minimum)
