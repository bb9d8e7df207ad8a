"""Pages of sessions: my list, and one session with its steps."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Response, flash, redirect, request
from marshmallow import ValidationError

from chassis.errors import Invalid
from chassis.web import page_blueprint, principal, unit
from chassis.web.schemas import LATEST_YEAR
from sessions.checklists.model import CURRENT
from sessions.meetings import commands, repository
from sessions.meetings.calendar import calendar_file
from sessions.meetings.model import LONGEST, MENTOR, WHY_STOPPED, Meeting
from sessions.meetings.next_step import DEEDS, next_step
from sessions.meetings.repository import MEETINGS
from sessions.meetings.schemas import DebriefSchema
from sessions.people import repository as people
from ui import from_reader, page
from ui import gettext as _

pages = page_blueprint("meetings", service="sessions")
Reply = Any
USUAL_MINUTES = 60


@pages.get("/")
def index() -> Reply:
    """My sessions and what to do first; without own ones staff go to their programmes, guardians to the sessions of their wards."""
    uow, who = unit(), principal()
    mine = repository.of_person(uow, who.id)
    if not mine and who.has("coordinator", "administrator"):
        return redirect("/sessions/programmes", 303)
    if not mine and who.has("guardian"):
        return redirect("/sessions/wards", 303)
    names = _names(who.id, *mine)
    rows = [_row(meeting, who.id, names) for meeting in mine]
    return page("meetings/index.html", rows=rows, deeds=DEEDS, now=uow.now)


def _names(reader_id: str, *meetings: Meeting) -> dict[str, str]:
    """Who is in these sessions, as this reader may see it: a mentor reads of a mentee the given name only."""
    everybody = {person for meeting in meetings for person in (meeting.mentor_id, meeting.mentee_id)}
    mentees = {meeting.mentee_id for meeting in meetings if meeting.mentor_id == reader_id}
    return people.names(unit(), everybody, given_only=mentees)


def _row(meeting: Meeting, person_id: str, names: dict[str, str]) -> dict[str, Any]:
    side = meeting.side_of(person_id)
    other = meeting.mentee_id if side == MENTOR else meeting.mentor_id
    return {"meeting": meeting, "step": next_step(meeting, side, unit().now), "other": names.get(other, _("somebody who left"))}


@pages.get("/meetings/<id:meeting_id>")
def show(meeting_id: str) -> str:
    """One session: what it is, what to do next, and what was noted."""
    return _session(meeting_id)


def _session(meeting_id: str, errors: dict[str, list[str]] | None = None) -> str:
    meeting, who, now = unit().get(MEETINGS, meeting_id), principal().id, unit().now
    side = meeting.side_of(who) if who in (meeting.mentor_id, meeting.mentee_id) else ""
    names = _names(who, meeting)
    return page(
        "meetings/show.html",
        meeting=meeting,
        side=side,
        step=next_step(meeting, side, now),
        begun=meeting.starts_at is not None and meeting.starts_at <= now,
        names={each: names.get(each, _("somebody who left")) for each in (meeting.mentor_id, meeting.mentee_id)},
        checklist=CURRENT,
        why_stopped={code: _(sentence) for code, sentence in WHY_STOPPED.items()},
        minutes=_minutes_of(meeting),
        errors={name: [_(sentence) for sentence in sentences] for name, sentences in (errors or {}).items()},
        form=request.form,
    )


@pages.get("/meetings/<id:meeting_id>.ics")
def calendar(meeting_id: str) -> Reply:
    """The session as a file for a calendar; without a time there is none, and the page says how to choose one."""
    meeting, settings = unit().get(MEETINGS, meeting_id), unit().settings
    if meeting.starts_at is None:
        return redirect(_address(meeting_id), 303)
    other = meeting.mentee_id if meeting.side_of(principal().id) == MENTOR else meeting.mentor_id
    name = _names(principal().id, meeting).get(other, _("somebody who left"))
    title, address = _("Session with %(name)s", name=name), f"{settings.public_url}{_address(meeting_id)}"
    file = calendar_file(meeting, title=title, address=address, instance=settings.instance, now=unit().now)
    return Response(file, mimetype="text/calendar", headers={"Content-Disposition": f'attachment; filename="session-{meeting.number}.ics"'})


@pages.post("/meetings/<id:meeting_id>/move")
def move(meeting_id: str) -> Reply:
    """Choose the first or another time."""

    def deed() -> None:
        starts_at = _moment("starts_at")
        commands.move(unit(), meeting_id, starts_at, starts_at + _length(), by=principal().id)

    return _do(meeting_id, deed, _("The new time is set. Both of you get an invitation by e-mail."))


@pages.post("/meetings/<id:meeting_id>/checklist")
def confirm_checklist(meeting_id: str) -> Reply:
    """Confirm the checklist."""

    def deed() -> None:
        version = request.form.get("version", 0, type=int)
        items = [item.key for item in CURRENT.items if item.key in request.form]
        commands.confirm_checklist(unit(), meeting_id, version, items, by=principal().id)

    return _do(meeting_id, deed, _("Thank you. The checklist is confirmed for this session."))


@pages.post("/meetings/<id:meeting_id>/held")
def hold(meeting_id: str) -> Reply:
    """It took place, as planned or at the time given."""

    def deed() -> None:
        held_at = _moment("held_at") if request.form.get("held_at") else None
        commands.hold(unit(), meeting_id, held_at, by=principal().id)

    return _do(meeting_id, deed, _("Noted: the session took place. Three short questions are left."))


@pages.post("/meetings/<id:meeting_id>/missed")
def miss(meeting_id: str) -> Reply:
    """It did not take place."""
    return _do(
        meeting_id, lambda: commands.miss(unit(), meeting_id, by=principal().id), _("Noted. Choose a new time when it suits you both.")
    )


@pages.post("/meetings/<id:meeting_id>/debrief")
def write_debrief(meeting_id: str) -> Reply:
    """Answer the three questions."""

    def deed() -> None:
        words = {name: request.form.get(name, "") for name in ("important", "challenge", "tackled")}
        try:
            commands.write_debrief(unit(), meeting_id, **DebriefSchema().load(words), by=principal().id)
        except ValidationError as wrong:
            raise Invalid(wrong.normalized_messages()) from wrong

    return _do(meeting_id, deed, _("What you wrote is saved. Only the two of you can read it."))


def _do(meeting_id: str, deed: Callable[[], Any], done: str) -> Reply:
    """Does it and shows the session again, with thanks or with what to correct."""
    try:
        deed()
    except Invalid as wrong:
        return _session(meeting_id, wrong.errors), 422
    flash(done, "good")
    return redirect(_address(meeting_id), 303)


def _address(meeting_id: str) -> str:
    return f"/sessions/meetings/{meeting_id}"


def _moment(name: str) -> datetime:
    try:
        moment = from_reader(request.form.get(name, ""))
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.year > LATEST_YEAR:
        raise Invalid({name: [_("Give a day and a time that exist there, for example 26 November 2026, 16:30.")]})
    return moment


def _length() -> timedelta:
    minutes = request.form.get("minutes", USUAL_MINUTES, type=int)
    return timedelta(minutes=min(max(minutes, 0), LONGEST // timedelta(minutes=1) + 1))


def _minutes_of(meeting: Meeting) -> int:
    if meeting.starts_at is None or meeting.ends_at is None:
        return USUAL_MINUTES
    return int((meeting.ends_at - meeting.starts_at) // timedelta(minutes=1))
