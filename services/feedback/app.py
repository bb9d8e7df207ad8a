"""Composition root of `feedback`: everything the service is made of, on one page."""

from flask import Flask

import ui
from chassis import web
from chassis.config import Settings
from chassis.data_rights import FORGOTTEN
from chassis.service import Service
from feedback.handlers import HANDLERS, JOBS
from feedback.people.repository import PEOPLE
from feedback.policies import POLICIES
from feedback.programmes.repository import PROGRAMMES
from feedback.rounds import pages as round_pages
from feedback.rounds import repository as rounds
from feedback.rounds import routes as round_routes

SERVICE = Service(
    name="feedback",
    collections=(*rounds.COLLECTIONS, PEOPLE, PROGRAMMES, FORGOTTEN),
    blueprints=(round_routes.bp, round_pages.pages),
    policies=POLICIES,
    handlers=HANDLERS,
    jobs=JOBS,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of the service."""
    app = web.create_app(SERVICE, settings or Settings.from_environment())
    ui.install(app)
    return app
