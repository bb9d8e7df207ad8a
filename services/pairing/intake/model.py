"""The way into a programme, and what one person has filled in so far."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from chassis.errors import Refused
from chassis.striking import Strike
from pairing.programmes.model import Programme

DRAFT_LASTS = timedelta(days=30)
MOST_OF_ONE_ANSWER = 2_000
"""Characters that are kept of a field; of several answers, together."""
MOST_ANSWERS = 60
PURPOSE = "application"


@dataclass
class Entrance:
    """A programme's public form; has the programme's id. `token` is the part of its address that nobody can guess."""

    id: str
    token: str
    open: bool = True
    version: int = 0

    def switch(self, *, open: bool) -> None:
        """Takes people in, or no more; the address stays."""
        self.open = open

    def renew(self) -> None:
        """Another address; the one before leads nowhere."""
        self.token = new_token()

    def lets_in(self, programme: Programme, today: date) -> bool:
        """Whether everybody who has the address can fill in the form at present."""
        return self.open and programme.takes_applications and today <= programme.ends_on

    def check(self, programme: Programme, today: date) -> None:
        """Raises Refused when the form takes nobody in at present."""
        if not self.lets_in(programme, today):
            raise Refused("intake-closed", "This programme takes nobody in at present. Ask the people who gave you the link.")


@dataclass
class Application:
    """One person's form. `answers` are the texts as typed, by field; once sent they are gone, but for the remark to the coordinator."""

    id: str
    programme_id: str
    role: str
    language: str
    started_at: datetime
    expires_at: datetime | None
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    submitted_at: datetime | None = None
    person_id: str = ""
    remark: str = ""
    version: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be filled in."""
        return self.submitted_at is None and self.expires_at is not None and now < self.expires_at

    def save(self, answers: dict[str, list[str]], language: str, now: datetime) -> None:
        """Keeps what was typed, right or wrong, instead of what these fields held before; it is kept thirty days from now."""
        kept = {name: _shortened(texts[:MOST_ANSWERS]) for name, texts in answers.items()}
        self.answers, self.language, self.expires_at = {**self.answers, **kept}, language, now + DRAFT_LASTS

    def send(self, person_id: str, remark: str, now: datetime) -> None:
        """The form is sent: what was typed lives on in the person alone."""
        self.submitted_at, self.person_id, self.remark, self.answers, self.expires_at = now, person_id, remark, {}, None

    def strike(self, strike: Strike) -> None:
        """Somebody is erased: her name and address go out of what was typed here about her."""
        self.answers = {name: tuple(strike(text) for text in texts) for name, texts in self.answers.items()}
        self.remark = strike(self.remark)


def _shortened(texts: list[str]) -> tuple[str, ...]:
    """Whoever sends much fills no database: the texts from the first on, as far as they have room together."""
    rooms = [max(0, MOST_OF_ONE_ANSWER - sum(map(len, texts[:place]))) for place in range(len(texts))]
    return tuple(text[:room] for text, room in zip(texts, rooms, strict=True) if room)


def new_token() -> str:
    """A part of an address that nobody can guess: 128 random bits."""
    return secrets.token_urlsafe(16)
