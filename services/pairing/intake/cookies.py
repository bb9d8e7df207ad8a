"""The cookie by which a browser finds the form again that was begun at it; it holds no personal data."""

from flask import Response, current_app, request

from pairing.intake.model import DRAFT_LASTS

COOKIE, PATH = "fabconnect_application", "/pairing/join"


def keep(response: Response, key: str) -> Response:
    """Gives the browser what opens the form."""
    secure, seconds = current_app.config["SESSION_COOKIE_SECURE"], int(DRAFT_LASTS.total_seconds())
    response.set_cookie(COOKIE, key, max_age=seconds, path=PATH, secure=secure, httponly=True, samesite="Lax")
    return response


def drop(response: Response) -> Response:
    """Takes it back: the next person at this browser does not see the form."""
    response.delete_cookie(COOKIE, path=PATH)
    return response


def presented() -> str:
    """What the browser sent, or ""."""
    return request.cookies.get(COOKIE, "")
