"""Composition root of `pairing`: everything the service is made of, on one page."""

from flask import Flask

import ui
from chassis import web
from chassis.config import Settings
from chassis.service import Service
from pairing.accounts import commandline, oidc_pages, staff_pages, zone_pages
from pairing.accounts import pages as account_pages
from pairing.accounts import repository as accounts
from pairing.accounts import routes as account_routes
from pairing.agreements import pages as agreement_pages
from pairing.agreements import repository as agreements
from pairing.agreements import routes as agreement_routes
from pairing.change_requests import repository as change_requests
from pairing.closures import pages as closure_pages
from pairing.closures import repository as closures
from pairing.closures import routes as closure_routes
from pairing.concerns import cases_pages, visitor_pages
from pairing.concerns import pages as concern_pages
from pairing.concerns import repository as concerns
from pairing.concerns import routes as concern_routes
from pairing.consents import guardian_pages
from pairing.consents import pages as consent_pages
from pairing.consents import repository as consents
from pairing.consents import routes as consent_routes
from pairing.country_packs.repository import packs
from pairing.data_rights import pages as data_rights_pages
from pairing.data_rights import repository as data_rights
from pairing.data_rights import routes as data_rights_routes
from pairing.handlers import HANDLERS, JOBS
from pairing.home import pages as home_pages
from pairing.intake import pages as join_pages
from pairing.intake import repository as intake
from pairing.intake import staff_pages as entrance_pages
from pairing.match_setups import pages as match_setup_pages
from pairing.match_setups import repository as match_setups
from pairing.match_setups import routes as match_setup_routes
from pairing.matching import pages as matching_pages
from pairing.matching import repository as matching
from pairing.matching import routes as matching_routes
from pairing.matching import substitute_pages, substitute_routes, what_if_pages
from pairing.migrations import MIGRATIONS, days_of_coming_of_age, guardians_and_their_wards, thresholds_told_again, waits_of_the_clock
from pairing.pairings import life_pages
from pairing.pairings import pages as pairing_pages
from pairing.pairings import repository as pairings
from pairing.pairings import routes as pairing_routes
from pairing.people import check_pages, import_pages, mapping_pages, record_pages
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
        *match_setups.COLLECTIONS,
        *pairings.COLLECTIONS,
        *agreements.COLLECTIONS,
        *concerns.COLLECTIONS,
        *consents.COLLECTIONS,
        *intake.COLLECTIONS,
        *change_requests.COLLECTIONS,
        *closures.COLLECTIONS,
        *data_rights.COLLECTIONS,
    ),
    blueprints=(
        account_routes.links,
        account_routes.tokens,
        account_pages.pages,
        oidc_pages.pages,
        staff_pages.pages,
        zone_pages.pages,
        people_routes.bp,
        people_pages.pages,
        import_pages.pages,
        mapping_pages.pages,
        record_pages.pages,
        check_pages.pages,
        programme_routes.bp,
        programme_pages.pages,
        matching_routes.bp,
        matching_pages.pages,
        match_setup_routes.bp,
        match_setup_pages.pages,
        what_if_pages.pages,
        substitute_routes.bp,
        substitute_pages.pages,
        pairing_routes.bp,
        pairing_pages.pages,
        agreement_routes.bp,
        agreement_pages.pages,
        concern_routes.bp,
        concern_pages.pages,
        visitor_pages.pages,
        cases_pages.pages,
        consent_routes.bp,
        consent_pages.pages,
        guardian_pages.pages,
        join_pages.pages,
        entrance_pages.pages,
        life_pages.pages,
        closure_routes.bp,
        closure_pages.pages,
        data_rights_routes.bp,
        data_rights_pages.pages,
        home_pages.pages,
    ),
    policies=POLICIES,
    handlers=HANDLERS,
    jobs=JOBS,
    migrations=(
        *MIGRATIONS,
        programmes.find_stages,
        waits_of_the_clock,
        days_of_coming_of_age,
        thresholds_told_again,
        guardians_and_their_wards,
    ),
    commands=(commandline.command,),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of the service; raises BadPack when a country's rules cannot be used."""
    packs()
    app = web.create_app(SERVICE, settings or Settings.from_environment())
    ui.install(app)
    return app
