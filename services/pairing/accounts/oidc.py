"""Sign-in of staff at their own organisation (OpenID Connect Core 1.0): authorization code flow with PKCE, state and nonce."""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from chassis.config import Settings
from chassis.errors import Forbidden, Unavailable

CALLBACK = "/pairing/sign-in/staff/callback"
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
TIMEOUT_SECONDS = 5
REMEMBERED_SECONDS = 600
LEEWAY_SECONDS = 30


@dataclass(frozen=True)
class Attempt:
    """One way to the provider and back; the browser keeps it, signed, until it returns."""

    state: str
    nonce: str
    code_verifier: str

    @classmethod
    def fresh(cls) -> "Attempt":
        """An attempt that nobody can guess."""
        return cls(generate_token(32), generate_token(32), generate_token(48))


def is_configured(settings: Settings) -> bool:
    """Whether staff can sign in at their organisation."""
    return bool(settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret)


def way_there(settings: Settings, attempt: Attempt) -> str:
    """The provider's address to send the browser to; raises Unavailable when the provider does not answer."""
    with _client(settings) as client:
        endpoint = _provider(settings)["authorization_endpoint"]
        url, _ = client.create_authorization_url(endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.code_verifier)
    return str(url)


def verified_email(settings: Settings, attempt: Attempt, returned: dict[str, str]) -> str:
    """The e-mail address that the provider vouches for; raises Forbidden unless everything about the answer is right."""
    if not returned.get("code") or returned.get("state") != attempt.state:
        raise refused()
    claims = _claims(settings, _id_token(settings, attempt, returned["code"]))
    if claims.get("nonce") != attempt.nonce or claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
        raise refused()
    return str(claims["email"])


def refused() -> Forbidden:
    """The provider's answer cannot be trusted."""
    return Forbidden("oidc-refused", "Your organisation did not confirm who you are. Try again, or ask for a sign-in link by e-mail.")


def _id_token(settings: Settings, attempt: Attempt, code: str) -> str:
    endpoint = _provider(settings)["token_endpoint"]
    with _client(settings) as client:
        try:
            answer = client.fetch_token(endpoint, code=code, code_verifier=attempt.code_verifier, timeout=TIMEOUT_SECONDS)
        except requests.RequestException:
            raise _silent() from None
        except Exception as error:
            raise refused() from error
    return str(answer.get("id_token", ""))


def _claims(settings: Settings, token: str) -> dict[str, Any]:
    published: Any = _get(_provider(settings)["jwks_uri"])
    keys = KeySet.import_key_set(published)
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
        exp={"essential": True},
    )
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError):
        raise refused() from None
    return claims


def _client(settings: Settings) -> OAuth2Session:
    return OAuth2Session(
        settings.oidc_client_id,
        settings.oidc_client_secret,
        scope="openid email",
        redirect_uri=settings.public_url.rstrip("/") + CALLBACK,
        code_challenge_method="S256",
    )


def _provider(settings: Settings) -> dict[str, Any]:
    """The provider's own description (OpenID Connect Discovery 1.0); it must name itself as we do."""
    found = _described(settings.oidc_issuer, int(time.monotonic() // REMEMBERED_SECONDS))
    if found.get("issuer") != settings.oidc_issuer:
        raise refused()
    return found


@lru_cache(maxsize=4)
def _described(issuer: str, period: int) -> dict[str, Any]:
    return _get(issuer.rstrip("/") + "/.well-known/openid-configuration")


def _get(url: str) -> dict[str, Any]:
    try:
        answer = requests.get(url, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError):
        raise _silent() from None
    return found


def _silent() -> Unavailable:
    return Unavailable(
        "oidc-unavailable", "The sign-in of your organisation does not answer. Try again later, or ask for a sign-in link by e-mail."
    )
