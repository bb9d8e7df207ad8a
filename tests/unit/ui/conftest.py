"""An application with nothing but the look, and a page that shows every piece of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup

import ui
from chassis.auth import Principal

HOSTILE = """<script>alert("1")</script> & 'x'"""
GALLERY = Path(__file__).parent / "gallery"


def gallery_app() -> Flask:
    """Shows the gallery at /pairing/ to the person in its configuration."""
    app = Flask("pairing", static_folder=None)
    app.secret_key = "only for tests"
    app.jinja_env.globals["csrf_field"] = lambda: Markup('<input type="hidden" name="csrf_token" value="token">')
    app.before_request(lambda: setattr(g, "principal", app.config["WHO"]))
    ui.install(app)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(GALLERY), app.jinja_loader])
    app.add_url_rule("/pairing/", view_func=show_gallery)
    app.add_url_rule("/pairing/missing", view_func=show_error)
    return app


def show_gallery() -> str:
    """Every piece, one of each with a text that must not act."""
    moment = datetime(datetime.now(UTC).year, 11, 26, 15, 30, tzinfo=UTC)
    return ui.page("gallery.html", moment=moment, hostile=HOSTILE, share=0.76, weeks=[f"w{week}" for week in range(39, 47)])


def show_error() -> tuple[str, int]:
    """The page of an error whose detail came from outside."""
    return ui.rendering.error_page(404, "Not Found", HOSTILE), 404


@pytest.fixture(scope="session")
def gallery() -> Flask:
    """One application for all tests."""
    return gallery_app()


@pytest.fixture
def visit(gallery: Flask) -> Callable[..., FlaskClient]:
    """A browser on the gallery: `visit(language="nl", time_zone="Europe/Dublin", roles=…)`; without roles nobody is signed in."""

    def start(language: str = "en", time_zone: str = "Europe/Amsterdam", roles: tuple[str, ...] = ("coordinator",)) -> FlaskClient:
        who = Principal(id="someone", roles=frozenset(roles), language=language, time_zone=time_zone) if roles else None
        gallery.config["WHO"] = who
        return gallery.test_client()

    return start
