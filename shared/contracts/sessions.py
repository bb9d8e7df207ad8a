"""Events that `sessions` publishes; ids only, no personal data and no content of conversations."""

from datetime import datetime

from contracts.data_rights import Erased, Kept
from contracts.declare import event

PUBLISHER = "sessions"


@event("meeting.planned", key="meeting_id")
class MeetingPlanned:
    """A session of a pairing got its time; `sequence` rises with every change, as in RFC 5545 (3.8.7.4)."""

    meeting_id: str
    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    starts_at: datetime
    ends_at: datetime
    format: str
    sequence: int


@event("meeting.moved", key="meeting_id")
class MeetingMoved:
    """A planned session got another time; fields as in `meeting.planned`."""

    meeting_id: str
    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    starts_at: datetime
    ends_at: datetime
    format: str
    sequence: int


@event("checklist.confirmed", key="meeting_id")
class ChecklistConfirmed:
    """The mentor went through the data-protection and safety checklist (`checklist_version`) for this session."""

    meeting_id: str
    pairing_id: str
    programme_id: str
    checklist_version: int


@event("meeting.held", key="meeting_id")
class MeetingHeld:
    """The session took place; `minutes` is how long it was planned to last."""

    meeting_id: str
    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    held_at: datetime
    minutes: int


@event("debrief.written", key="meeting_id")
class DebriefWritten:
    """One side (`written_by` is "mentor" or "mentee") wrote its debrief; what it says stays in `sessions`."""

    meeting_id: str
    pairing_id: str
    programme_id: str
    written_by: str


@event("sessions.data_contributed", key="export_id")
class DataContributed:
    """Part `part` of `parts` of what `sessions` holds about a person, sealed to the export's key: a compact JWE (RFC 7516)."""

    export_id: str
    part: int
    parts: int
    sealed: str


@event("sessions.data_erased", key="erasure_id")
class DataErased:
    """`sessions` erased what it held about a person: what and how many, and what stays, with the reason."""

    erasure_id: str
    erased: tuple[Erased, ...]
    kept: tuple[Kept, ...]


@event("pairing.silent", key="pairing_id")
class PairingSilent:
    """An active pairing has had no session for 90 days, counted from `since`: its start or its last held session."""

    pairing_id: str
    programme_id: str
    since: datetime
