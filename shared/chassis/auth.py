"""Who is acting: verifies signed tokens offline with the instance's public keys and says what the token tells about the person."""

import hashlib
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet

from chassis import keys
from chassis.config import Settings

LEEWAY_SECONDS = 30
LONGEST_TOKEN = 8_192
REMEMBERED = 10_000
TIMES = jwt.JWTClaimsRegistry(leeway=LEEWAY_SECONDS, exp={"essential": True})


class BadToken(Exception):
    """The token is not ours, not for us, or not well formed."""


class ExpiredToken(BadToken):
    """The token was ours, but its time is over; `claims` is what it said."""

    def __init__(self, claims: dict[str, Any]) -> None:
        super().__init__("The token has expired.")
        self.claims = claims


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in person as the token describes them."""

    id: str
    roles: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
    language: str = "en"
    time_zone: str = "UTC"
    sid: str = ""

    def has(self, *roles: str) -> bool:
        """Whether the person has at least one of these roles."""
        return not self.roles.isdisjoint(roles)

    @classmethod
    def of(cls, claims: dict[str, Any]) -> "Principal":
        """The person that verified claims describe."""
        return cls(
            id=claims["sub"],
            roles=frozenset(claims.get("roles", ())),
            programmes=frozenset(claims.get("programmes", ())),
            language=str(claims.get("locale", "en")),
            time_zone=str(claims.get("zoneinfo", "UTC")),
            sid=str(claims.get("sid", "")),
        )


class Verifier:
    """Checks tokens of one instance; remembers those it has checked until they expire or the keys change."""

    def __init__(self, keys_dir: Path, instance: str) -> None:
        self._path, self._instance = keys_dir / keys.PUBLIC, instance
        self._changed_at, self._keys = 0, KeySet([])
        self._checked: dict[bytes, tuple[Principal, float]] = {}

    def verify(self, token: str) -> Principal:
        """The person behind a token; raises BadToken or ExpiredToken."""
        self._follow_keys()
        digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        known = self._checked.get(digest)
        if known and time.time() < known[1]:
            return known[0]
        claims = self.claims(token)
        principal = Principal.of(claims)
        self._remember(digest, principal, claims["exp"] + LEEWAY_SECONDS)
        return principal

    def claims(self, token: str) -> dict[str, Any]:
        """The checked claims of a token (RFC 7519, section 7.2); raises BadToken or ExpiredToken."""
        if len(token) > LONGEST_TOKEN:
            raise BadToken("The token is too long.")
        self._follow_keys()
        try:
            claims = jwt.decode(token, self._keys, algorithms=[keys.ALGORITHM]).claims
            self._check(claims)
        except ExpiredTokenError:
            raise ExpiredToken(claims) from None
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise BadToken("The token is not valid here.") from error
        return claims

    def _check(self, claims: dict[str, Any]) -> None:
        lists = [claims.get(name, []) for name in ("roles", "programmes")]
        if not all(isinstance(part, list) and all(isinstance(each, str) for each in part) for part in lists):
            raise ValueError("roles and programmes are lists of text")
        if claims.get("iss") != self._instance or claims.get("aud") != self._instance:
            raise ValueError("another instance's token")
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise ValueError("a token names a person")
        TIMES.validate(claims)

    def _follow_keys(self) -> None:
        """Reads the public keys again when their file changed; what was checked with older keys counts no more."""
        try:
            changed_at = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if changed_at != self._changed_at:
            self._keys = KeySet.import_key_set(keys.public(self._path.parent))  # type: ignore[arg-type]
            self._checked, self._changed_at = {}, changed_at

    def _remember(self, digest: bytes, principal: Principal, until: float) -> None:
        if len(self._checked) >= REMEMBERED:
            self._checked = {}
        self._checked[digest] = (principal, until)


def token_for(
    settings: Settings,
    person_id: str,
    *,
    roles: Iterable[str] = (),
    programmes: Iterable[str] = (),
    language: str = "en",
    time_zone: str = "UTC",
    sid: str | None = None,
    minutes: float = 30,
) -> str:
    """A signed token for a person of this instance, valid for `minutes` from now."""
    now = int(time.time())
    claims = {
        "iss": settings.instance,
        "aud": settings.instance,
        "sub": person_id,
        "roles": sorted(roles),
        "programmes": sorted(programmes),
        "locale": language,
        "zoneinfo": time_zone,
        "sid": sid or uuid.uuid4().hex,
        "iat": now,
        "exp": int(now + minutes * 60),
        "jti": uuid.uuid4().hex,
    }
    return keys.sign(settings.keys_dir, claims)
