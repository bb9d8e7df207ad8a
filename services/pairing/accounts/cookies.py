"""The two cookies of a signed-in browser: the short access token, and what renews it."""

from flask import Response, current_app, request

from chassis.web import drop_sign_in_cookie, set_sign_in_cookie
from pairing.accounts.commands import Admission

RENEWAL = "fabconnect_renewal"
RENEWAL_PATH = "/pairing"


def sign_in(response: Response, admission: Admission) -> Response:
    """Gives the browser both cookies."""
    set_sign_in_cookie(response, admission.access_token)
    response.set_cookie(
        RENEWAL,
        admission.renewal_token,
        max_age=int(admission.account.lasts().total_seconds()),
        path=RENEWAL_PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def sign_out(response: Response) -> Response:
    """Takes both cookies back."""
    drop_sign_in_cookie(response)
    response.delete_cookie(RENEWAL, path=RENEWAL_PATH)
    return response


def presented() -> str:
    """The renewal token that the browser sent, or ""."""
    return request.cookies.get(RENEWAL, "")
