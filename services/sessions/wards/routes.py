"""API of a guardian's schedule."""

from chassis.web import api_blueprint, principal, unit
from sessions.wards.model import Appointment
from sessions.wards.repository import schedule_of
from sessions.wards.schemas import ScheduleSchema

bp = api_blueprint("wards", service="sessions")


@bp.get("")
@bp.response(200, ScheduleSchema)
def schedule() -> dict[str, list[Appointment]]:
    """When the caller's wards meet; never what they talk about."""
    return {"items": schedule_of(unit(), principal().id, "")}
