"""Forms of ours only: a token in every form that other sites cannot know, and a look at where the form was sent from."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, g, request
from markupsafe import Markup

from chassis.web.identity import split_address
from chassis.web.problems import Problem

FIELD = "csrf_token"
VISITOR = "fabconnect_visitor"
REFUSAL = "This form is too old or was not sent from this site. Go back, load the page again, and send it once more."
V = TypeVar("V", bound=Callable[..., Any])


def csrf_token() -> str:
    """The token of this browser's forms: bound to the sign-in session, or to a visitor cookie when nobody is signed in."""
    who = g.get("sid") or f"visitor:{_visitor()}"
    secret: bytes = current_app.secret  # type: ignore[attr-defined]
    return hmac.new(secret, f"csrf|{who}".encode(), hashlib.sha256).hexdigest()


def csrf_field() -> Markup:
    """The hidden field that every form carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def without_csrf(view: V) -> V:
    """Marks a view that takes forms without a token, because sending it from elsewhere does no harm."""
    view.without_csrf = True  # type: ignore[attr-defined]
    return view


def check_form() -> None:
    """Raises a 403 unless the form carries this browser's token and was sent from this site."""
    if not _sent_from_here() or not hmac.compare_digest(csrf_token().encode(), request.form.get(FIELD, "").encode("utf-8", "replace")):
        raise Problem(403, "csrf", REFUSAL)


def keep_visitor(response: Response) -> None:
    """Sets the visitor cookie when a form was made for someone who is not signed in."""
    if "new_visitor" in g:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(VISITOR, g.new_visitor, httponly=True, samesite="Lax", secure=secure, path="/")


def _visitor() -> str:
    known = request.cookies.get(VISITOR) or g.get("new_visitor")
    if not known:
        known = g.new_visitor = secrets.token_urlsafe(24)
    return str(known)


def _sent_from_here() -> bool:
    """Browsers say where a form comes from (Fetch Metadata, Origin); those that say nothing are left to the token."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    here = (request.host, urlsplit(current_app.settings.public_url).netloc)  # type: ignore[attr-defined]
    return origin is None or split_address(origin).netloc in here
