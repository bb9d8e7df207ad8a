"""Composition root of `sessions`: everything the service is made of, on one page."""

from flask import Flask

import ui
from chassis import web
from chassis.config import Settings
from chassis.data_rights import FORGOTTEN
from chassis.service import Service
from sessions.checklists import routes as checklist_routes
from sessions.diaries.repository import DIARIES
from sessions.handlers import HANDLERS, JOBS
from sessions.meetings import pages as meeting_pages
from sessions.meetings import routes as meeting_routes
from sessions.meetings.repository import MEETINGS
from sessions.people.repository import PEOPLE
from sessions.policies import POLICIES
from sessions.programmes import pages as programme_pages
from sessions.programmes.repository import PROGRAMMES
from sessions.silences.repository import SILENCES
from sessions.wards import pages as ward_pages
from sessions.wards import routes as ward_routes

SERVICE = Service(
    name="sessions",
    collections=(MEETINGS, DIARIES, PEOPLE, PROGRAMMES, SILENCES, FORGOTTEN),
    blueprints=(meeting_routes.bp, checklist_routes.bp, ward_routes.bp, meeting_pages.pages, programme_pages.pages, ward_pages.pages),
    policies=POLICIES,
    handlers=HANDLERS,
    jobs=JOBS,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of the service."""
    app = web.create_app(SERVICE, settings or Settings.from_environment())
    ui.install(app)
    return app
