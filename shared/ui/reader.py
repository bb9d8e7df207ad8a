"""Who reads the page that is being made: language, time zone, and the person when signed in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Response, current_app, g, request

from chassis.auth import Principal
from chassis.web import principal_or_none
from ui.formats import zone
from ui.language import LANGUAGES, Translator, choose, translator

COOKIE = "fabconnect_language"
ONE_YEAR_S = 365 * 24 * 3600
NOBODYS_ZONE = "Europe/Amsterdam"
"""Zone of pages for people who are not signed in; every time on a page names its zone."""


@dataclass(frozen=True)
class Reader:
    """The person in front of the page; `principal` is None when nobody is signed in."""

    language: str
    time_zone: str
    principal: Principal | None
    texts: Translator


def reader() -> Reader:
    """The reader of the present request."""
    if "reader" not in g:
        g.reader = _find_reader()
    known: Reader = g.reader
    return known


def gettext(message: str, **values: Any) -> str:
    """The message in the reader's language, its %(name)s places filled (a literal per cent sign is written %%)."""
    return reader().texts.say(message, **values)


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """The form of the message for `num` in the reader's language; `%(num)s` is the number."""
    return reader().texts.say_number(singular, plural, num, **values)


def from_reader(text: str) -> datetime:
    """The moment (UTC) that the reader wrote in her own zone, as `ui.moment` fields send it: "2026-11-26T16:30".

    Raises ValueError when it is no moment, or one that the clocks there skip.
    """
    written = datetime.fromisoformat(text.strip())
    if written.tzinfo is not None:
        raise ValueError("The time is the reader's own; it names no zone.")
    local = written.replace(tzinfo=zone(reader().time_zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != written:
        raise ValueError("The clocks skip this time there.")
    return moment


def remember_language(response: Response) -> Response:
    """Keeps the language that was asked for with `?lang=` for a year, and tells caches what the page depends on."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        response.set_cookie(COOKIE, asked, max_age=ONE_YEAR_S, secure=request.is_secure, httponly=True, samesite="Lax")
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = reader().language
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def catalogues() -> tuple[Path, ...]:
    """The folders of translations of the present service, beside the common one."""
    folders: tuple[Path, ...] = current_app.extensions["ui_catalogues"]
    return folders


def _find_reader() -> Reader:
    who = principal_or_none()
    asked = request.args.get("lang")
    chosen = asked if asked in LANGUAGES else request.cookies.get(COOKIE)
    language = choose(chosen, who.language if who else None, _browsers_best())
    return Reader(language, who.time_zone if who else NOBODYS_ZONE, who, translator(language, *catalogues()))


def _browsers_best() -> str | None:
    """The first of the browser's languages that we speak; "pt-BR" counts as "pt" (lookup of RFC 4647)."""
    codes = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((code for code in codes if code in LANGUAGES), None)
