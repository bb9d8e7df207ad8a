"""Pages of signing in by one-time link, staying signed in, and signing out; and the instance's public keys."""

from typing import Any
from urllib.parse import quote

from flask import Response, jsonify, make_response, redirect, request

from chassis import keys
from chassis.errors import Forbidden
from chassis.web import local_path, page_blueprint, posted, presented_claims, sensitive, set_sign_in_cookie, unit, without_csrf
from pairing.accounts import commands, cookies, oidc
from pairing.people.cells import Wrong
from pairing.people.cells import email as read_email
from ui import gettext as _
from ui import page

RAISE_CONCERN = "/pairing/concerns/new"

pages = page_blueprint("accounts", service="pairing")


@pages.get("/sign-in")
def sign_in() -> str:
    """Where to write one's e-mail address."""
    return _form(local_path(request.args.get("next"), commands.HOME))


@pages.post("/sign-in")
@sensitive(commands.ASKS_PER_CALLER)
@sensitive(commands.ASKS_PER_ADDRESSEE, key=posted("email"))
def ask() -> Any:
    """Has a link mailed; says the same whether somebody has the address or not."""
    then, email = local_path(request.form.get("next"), commands.HOME), request.form.get("email", "")
    try:
        commands.ask_for_link(unit(), read_email(email.strip()), then)
    except Wrong:
        return _form(then, email[:254], {"email": _("Write an e-mail address, like name@example.org.")}), 422
    return redirect("/pairing/sign-in/sent", 303)


def _form(then: str, email: str = "", errors: dict[str, str] | None = None) -> str:
    settings = unit().settings
    return page(
        "accounts/sign_in.html",
        then=then,
        email=email,
        errors=errors or {},
        staff_sign_in=oidc.is_configured(settings),
        contact=settings.safeguarding_contact,
    )


@pages.get("/sign-in/sent")
def sent() -> str:
    """What to do next: look at one's mail."""
    return page("accounts/sent.html")


@pages.get("/sign-in/<link>")
def confirm(link: str) -> str:
    """The button that signs in; fetching the page does nothing, because mail scanners fetch links."""
    return page("accounts/confirm.html", link=link)


@pages.post("/sign-in/<link>")
@sensitive(commands.ASKS_PER_CALLER)
def use(link: str) -> Any:
    """Signs in with a one-time link, which is used up."""
    try:
        admission, then = commands.redeem(unit(), link)
    except Forbidden as refused:
        return page("accounts/refused.html", reason=_(refused.message, **refused.params)), 403
    return cookies.sign_in(make_response(redirect(then, 303)), admission)


@pages.route("/renew", methods=["GET", "POST"])
@without_csrf
def renew() -> Response:
    """Gives a browser whose access token expired a new one, and sends it back to where it was; a form is sent again with its content.

    Whose sign-in is over signs in first, but for raising a concern.
    """
    then = local_path(request.args.get("next"), commands.HOME)
    try:
        admission = commands.renew(unit(), cookies.presented())
    except Forbidden:
        way = then if then.partition("?")[0] == RAISE_CONCERN else f"/pairing/sign-in?next={quote(then)}"
        return cookies.sign_out(make_response(redirect(way, 303)))
    response = make_response(redirect(then, 307 if request.method == "POST" else 303))
    set_sign_in_cookie(response, admission.access_token)
    return response


@pages.post("/sign-out")
def sign_out() -> Response:
    """Ends this browser's sign-in."""
    claims = presented_claims() or {}
    commands.sign_out(unit(), str(claims.get("sid", "")))
    return cookies.sign_out(make_response(redirect("/pairing/sign-in", 303)))


@pages.get("/.well-known/jwks.json")
def jwks() -> Response:
    """The public keys by which everybody can check a token (RFC 7517)."""
    return jsonify(keys.public(unit().settings.keys_dir))
