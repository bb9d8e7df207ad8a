"""Pages that lead staff to their organisation's sign-in and back."""

from dataclasses import asdict
from typing import Any

from flask import Response, current_app, make_response, redirect, request
from itsdangerous import BadData, URLSafeTimedSerializer

from chassis.errors import Forbidden, NotFound
from chassis.transaction import transact
from chassis.web import local_path, page_blueprint, unit
from pairing.accounts import commands, cookies, oidc
from ui import gettext as _
from ui import page

COOKIE = "fabconnect_oidc"
COOKIE_PATH = "/pairing/sign-in/staff"
LASTS_SECONDS = 10 * 60

pages = page_blueprint("oidc", service="pairing")


@pages.get("/sign-in/staff")
def start() -> Response:
    """Sends the browser to the provider and has it keep the attempt."""
    _configured()
    attempt = oidc.Attempt.fresh()
    response = make_response(redirect(oidc.way_there(unit().settings, attempt), 303))
    kept = _signer().dumps({**asdict(attempt), "next": local_path(request.args.get("next"), commands.HOME)})
    response.set_cookie(
        COOKIE,
        kept,
        max_age=LASTS_SECONDS,
        path=COOKIE_PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


@pages.get("/sign-in/staff/callback")
def finish() -> Any:
    """Signs in whom the provider vouches for. It asks the provider first and opens its transaction afterwards."""
    _configured()
    try:
        kept = _kept()
        attempt = oidc.Attempt(kept["state"], kept["nonce"], kept["code_verifier"])
        email = oidc.verified_email(unit().settings, attempt, request.args.to_dict())
        admission = transact(unit().database, unit().settings, "pairing", lambda uow: commands.admit_staff(uow, email))
    except Forbidden as refused:
        return page("accounts/refused.html", reason=_(refused.message, **refused.params)), 403
    response = cookies.sign_in(make_response(redirect(local_path(kept["next"], commands.HOME), 303)), admission)
    response.delete_cookie(COOKIE, path=COOKIE_PATH)
    return response


def _configured() -> None:
    if not oidc.is_configured(unit().settings):
        raise NotFound("page")


def _kept() -> dict[str, str]:
    try:
        kept: dict[str, str] = _signer().loads(request.cookies.get(COOKIE, ""), max_age=LASTS_SECONDS)
    except BadData:
        raise oidc.refused() from None
    return kept


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(unit().settings.secret, salt="oidc")
