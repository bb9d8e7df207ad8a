"""JSON API of sessions."""

from typing import Any

from chassis.errors import Forbidden
from chassis.web import api_blueprint, cursor_page, principal, set_version, unit
from sessions.meetings import commands, repository
from sessions.meetings.model import Meeting
from sessions.meetings.repository import MEETINGS
from sessions.meetings.schemas import ConfirmationSchema, DebriefSchema, HeldSchema, ListArguments, MeetingSchema, TimeSchema

bp = api_blueprint("meetings", service="sessions")


@bp.get("")
@bp.arguments(ListArguments, location="query")
@bp.response(200, cursor_page(MeetingSchema))
def index(arguments: dict[str, Any]) -> list[Meeting]:
    """Own sessions; for a coordinator those of a programme."""
    who, programme_id = principal(), arguments["programme_id"]
    after, limit = arguments["after"], arguments["limit"]
    if programme_id is None:
        return repository.page_of_person(unit(), who.id, after, limit)
    if not (who.has("coordinator") and programme_id in who.programmes):
        raise Forbidden("not_your_programme", "You do not coordinate this programme. Leave the programme out to see your own sessions.")
    return repository.page_of_programme(unit(), programme_id, after, limit)


@bp.get("/<id:meeting_id>")
@bp.etag
@bp.response(200, MeetingSchema)
def show(meeting_id: str) -> Meeting:
    """One session."""
    meeting = unit().get(MEETINGS, meeting_id)
    set_version(meeting)
    return meeting


@bp.post("/<id:meeting_id>/move")
@bp.arguments(TimeSchema)
@bp.response(200, MeetingSchema)
def move(time: dict[str, Any], meeting_id: str) -> Meeting:
    """Give it its first or another time; up to a week back, if it happened already."""
    return commands.move(unit(), meeting_id, time["starts_at"], time["ends_at"], by=principal().id)


@bp.post("/<id:meeting_id>/checklist")
@bp.arguments(ConfirmationSchema)
@bp.response(200, MeetingSchema)
def confirm_checklist(confirmation: dict[str, Any], meeting_id: str) -> Meeting:
    """Confirm every item of the present checklist (mentor)."""
    return commands.confirm_checklist(unit(), meeting_id, confirmation["version"], confirmation["items"], by=principal().id)


@bp.post("/<id:meeting_id>/held")
@bp.arguments(HeldSchema)
@bp.response(200, MeetingSchema)
def hold(when: dict[str, Any], meeting_id: str) -> Meeting:
    """It took place; only after the mentor confirmed the checklist."""
    return commands.hold(unit(), meeting_id, when["held_at"], by=principal().id)


@bp.post("/<id:meeting_id>/missed")
@bp.response(200, MeetingSchema)
def miss(meeting_id: str) -> Meeting:
    """It did not take place; a move gives it a new time."""
    return commands.miss(unit(), meeting_id, by=principal().id)


@bp.post("/<id:meeting_id>/debrief")
@bp.arguments(DebriefSchema)
@bp.response(200, MeetingSchema)
def write_debrief(debrief: dict[str, Any], meeting_id: str) -> Meeting:
    """Write or replace one's own debrief; only the two sides read it."""
    return commands.write_debrief(unit(), meeting_id, debrief["important"], debrief["challenge"], debrief["tackled"], by=principal().id)
