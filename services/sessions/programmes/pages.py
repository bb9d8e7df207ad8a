"""A coordinator's overview of the sessions in a programme."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect

from chassis.web import page_blueprint, principal, unit
from sessions.meetings import repository as meetings
from sessions.meetings.model import HELD, MISSED, PLANNED, TO_PLAN, Meeting
from sessions.people import repository as people
from sessions.programmes.repository import PROGRAMMES, of_ids
from ui import gettext as _
from ui import page

pages = page_blueprint("programmes", service="sessions")


@pages.get("/programmes")
def index() -> Any:
    """The programmes that one coordinates; straight to the only one."""
    found = of_ids(unit(), principal().programmes)
    if len(found) == 1:
        return redirect(f"/sessions/programmes/{found[0].id}", 303)
    return page("programmes/index.html", programmes=found)


@pages.get("/programmes/<id:programme_id>")
def show(programme_id: str) -> str:
    """How many sessions are planned, held, without a checklist or a time; by week; and the ones to look at."""
    uow = unit()
    programme = uow.get(PROGRAMMES, programme_id)
    waiting = meetings.to_look_at(uow, programme_id, TO_PLAN)
    planned = meetings.to_look_at(uow, programme_id, PLANNED)
    return page(
        "programmes/show.html",
        programme=programme,
        numbers=meetings.numbers(uow, programme_id),
        lacking=meetings.without_checklist(uow, programme_id),
        weeks=_chart(meetings.by_week(uow, programme_id, programme.time_zone), ZoneInfo(programme.time_zone)),
        waiting=waiting,
        planned=planned,
        late=[meeting for meeting in planned if meeting.ends_at is not None and meeting.ends_at < uow.now],
        names=people.names(uow, _everybody([*waiting, *planned])),
    )


def _chart(weeks: dict[datetime, dict[str, int]], zone: ZoneInfo) -> dict[str, Any]:
    """Labels ("w48", the ISO week) and one series per state."""
    labels = [_("w%(number)s", number=monday.astimezone(zone).isocalendar().week) for monday in weeks]
    kinds = ((HELD, _("held")), (PLANNED, _("planned")), (MISSED, _("missed")))
    return {"labels": labels, "series": [(name, [week.get(state, 0) for week in weeks.values()]) for state, name in kinds]}


def _everybody(found: list[Meeting]) -> set[str]:
    return {person_id for meeting in found for person_id in (meeting.mentor_id, meeting.mentee_id)}
