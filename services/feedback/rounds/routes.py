"""JSON API of feedback rounds."""

from operator import attrgetter
from typing import Any

from chassis.errors import Forbidden
from chassis.web import PageArguments, answer_not_kept, api_blueprint, cursor_page, principal, unit
from feedback.rounds import commands, repository, shown
from feedback.rounds.repository import ROUNDS
from feedback.rounds.schemas import AnswerSchema, OpeningSchema, RoundSchema
from feedback.rounds.shown import Shown

bp = api_blueprint("rounds", service="feedback")


@bp.get("")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(RoundSchema, key=attrgetter("round.id")))
def index(arguments: dict[str, Any]) -> list[Shown]:
    """The rounds of the programmes that one coordinates or is a mentee in."""
    uow, who = unit(), principal()
    found = repository.page_of_programmes(uow, shown.programmes_of(who, uow), arguments["after"], arguments["limit"])
    return [shown.to(who, uow, each) for each in found]


@bp.get("/<id:round_id>")
@bp.response(200, RoundSchema)
def show(round_id: str) -> Shown:
    """One round: its questions; for its coordinators its figures too, once it is closed."""
    return shown.to(principal(), unit(), unit().get(ROUNDS, round_id))


@bp.post("")
@bp.arguments(OpeningSchema)
@bp.response(201, RoundSchema)
def open_round(opening: dict[str, Any]) -> Shown:
    """Ask the mentees of a programme that one coordinates."""
    if opening["programme_id"] not in principal().programmes:
        raise Forbidden("not_your_programme", "You do not coordinate this programme. Choose one of yours.")
    opened = commands.open_round(unit(), opening["programme_id"], opening["questionnaire"], opening["closes_at"])
    return shown.to(principal(), unit(), opened)


@bp.post("/<id:round_id>/answers")
@answer_not_kept
@bp.arguments(AnswerSchema)
@bp.response(204)
def answer(given: dict[str, Any], round_id: str) -> None:
    """Answer, once; the answer is kept without a name and without a time."""
    commands.answer(unit(), round_id, given["ratings"], given["comment"], by=principal().id)


@bp.post("/<id:round_id>/close")
@bp.response(200, RoundSchema)
def close(round_id: str) -> Shown:
    """End the round now and work out its figures."""
    return shown.to(principal(), unit(), commands.close(unit(), round_id))
