"""Composition root of `notifications`: everything the service is made of, on one page."""

from flask import Flask

import ui
from chassis import web
from chassis.config import Settings
from chassis.data_rights import FORGOTTEN
from chassis.service import Service
from notifications.handlers import HANDLERS, JOBS
from notifications.messages import pages as message_pages
from notifications.messages import repository as messages
from notifications.messages import routes as message_routes
from notifications.people.repository import PEOPLE
from notifications.policies import POLICIES
from notifications.programmes.repository import PROGRAMMES
from notifications.reports import pages as report_pages
from notifications.reports import repository as reports
from notifications.reports import routes as report_routes

SERVICE = Service(
    name="notifications",
    collections=(PEOPLE, PROGRAMMES, messages.MESSAGES, *reports.COLLECTIONS, FORGOTTEN),
    blueprints=(message_routes.bp, message_pages.pages, report_routes.bp, report_pages.pages),
    policies=POLICIES,
    handlers=HANDLERS,
    jobs=JOBS,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of the service."""
    app = web.create_app(SERVICE, settings or Settings.from_environment())
    ui.install(app)
    return app
