"""Composition root of `pairing`: everything the service is made of, on one page."""

from flask import Flask

import ui
from chassis import web
from chassis.config import Settings
from chassis.service import Service
from pairing.accounts import commandline, oidc_pages, staff_pages
from pairing.accounts import pages as account_pages
from pairing.accounts import repository as accounts
from pairing.accounts import routes as account_routes
from pairing.agreements import pages as agreement_pages
from pairing.agreements import repository as agreements
from pairing.agreements import routes as agreement_routes
from pairing.concerns import cases_pages
from pairing.concerns import pages as concern_pages
from pairing.concerns import repository as concerns
from pairing.concerns import routes as concern_routes
from pairing.handlers import HANDLERS, JOBS
from pairing.home import pages as home_pages
from pairing.matching import pages as matching_pages
from pairing.matching import repository as matching
from pairing.matching import routes as matching_routes
from pairing.migrations import MIGRATIONS
from pairing.pairings import pages as pairing_pages
from pairing.pairings import repository as pairings
from pairing.pairings import routes as pairing_routes
from pairing.people import import_pages
from pairing.people import pages as people_pages
from pairing.people import repository as people
from pairing.people import routes as people_routes
from pairing.policies import POLICIES
from pairing.programmes import pages as programme_pages
from pairing.programmes import repository as programmes
from pairing.programmes import routes as programme_routes

SERVICE = Service(
    name="pairing",
    collections=(
        *accounts.COLLECTIONS,
        *people.COLLECTIONS,
        *programmes.COLLECTIONS,
        *matching.COLLECTIONS,
        *pairings.COLLECTIONS,
        *agreements.COLLECTIONS,
        *concerns.COLLECTIONS,
    ),
    blueprints=(
        account_routes.links,
        account_routes.tokens,
        account_pages.pages,
        oidc_pages.pages,
        staff_pages.pages,
        people_routes.bp,
        people_pages.pages,
        import_pages.pages,
        programme_routes.bp,
        programme_pages.pages,
        matching_routes.bp,
        matching_pages.pages,
        pairing_routes.bp,
        pairing_pages.pages,
        agreement_routes.bp,
        agreement_pages.pages,
        concern_routes.bp,
        concern_pages.pages,
        cases_pages.pages,
        home_pages.pages,
    ),
    policies=POLICIES,
    handlers=HANDLERS,
    jobs=JOBS,
    migrations=MIGRATIONS,
    commands=(commandline.command,),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of the service."""
    app = web.create_app(SERVICE, settings or Settings.from_environment())
    ui.install(app)
    return app
