"""Events that `pairing` publishes; ids only, no personal data."""

from datetime import date, datetime

from contracts.declare import event

PUBLISHER = "pairing"


@event("programme.changed", key="programme_id")
class ProgrammeChanged:
    """The present set-up of a programme.

    `language` and `time_zone` are its defaults; `cadence` weekly, fortnightly or monthly; `meeting_minutes` the usual length of a session.
    """

    programme_id: str
    name: str
    starts_on: date
    ends_on: date
    language: str
    time_zone: str
    cadence: str
    meeting_minutes: int


@event("match.published", key="run_id")
class MatchPublished:
    """A coordinator published a match run; `pairs` were proposed, `unmatched` mentees have no mentor yet."""

    run_id: str
    programme_id: str
    pairs: int
    unmatched: int


@event("pairing.proposed", key="pairing_id")
class PairingProposed:
    """A mentor and a mentee were proposed to each other; both may accept or decline until `respond_by`."""

    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    respond_by: datetime


@event("pairing.accepted", key="pairing_id")
class PairingAccepted:
    """Both sides accepted: the pairing is active. `model` and `format` say how they will work together."""

    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    model: str
    format: str


@event("pairing.declined", key="pairing_id")
class PairingDeclined:
    """One side (`declined_by` is "mentor" or "mentee") said no; nobody is told why."""

    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    declined_by: str


@event("pairing.lapsed", key="pairing_id")
class PairingLapsed:
    """The time to answer passed before both sides accepted."""

    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str


@event("consent.withdrawn", key="consent_id")
class ConsentWithdrawn:
    """Somebody may take part no longer: her consent ("consent") or her guardian's permission ("guardian_permission") was taken back."""

    consent_id: str
    person_id: str
    kind: str
    programme_ids: tuple[str, ...] = ()
