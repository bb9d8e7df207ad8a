"""A guardian's one-time link: asked for by mail, answered once, with yes or no."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.errors import Forbidden
from pairing.accounts.model import hashed

LASTS = timedelta(days=14)
PURPOSE = "guardian-link"
ASKS_PER_DAY, ASKS_PER_ADDRESS = 5, 20
"""In one day for one ward, and at one address for all: whoever fills in forms with somebody's address fills no mailbox."""
GIVEN, DECLINED = ("given", "declined")


@dataclass
class GuardianRequest:
    """What a guardian was asked for a ward; only the hash of the link's token is stored. `email` is where the link was sent."""

    id: str
    ward_id: str
    programme_id: str
    email: str
    language: str
    token_hash: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""
    version: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether an answer is still waited for."""
        return self.answered_at is None and now < self.expires_at

    def check(self, token: str, now: datetime) -> None:
        """Raises Forbidden when the token is not its own, or it was answered, or is too old."""
        if not hmac.compare_digest(self.token_hash, hashed(token)):
            raise unknown_request()
        if self.answered_at is not None:
            raise Forbidden("guardian-link-used", "You have answered already. To change your answer, sign in or ask the coordinator.")
        if now >= self.expires_at:
            raise Forbidden("guardian-link-expired", "This link is too old. Ask your child or the coordinator for a new one.")

    def answer_with(self, answer: str, token: str, now: datetime) -> None:
        """Uses the link up; raises Forbidden as `check` does."""
        self.check(token, now)
        self.answer, self.answered_at = answer, now

    def replace(self, now: datetime) -> None:
        """A newer link takes its place: this one opens nothing any more."""
        if self.is_open(now):
            self.expires_at = now


def unknown_request() -> Forbidden:
    """There is no such link, or this is not its token."""
    return Forbidden("guardian-link-unknown", "This link is not complete. Open it from the e-mail again, or ask for a new one.")
