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


@event("data.export_requested", key="export_id")
class DataExportRequested:
    """A person asks for a copy of her data: every service answers with its part, sealed to `public_key`, before `answer_by`.

    `public_key` is a one-time X25519 key as a JWK (RFC 8037); `with_words` is false when a guardian asks, who gets no conversations.
    """

    export_id: str
    person_id: str
    public_key: str
    with_words: bool
    answer_by: datetime


@event("data.erasure_requested", key="erasure_id")
class DataErasureRequested:
    """A person's data is to be erased: every service erases what it holds, and answers what it erased and what it must keep."""

    erasure_id: str
    person_id: str
    answer_by: datetime


@event("programme.retention_ending", key="programme_id")
class RetentionEnding:
    """The time for which a programme's data is kept is nearly over: its participants are erased from `erases_on` on."""

    programme_id: str
    erases_on: date
