"""Joins Jinja, languages, formats and static files to the application of a service."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from chassis.web import local_path
from ui import charts, formats, navigation, static_files
from ui.error_texts import NOT_FOUND, TITLES
from ui.language import LANGUAGES
from ui.reader import gettext, reader, remember_language

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **context: Any) -> str:
    """The HTML of a template in the reader's language and zone; call it inside a request."""
    return render_template(template, **context)


def install(app: Flask, service: str | None = None) -> None:
    """Gives the application templates, translations, static files and its error page.

    `service` is the package whose `templates` and `locale` folders are used; default is the application's name.
    """
    name = service or app.name
    folder = Path(str(import_module(name).__file__)).parent
    app.extensions["ui_catalogues"] = (folder / "locale",)
    app.extensions["error_page"] = error_page
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder / "templates"), FileSystemLoader(TEMPLATES)])
    static_files.serve(app, name)
    _teach(app, name)
    app.after_request(remember_language)


def error_page(status: int, title: str, detail: str, params: Mapping[str, Any] | None = None) -> str:
    """The page that says what went wrong and what to do next.

    `detail` is a message id whose places `params` fills, or a finished sentence; what the catalogues know is translated.
    """
    texts = reader().texts
    sentence = NOT_FOUND if status == 404 else detail
    said = texts.say(sentence, **params) if params else texts.gettext(sentence)
    number = g.get("correlation_id", "") if status == 500 else ""
    return page("error.html", status=status, title=texts.gettext(TITLES.get(status, title)), detail=said, number=number)


def _teach(app: Flask, service: str) -> None:
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.undefined = StrictUndefined
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: reader().texts.gettext(message),
        lambda singular, plural, count: reader().texts.ngettext(singular, plural, count),
        newstyle=True,
        pgettext=lambda context, message: reader().texts.pgettext(context, message),
    )
    environment.globals.update(FORMATS, plot=charts, static=partial(static_files.address, service))
    environment.filters.update(FORMATS)
    app.context_processor(_surroundings)


def when(moment: datetime) -> str:
    """A moment in the reader's zone, named."""
    return formats.moment_text(moment, reader().language, reader().time_zone)


def day(value: date) -> str:
    """A day with weekday and year."""
    return formats.day_text(value, reader().language, reader().time_zone)


def clock_time(moment: datetime) -> str:
    """The time of day in the reader's zone."""
    return formats.clock_text(moment, reader().language, reader().time_zone)


def number(value: float, decimals: int | None = None) -> str:
    """A number as the reader writes it."""
    return formats.number_text(value, reader().language, decimals)


def percent(share: float, decimals: int = 0) -> str:
    """A share between 0 and 1 in per cent."""
    return formats.percent_text(share, reader().language, decimals)


def signed(value: float, decimals: int = 1) -> str:
    """A difference with its sign."""
    return formats.signed_text(value, reader().language, decimals)


def local_moment(moment: datetime | str | None) -> str:
    """What a field for date and time holds: the moment on the reader's clock, or the text that was typed."""
    if moment is None or isinstance(moment, str):
        return moment or ""
    return moment.astimezone(formats.zone(reader().time_zone)).strftime("%Y-%m-%dT%H:%M")


def in_language(code: str) -> str:
    """The address of this page in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{local_path(request.root_path + request.path)}?{urlencode([*kept, ('lang', code)])}"


def reader_zone() -> str:
    """The city that names the reader's zone."""
    return formats.zone_city(reader().time_zone, reader().language)


def role_name(role: str) -> str:
    """The name of a role in the reader's language."""
    return gettext(navigation.ROLE_NAMES[role])


FORMATS = {
    "when": when,
    "day": day,
    "clock_time": clock_time,
    "number": number,
    "percent": percent,
    "signed": signed,
    "local_moment": local_moment,
    "in_language": in_language,
    "reader_zone": reader_zone,
    "role_name": role_name,
    "language_name": LANGUAGES.__getitem__,
}


def _surroundings() -> dict[str, Any]:
    who = reader().principal
    entries = navigation.menu(who.roles) if who else []
    return {
        "language": reader().language,
        "languages": LANGUAGES,
        "principal": who,
        "roles": [role for role in navigation.ROLE_NAMES if who and role in who.roles],
        "zone_city": reader_zone(),
        "chooses_zone": who is not None and navigation.chooses_zone(who.roles),
        "menu": entries,
        "menu_current": navigation.current(entries, request.path),
    }
