"""Accounts, one-time sign-in links and sign-ins: what lets a person in, and for how long."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.errors import Forbidden

STAFF = frozenset({"administrator", "coordinator", "safeguarding_lead"})
LINK_LASTS = timedelta(minutes=30)
INVITATION_LASTS = timedelta(days=3)
"""How long a link works that nobody asked for: its reader may be away when it comes."""
STAFF_SIGN_IN_LASTS = timedelta(hours=12)
SIGN_IN_LASTS = timedelta(days=30)
LINKS_AT_ONCE = 5


@dataclass
class Account:
    """Who a person is to the system; has the person's id. `programmes` are those that a coordinator runs or a participant is in."""

    id: str
    email: str
    roles: tuple[str, ...]
    language: str
    time_zone: str
    programmes: tuple[str, ...] = ()
    state: str = "active"
    version: int = 0

    @property
    def is_staff(self) -> bool:
        """Whether any of the roles is one of staff."""
        return not STAFF.isdisjoint(self.roles)

    def lasts(self) -> timedelta:
        """How long a sign-in of this account lasts: a working day for staff, thirty days for participants."""
        return STAFF_SIGN_IN_LASTS if self.is_staff else SIGN_IN_LASTS


@dataclass
class SignInLink:
    """A one-time link; only the hash of its token is stored. Without `account_id` it was asked for an address that nobody has.

    `invites`: nobody asked for it; it comes with the invitation of a member of staff.
    """

    id: str
    account_id: str
    token_hash: str
    expires_at: datetime
    next_path: str
    used_at: datetime | None = None
    sent_at: datetime | None = None
    invites: bool = False
    version: int = 0

    def use(self, token: str, now: datetime) -> None:
        """Uses the link up; raises Forbidden when the token is not its own, or it was used, or is too old."""
        if not self.account_id or not hmac.compare_digest(self.token_hash, hashed(token)):
            raise unknown_link()
        if self.used_at is not None:
            raise Forbidden("link-used", "This link was used before. Ask for a new one: it takes a minute.")
        if now >= self.expires_at:
            raise Forbidden("link-expired", "This link is too old. Ask for a new one: it takes a minute.")
        self.used_at = now


@dataclass
class SignIn:
    """One signed-in browser or API client; its id is the token's `sid`."""

    id: str
    account_id: str
    secret_hash: str
    expires_at: datetime
    revoked_at: datetime | None = None
    version: int = 0

    def check(self, secret: str, now: datetime) -> None:
        """Raises Forbidden unless the secret is this sign-in's own and it has neither ended nor been revoked."""
        known = hmac.compare_digest(self.secret_hash, hashed(secret))
        if not known or self.revoked_at is not None or now >= self.expires_at:
            raise signed_out()

    def revoke(self, now: datetime) -> None:
        """Ends the sign-in; ending it twice is fine."""
        self.revoked_at = self.revoked_at or now


def unknown_link() -> Forbidden:
    """There is no such link, or this is not its token."""
    return Forbidden("link-unknown", "This link is not complete. Open it from the e-mail again, or ask for a new one.")


def signed_out() -> Forbidden:
    """The sign-in has ended, or there never was one."""
    return Forbidden("signed-out", "You were signed out. Ask for a new sign-in link.")


def closed() -> Forbidden:
    """The account is closed."""
    return Forbidden("account-closed", "This account is closed. Ask your coordinator.")


def link_token(secret: bytes, link_id: str, purpose: str = "sign-in-link") -> str:
    """The token of a link: HMAC-SHA256 (RFC 2104) of its purpose and id under the instance's secret, base64url without padding."""
    digest = hmac.new(secret, f"{purpose}:{link_id}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hashed(token: str) -> str:
    """What is stored of a token: SHA-256, hexadecimal. Tokens hold 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def address(email: str) -> str:
    """An e-mail address as it is stored and compared: trimmed, case folded."""
    return email.strip().casefold()
