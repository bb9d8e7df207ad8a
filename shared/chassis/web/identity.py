"""Who sends a request: bearer token for the API, cookie for pages, and the ways to sign in and to renew an expired sign-in."""

from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from flask import Response, current_app, g, redirect, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from chassis.auth import BadToken, ExpiredToken, Verifier

COOKIE = "fabconnect"
COOKIE_SECONDS = 60 * 24 * 3600
SIGN_IN, RENEW = "/pairing/sign-in", "/pairing/renew"
READING = ("GET", "HEAD")


def identify_caller(verifier: Verifier) -> None:
    """Finds the principal of an API request; a token that is not valid is a 401, none is nobody."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        return
    try:
        g.principal = verifier.verify(token.strip() if kind.lower() == "bearer" else "")
    except BadToken:
        raise Unauthorized("Send a valid token.", www_authenticate=WWWAuthenticate("bearer", {"error": "invalid_token"})) from None


def identify_visitor(verifier: Verifier) -> None:
    """Finds the principal of a page request; whose token is expired or not valid is a visitor, the session id is kept for forms."""
    token = request.cookies.get(COOKIE)
    if not token:
        return
    try:
        g.principal = verifier.verify(token)
        g.sid = g.principal.sid
    except ExpiredToken as expired:
        g.expired, g.sid = True, str(expired.claims.get("sid", ""))
    except BadToken:
        return


def sign_in_lapsed() -> bool:
    """Whether somebody is signed in at this browser whose token merely expired: `principal()` sends her to renewal and back."""
    return bool(g.get("expired"))


def way_in() -> Response:
    """Where a page request goes that needs a signed-in person: to renewal when the token merely expired, otherwise to sign-in.

    A form that is sent with an expired token is sent again after renewal (307 keeps method and body).
    """
    reading = request.method in READING
    if g.get("expired"):
        return _redirect(RENEW, _here(), 303 if reading else 307)
    return _redirect(SIGN_IN, _here() if reading else _came_from(), 303)


def presented_claims() -> dict[str, Any] | None:
    """The claims of the sign-in cookie when its signature is ours, even if it has expired; otherwise None."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    try:
        return current_app.verifier.claims(token)  # type: ignore[attr-defined]
    except ExpiredToken as expired:
        return expired.claims
    except BadToken:
        return None


def set_sign_in_cookie(response: Response, token: str) -> None:
    """Signs the browser in; the cookie outlives the token, so that it can be renewed."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, token, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=secure, path="/")


def drop_sign_in_cookie(response: Response) -> None:
    """Signs the browser out."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"], path="/")


def local_path(value: str | None, fallback: str = "/") -> str:
    """The value when it is a path on this site, otherwise the fallback: nobody is led elsewhere by a link of ours."""
    if not value or not value.startswith("/") or value.startswith("//") or "\\" in value or not value.isprintable():
        return fallback
    try:
        parts = urlsplit(value)
    except ValueError:
        return fallback
    return fallback if parts.scheme or parts.netloc else value


def split_address(value: str | None) -> SplitResult:
    """The parts of an address that a browser sent in a header; all empty when it is none."""
    try:
        return urlsplit(value or "")
    except ValueError:
        return urlsplit("")


def _here() -> str:
    return request.full_path if request.query_string else request.path


def _came_from() -> str:
    """The page with the form: the path of a Referer of this site."""
    referrer = split_address(request.referrer)
    return local_path(referrer.path) if referrer.netloc == request.host else "/"


def _redirect(target: str, then: str, status: int) -> Response:
    return redirect(f"{target}?next={quote(local_path(then), safe='/')}", status, Response)  # type: ignore[return-value]
