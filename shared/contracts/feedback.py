"""Events that `feedback` publishes; no person, no single answer."""

from dataclasses import dataclass
from datetime import datetime

from contracts.data_rights import Erased, Kept
from contracts.declare import event

PUBLISHER = "feedback"


@event("round.opened", key="round_id")
class RoundOpened:
    """A feedback round asks everyone of `audience` ("mentees") in the programme until `closes_at`."""

    round_id: str
    programme_id: str
    questionnaire: str
    audience: str
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One question's result: `n` answers and their mean; both none when withheld."""

    question: str
    n: int | None
    mean: float | None


@event("round.closed", key="round_id")
class RoundClosed:
    """The round ended. `figures` holds what may be shown: means on the scale 1 to 5, none where fewer than `threshold` answered."""

    round_id: str
    programme_id: str
    answers: int | None
    threshold: int
    figures: tuple[Figure, ...]


@event("feedback.data_contributed", key="export_id")
class DataContributed:
    """Part `part` of `parts` of what `feedback` holds about a person, sealed to the export's key: a compact JWE (RFC 7516)."""

    export_id: str
    part: int
    parts: int
    sealed: str


@event("feedback.data_erased", key="erasure_id")
class DataErased:
    """`feedback` erased what it held about a person: what and how many, and what stays, with the reason."""

    erasure_id: str
    erased: tuple[Erased, ...]
    kept: tuple[Kept, ...]
