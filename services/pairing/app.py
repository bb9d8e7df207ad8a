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
from pairing.data_rights import pages as data_rights_pages
from pairing.data_rights import repository as data_rights
from pairing.data_rights import routes as data_rights_routes
from pairing.handlers import HANDLERS, JOBS
from pairing.home import pages as home_pages
from pairing.matching import pages as matching_pages
from pairing.matching import repository as matching
from pairing.matching import routes as matching_routes
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
        *data_rights.COLLECTIONS,
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
        data_rights_routes.bp,
        data_rights_pages.pages,
        home_pages.pages,
    ),
    policies=POLICIES,
    handlers=HANDLERS,
    jobs=JOBS,
    commands=(commandline.command,),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of the service."""
    app = web.create_app(SERVICE, settings or Settings.from_environment())
    ui.install(app)
    return app
