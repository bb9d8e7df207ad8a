"""What a raiser sees of her concerns: whether somebody looks into them, and what the safeguarding lead lets her know; nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.unit_of_work import UnitOfWork
from pairing.concerns.commands import readers
from pairing.concerns.model import CLOSED, MESSAGE, NEW, Concern
from pairing.concerns.repository import raised_by
from pairing.concerns.seal import content_of, texts_of

SHOWN_AT_HOME = timedelta(days=30)


@dataclass(frozen=True)
class Answer:
    """A message of a safeguarding lead."""

    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class OwnConcern:
    """One concern as its raiser sees it, the latest answer first; `waits_for_lead` while there is nobody who may read it."""

    id: str
    raised_at: datetime
    urgent: bool
    state: str
    waits_for_lead: bool
    answers: tuple[Answer, ...]


def own_concerns(uow: UnitOfWork, person_id: str) -> list[OwnConcern]:
    """Everything that this person raised, the newest first."""
    return [own_view(uow, concern) for concern in raised_by(uow, person_id)]


def has_answer(uow: UnitOfWork, person_id: str) -> bool:
    """Whether a message of the last thirty days waits for her on the page of her concerns."""
    since = uow.now - SHOWN_AT_HOME
    return any(entry.what in (MESSAGE, CLOSED) and entry.at > since for concern in raised_by(uow, person_id) for entry in concern.log)


def own_view(uow: UnitOfWork, concern: Concern) -> OwnConcern:
    """What the raiser of this concern sees of it."""
    lines = zip(concern.log, texts_of(uow.settings.secret, concern), strict=True)
    answers = tuple(Answer(entry.at, text) for entry, text in lines if entry.what == MESSAGE)[::-1]
    waits = concern.state == NEW and not readers(uow, concern, content_of(uow.settings.secret, concern).about_id)
    return OwnConcern(
        id=concern.id, raised_at=concern.raised_at, urgent=concern.urgent, state=concern.state, waits_for_lead=waits, answers=answers
    )
