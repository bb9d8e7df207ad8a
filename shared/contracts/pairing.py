"""Events that `pairing` publishes; ids only, no personal data."""

from datetime import date, datetime

from contracts.declare import event

PUBLISHER = "pairing"

PLANNED, EARLY, NO_FAULT, SAFEGUARDING = ENDINGS = ("planned", "early", "no_fault", "safeguarding")
"""How a pairing can end."""
ABSENCES = ("illness", "away", "wish", "other")
"""Reasons for a pause that are no matter of safeguarding; every other code is."""


@event("programme.changed", key="programme_id")
class ProgrammeChanged:
    """The present set-up of a programme.

    `language` and `time_zone` are its defaults; `cadence` weekly, fortnightly or monthly; `meeting_minutes` the usual length of a session.
    `state` planned, intake, matching, running, closing or closed (empty: not told); `country_pack` the country whose rules hold
    (ISO 3166-1); figures about fewer than `threshold` people are withheld; `models` are those allowed, none named: all; data is
    kept for `keep_months` after the end.
    """

    programme_id: str
    name: str
    starts_on: date
    ends_on: date
    language: str
    time_zone: str
    cadence: str
    meeting_minutes: int
    state: str = ""
    country_pack: str = ""
    threshold: int = 5
    models: tuple[str, ...] = ()
    keep_months: int = 12


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
    """Both sides accepted. `models` (of which `model` is the first) and `format` say how they will work together."""

    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    model: str
    format: str
    models: tuple[str, ...] = ()


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


@event("group.proposed", key="pairing_id")
class GroupProposed:
    """A group of mentors and mentees was proposed to all of them; each may accept or decline until `respond_by`."""

    pairing_id: str
    programme_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    respond_by: datetime


@event("group.accepted", key="pairing_id")
class GroupAccepted:
    """Everybody who is in the group accepted; who said no or did not answer is not in it any more."""

    pairing_id: str
    programme_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    models: tuple[str, ...]
    format: str


@event("group.left", key="pairing_id")
class GroupLeft:
    """Somebody (`side` is "mentor" or "mentee") said no to a group, or left one that had begun, and it may go on without her.

    Nobody is told why. `mentor_ids` and `mentee_ids` are those who go on in a group that had begun, and empty when it was only proposed.
    """

    pairing_id: str
    programme_id: str
    person_id: str
    side: str
    mentor_ids: tuple[str, ...] = ()
    mentee_ids: tuple[str, ...] = ()


@event("group.lapsed", key="pairing_id")
class GroupLapsed:
    """No group came of a proposal: too few said yes in time."""

    pairing_id: str
    programme_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]


@event("pairing.paused", key="pairing_id")
class PairingPaused:
    """A pairing or group must not meet for now, or for one reason more.

    `reason` is a code such as "vetting" or "illness" and what is new; `reasons` are all that hold it now.
    """

    pairing_id: str
    programme_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    reason: str
    reasons: tuple[str, ...] = ()


@event("pairing.resumed", key="pairing_id")
class PairingResumed:
    """A paused pairing or group goes on."""

    pairing_id: str
    programme_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]


@event("pairing.closing", key="pairing_id")
class PairingClosing:
    """A pairing or group comes to its end (`ending` is "planned", "early" or "no_fault"): both sides look back until `closes_at`."""

    pairing_id: str
    programme_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    ending: str
    closes_at: datetime


@event("pairing.closed", key="pairing_id")
class PairingClosed:
    """A pairing or group is over; `ending` as in `pairing.closing`, or "safeguarding": then no further session takes place."""

    pairing_id: str
    programme_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    ending: str


@event("concern.raised", key="concern_id")
class ConcernRaised:
    """Somebody raised a concern; `told` hear of it: safeguarding leads who may read it, or if `unread` administrators, to appoint one.

    Nothing of what it says, who raised it or whom it is about is ever in an event.
    """

    concern_id: str
    urgent: bool
    told: tuple[str, ...]
    unread: bool = False


@event("consent.withdrawn", key="consent_id")
class ConsentWithdrawn:
    """Somebody may take part no longer: her consent ("consent") or her guardian's permission ("guardian_permission") was taken back."""

    consent_id: str
    person_id: str
    kind: str
    programme_ids: tuple[str, ...] = ()


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


@event("agreement.offered", key="pairing_id")
class AgreementOffered:
    """The first signature (`signed_by`) under version `number` of a pairing's agreement: `asked` are to read it and sign it too."""

    pairing_id: str
    programme_id: str
    number: int
    signed_by: str
    asked: tuple[str, ...]


@event("agreement.signed", key="pairing_id")
class AgreementSigned:
    """Everybody (`signed_by`) has signed version `number` of a pairing's agreement; what it says stays in `pairing`."""

    pairing_id: str
    programme_id: str
    number: int
    signed_by: tuple[str, ...]


@event("change.requested", key="request_id")
class ChangeRequested:
    """Somebody in a pairing quietly asks its coordinators for somebody else; who and why stays in `pairing`.

    None of `members`, the people of the pairing, is told, also not as a coordinator.
    """

    request_id: str
    pairing_id: str
    programme_id: str
    members: tuple[str, ...] = ()


@event("change.settled", key="request_id")
class ChangeSettled:
    """A coordinator talked with `person_id`, who had asked for somebody else, and the pairing goes on."""

    request_id: str
    pairing_id: str
    programme_id: str
    person_id: str
