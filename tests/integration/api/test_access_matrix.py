"""Who may do what: every route of every service, asked by everybody about what is theirs and what is not, against one table."""

import pytest

from support.world_requests import OWN, PLAIN, A, B, ask, endpoints

PERSONAS = (
    "nobody", "administrator", "coordinator_a", "coordinator_b", "safeguarding_lead", "mentor", "other_mentor", "mentee", "other_mentee",
    "guardian",
)  # fmt: skip
EVERYBODY, SIGNED_IN = " ".join(PERSONAS), " ".join(PERSONAS[1:])
COORDINATORS, STAFF = "coordinator_a coordinator_b", "administrator coordinator_a coordinator_b"
PAIR, PAIR_A = "mentor mentee", "coordinator_a mentor mentee"
MENTEES = "mentee other_mentee"
PARTICIPANTS = "mentor other_mentor mentee other_mentee"
NOT_B = SIGNED_IN.replace(" coordinator_b", "")
NOT_A = SIGNED_IN.replace(" coordinator_a", "")
IN_A = "coordinator_a mentor other_mentor mentee other_mentee guardian"
NOBODY = ""
BY_WHAT_IS_SENT = {"pairing/tokens.renew", "pairing/oidc_pages.start", "pairing/oidc_pages.finish"}
"""Routes that refuse for another reason than that nobody is signed in: the token in the body, no provider configured."""

LEAD = "safeguarding_lead"
CASE = {A: LEAD, B: LEAD}
RUNNING = {A: "coordinator_a", B: "coordinator_b"}
ANY_RUN = {PLAIN: COORDINATORS, **RUNNING}
SET_UP = RUNNING
FIRST_PAIR = {A: PAIR, B: NOBODY}
PAIR_AND_STAFF = {A: PAIR_A, B: "coordinator_b"}
WARD_AND_STAFF = {A: "coordinator_a mentee guardian", B: "coordinator_b"}
GUARDED = {A: "coordinator_a safeguarding_lead", B: "coordinator_b safeguarding_lead"}
PAIR_AND_GUARDS = {A: f"{PAIR_A} safeguarding_lead", B: "coordinator_b safeguarding_lead"}
PERSON = {OWN: SIGNED_IN, A: "coordinator_a mentee guardian", B: "coordinator_b"}
REPORT = {A: "administrator coordinator_a", B: "administrator coordinator_b"}

ACCESS = {
    "pairing/sign_in_links.ask": {PLAIN: EVERYBODY},
    "pairing/tokens.redeem": {PLAIN: EVERYBODY},
    "pairing/tokens.renew": {PLAIN: SIGNED_IN},
    "pairing/tokens.sign_out": {PLAIN: SIGNED_IN},
    "pairing/accounts_pages.sign_in": {PLAIN: EVERYBODY},
    "pairing/accounts_pages.ask": {PLAIN: EVERYBODY},
    "pairing/accounts_pages.sent": {PLAIN: EVERYBODY},
    "pairing/accounts_pages.confirm": {PLAIN: EVERYBODY},
    "pairing/accounts_pages.use": {PLAIN: EVERYBODY},
    "pairing/accounts_pages.renew": {PLAIN: SIGNED_IN},
    "pairing/accounts_pages.sign_out": {PLAIN: EVERYBODY},
    "pairing/accounts_pages.jwks": {PLAIN: EVERYBODY},
    "pairing/oidc_pages.start": {PLAIN: NOBODY},
    "pairing/oidc_pages.finish": {PLAIN: NOBODY},
    "pairing/time_zone_pages.show": {PLAIN: f"{STAFF} {LEAD}"},
    "pairing/time_zone_pages.choose": {PLAIN: f"{STAFF} {LEAD}"},
    "pairing/staff_pages.index": {PLAIN: "administrator"},
    "pairing/staff_pages.invite": {PLAIN: "administrator"},
    "pairing/staff_pages.roles": {A: "administrator", B: "administrator", OWN: "administrator"},
    "pairing/staff_pages.close": {A: "administrator", B: "administrator", OWN: "administrator"},
    "pairing/people.index": RUNNING,
    "pairing/people.show": {OWN: SIGNED_IN, A: "coordinator_a mentee", B: "coordinator_b"},
    "pairing/consents.history": {OWN: SIGNED_IN, **WARD_AND_STAFF},
    "pairing/consents.agree": {OWN: SIGNED_IN, A: "mentee guardian", B: NOBODY},
    "pairing/consents.withdraw": {OWN: SIGNED_IN, **WARD_AND_STAFF},
    "pairing/consents.record_paper": RUNNING,
    "pairing/consents.ask": {OWN: SIGNED_IN, A: "coordinator_a mentee", B: "coordinator_b"},
    "pairing/consents_pages.show": {OWN: SIGNED_IN, **WARD_AND_STAFF},
    "pairing/consents_pages.record": WARD_AND_STAFF,
    "pairing/consents_pages.agree": {OWN: SIGNED_IN, A: "mentee guardian", B: NOBODY},
    "pairing/consents_pages.withdraw": {OWN: SIGNED_IN, **WARD_AND_STAFF},
    "pairing/consents_pages.paper": RUNNING,
    "pairing/consents_pages.ask": {OWN: SIGNED_IN, A: "coordinator_a mentee", B: "coordinator_b"},
    "pairing/guardians_pages.show": {PLAIN: EVERYBODY},
    "pairing/guardians_pages.accept": {PLAIN: EVERYBODY},
    "pairing/guardians_pages.decline": {PLAIN: EVERYBODY},
    "pairing/guardians_pages.thanks": {PLAIN: EVERYBODY},
    "pairing/join_pages.show": {A: EVERYBODY, B: EVERYBODY},
    "pairing/join_pages.start": {A: EVERYBODY, B: EVERYBODY},
    "pairing/join_pages.fill_in": {A: EVERYBODY},
    "pairing/join_pages.save": {A: EVERYBODY},
    "pairing/join_pages.later": {A: EVERYBODY},
    "pairing/join_pages.mail_later": {A: EVERYBODY},
    "pairing/join_pages.sent": {A: EVERYBODY},
    "pairing/join_pages.resume": {PLAIN: EVERYBODY},
    "pairing/join_pages.go_on": {PLAIN: EVERYBODY},
    "pairing/entrances_pages.show": RUNNING,
    "pairing/entrances_pages.open_form": RUNNING,
    "pairing/entrances_pages.close_form": RUNNING,
    "pairing/entrances_pages.renew": RUNNING,
    "pairing/entrances_pages.ask_guardians": RUNNING,
    "pairing/entrances_pages.waiting": ANY_RUN,
    "pairing/people.import_file": RUNNING,
    "pairing/people_pages.index": ANY_RUN,
    "pairing/people_pages.show": {OWN: SIGNED_IN, A: "coordinator_a mentee", B: "coordinator_b"},
    "pairing/imports_pages.choose": ANY_RUN,
    "pairing/imports_pages.upload": RUNNING,
    "pairing/imports_pages.preview": RUNNING,
    "pairing/imports_pages.confirm": RUNNING,
    "pairing/imports_pages.errors": RUNNING,
    "pairing/people.record_vetting": {A: "coordinator_a", B: "coordinator_b"},
    "pairing/people.record_training": {A: "coordinator_a", B: "coordinator_b"},
    "pairing/checks_pages.record_vetting": {A: "coordinator_a", B: "coordinator_b"},
    "pairing/checks_pages.record_training": {A: "coordinator_a", B: "coordinator_b"},
    "pairing/checks_pages.leave": RUNNING,
    "pairing/records_pages.new": ANY_RUN,
    "pairing/records_pages.create": RUNNING,
    "pairing/records_pages.edit": {A: "coordinator_a", B: "coordinator_b"},
    "pairing/records_pages.correct": {A: "coordinator_a", B: "coordinator_b"},
    "pairing/records_pages.own": {OWN: PARTICIPANTS, A: "mentee", B: NOBODY},
    "pairing/records_pages.change_own": {OWN: PARTICIPANTS, A: "mentee", B: NOBODY},
    "pairing/mapping_pages.show": RUNNING,
    "pairing/mapping_pages.choose": RUNNING,
    "pairing/mapping_pages.choose_sheet": RUNNING,
    "pairing/programmes.index": {PLAIN: SIGNED_IN},
    "pairing/programmes.create": {PLAIN: COORDINATORS},
    "pairing/programmes.show": {A: IN_A, B: "coordinator_b"},
    "pairing/programmes.change": RUNNING,
    "pairing/programmes.clone": RUNNING,
    "pairing/programmes.advance": RUNNING,
    "pairing/programmes_pages.index": {PLAIN: COORDINATORS},
    "pairing/programmes_pages.new": {PLAIN: COORDINATORS},
    "pairing/programmes_pages.create": {PLAIN: COORDINATORS},
    "pairing/programmes_pages.show": RUNNING,
    "pairing/programmes_pages.edit": RUNNING,
    "pairing/programmes_pages.change": RUNNING,
    "pairing/programmes_pages.advance": RUNNING,
    "pairing/match_runs.index": ANY_RUN,
    "pairing/match_runs.create": RUNNING,
    "pairing/match_runs.show": RUNNING,
    "pairing/match_runs.publish": RUNNING,
    "pairing/match_runs.pairs": RUNNING,
    "pairing/match_runs.unmatched": RUNNING,
    "pairing/match_runs.idle": RUNNING,
    "pairing/match_setups.show": RUNNING,
    "pairing/match_setups.lock": RUNNING,
    "pairing/match_setups.unlock": SET_UP,
    "pairing/match_setups.exclude": RUNNING,
    "pairing/match_setups.allow": SET_UP,
    "pairing/match_setups.cost": RUNNING,
    "pairing/match_setups.pair_by_hand": RUNNING,
    "pairing/match_setups.what_if": RUNNING,
    "pairing/match_setups_pages.person": RUNNING,
    "pairing/match_setups_pages.lock": RUNNING,
    "pairing/match_setups_pages.unlock": SET_UP,
    "pairing/match_setups_pages.exclude": RUNNING,
    "pairing/match_setups_pages.allow": SET_UP,
    "pairing/match_setups_pages.by_hand": RUNNING,
    "pairing/match_setups_pages.pair_by_hand": RUNNING,
    "pairing/what_if_pages.show": RUNNING,
    "pairing/what_if_pages.use": RUNNING,
    "pairing/substitutes.possible": RUNNING,
    "pairing/substitutes.propose": RUNNING,
    "pairing/substitutes_pages.show": RUNNING,
    "pairing/substitutes_pages.propose": RUNNING,
    "pairing/matching_pages.index": ANY_RUN,
    "pairing/matching_pages.compute": RUNNING,
    "pairing/matching_pages.form_groups": RUNNING,
    "pairing/matching_pages.show": RUNNING,
    "pairing/matching_pages.publish": RUNNING,
    "pairing/pairings.index": {PLAIN: SIGNED_IN, A: NOT_B, B: NOT_A},
    "pairing/pairings.show": PAIR_AND_GUARDS,
    "pairing/pairings.accept": FIRST_PAIR,
    "pairing/pairings.decline": FIRST_PAIR,
    "pairing/pairings.choose_models": RUNNING,
    "pairing/pairings.pause": GUARDED,
    "pairing/pairings.resume": GUARDED,
    "pairing/pairings.end": RUNNING,
    "pairing/pairings.close": RUNNING,
    "pairing/pairings.stop": GUARDED,
    "pairing/pairings.go_on": RUNNING,
    "pairing/pairings.ask_for_change": FIRST_PAIR,
    "pairing/pairing_life_pages.choose_models": RUNNING,
    "pairing/pairing_life_pages.pause": GUARDED,
    "pairing/pairing_life_pages.resume": GUARDED,
    "pairing/pairing_life_pages.end": RUNNING,
    "pairing/pairing_life_pages.close": RUNNING,
    "pairing/pairing_life_pages.stop": GUARDED,
    "pairing/pairing_life_pages.go_on": RUNNING,
    "pairing/pairing_life_pages.change": FIRST_PAIR,
    "pairing/pairing_life_pages.ask_for_change": FIRST_PAIR,
    "pairing/closures.show": FIRST_PAIR,
    "pairing/closures.look_back": FIRST_PAIR,
    "pairing/closures_pages.show": FIRST_PAIR,
    "pairing/closures_pages.look_back": FIRST_PAIR,
    "pairing/closures_pages.certificate_file": {A: "coordinator_a mentee", B: "coordinator_b"},
    "pairing/pairings_pages.index": {PLAIN: SIGNED_IN, A: NOT_B, B: NOT_A},
    "pairing/pairings_pages.show": PAIR_AND_GUARDS,
    "pairing/pairings_pages.accept": FIRST_PAIR,
    "pairing/pairings_pages.decline": FIRST_PAIR,
    "pairing/agreements.show": PAIR_AND_STAFF,
    "pairing/agreements.write": FIRST_PAIR,
    "pairing/agreements.sign": FIRST_PAIR,
    "pairing/agreements_pages.show": PAIR_AND_STAFF,
    "pairing/agreements_pages.version": PAIR_AND_STAFF,
    "pairing/agreements_pages.printed": PAIR_AND_STAFF,
    "pairing/agreements_pages.edit": FIRST_PAIR,
    "pairing/agreements_pages.write": FIRST_PAIR,
    "pairing/agreements_pages.sign": FIRST_PAIR,
    "pairing/concerns.index": {PLAIN: SIGNED_IN},
    "pairing/concerns.raise_concern": {PLAIN: SIGNED_IN},
    "pairing/concerns_pages.index": {PLAIN: SIGNED_IN},
    "pairing/concerns_pages.new": {PLAIN: EVERYBODY},
    "pairing/concerns_pages.raise_concern": {PLAIN: SIGNED_IN},
    "pairing/visitors_pages.tell": {PLAIN: EVERYBODY},
    "pairing/visitors_pages.ask": {PLAIN: EVERYBODY},
    "pairing/visitors_pages.follow": {PLAIN: EVERYBODY},
    "pairing/cases_pages.index": {PLAIN: LEAD},
    "pairing/cases_pages.show": CASE,
    "pairing/cases_pages.find_pairing": CASE,
    "pairing/cases_pages.take": CASE,
    "pairing/cases_pages.note": CASE,
    "pairing/cases_pages.message": CASE,
    "pairing/cases_pages.close": CASE,
    "pairing/home_pages.show": {PLAIN: SIGNED_IN, A: NOT_B, B: NOT_A},
    "pairing/home_pages.wards": {PLAIN: "guardian"},
    "pairing/home_pages.privacy": {PLAIN: EVERYBODY},
    "sessions/wards.schedule": {PLAIN: "guardian"},
    "sessions/wards_pages.index": {PLAIN: "guardian"},
    "pairing/data_rights.ask_for_copy": PERSON,
    "pairing/data_rights.show_export": {A: "coordinator_a mentee", B: "coordinator_b"},
    "pairing/data_rights.fetch": {A: "mentee", B: NOBODY},
    "pairing/data_rights.ask_for_erasure": PERSON,
    "pairing/data_rights.show_erasure": {A: "coordinator_a mentor", B: "coordinator_b"},
    "pairing/data_rights.withdraw": {A: "coordinator_a mentor", B: "coordinator_b"},
    "pairing/data_rights.requests": RUNNING,
    "pairing/data_rights_pages.own": {PLAIN: SIGNED_IN},
    "pairing/data_rights_pages.show": PERSON,
    "pairing/data_rights_pages.ask_for_copy": PERSON,
    "pairing/data_rights_pages.fetch": {A: "mentee", B: NOBODY},
    "pairing/data_rights_pages.confirm": PERSON,
    "pairing/data_rights_pages.erase": PERSON,
    "pairing/data_rights_pages.withdraw": {A: "coordinator_a mentor", B: "coordinator_b"},
    "pairing/data_rights_pages.requests": ANY_RUN,
    "pairing/data_rights_pages.certificate": {PLAIN: EVERYBODY},
    "pairing/data_rights_pages.certificate_file": {PLAIN: EVERYBODY},
    "sessions/checklists.current": {PLAIN: SIGNED_IN},
    "sessions/meetings.index": {PLAIN: SIGNED_IN, **RUNNING},
    "sessions/meetings.show": PAIR_AND_STAFF,
    "sessions/meetings.move": PAIR_AND_STAFF,
    "sessions/meetings.confirm_checklist": {A: "mentor", B: NOBODY},
    "sessions/meetings.hold": FIRST_PAIR,
    "sessions/meetings.miss": FIRST_PAIR,
    "sessions/meetings.write_debrief": FIRST_PAIR,
    "sessions/meetings_pages.index": {PLAIN: f"{STAFF} mentor other_mentor mentee other_mentee guardian"},
    "sessions/meetings_pages.show": PAIR_AND_STAFF,
    "sessions/meetings_pages.calendar": FIRST_PAIR,
    "sessions/meetings_pages.move": PAIR_AND_STAFF,
    "sessions/meetings_pages.confirm_checklist": {A: "mentor", B: NOBODY},
    "sessions/meetings_pages.hold": FIRST_PAIR,
    "sessions/meetings_pages.miss": FIRST_PAIR,
    "sessions/meetings_pages.write_debrief": FIRST_PAIR,
    "sessions/programmes_pages.index": {PLAIN: STAFF},
    "sessions/programmes_pages.show": RUNNING,
    "feedback/rounds.index": {PLAIN: SIGNED_IN},
    "feedback/rounds.show": {A: f"coordinator_a {MENTEES}", B: "coordinator_b"},
    "feedback/rounds.open_round": RUNNING,
    "feedback/rounds.answer": {A: MENTEES, B: NOBODY},
    "feedback/rounds.close": RUNNING,
    "feedback/rounds_pages.index": {PLAIN: SIGNED_IN},
    "feedback/rounds_pages.open_round": RUNNING,
    "feedback/rounds_pages.show": {A: f"coordinator_a {MENTEES}", B: "coordinator_b"},
    "feedback/rounds_pages.answer": {A: MENTEES, B: NOBODY},
    "feedback/rounds_pages.close": RUNNING,
    "feedback/rounds_pages.who_sees_what": {PLAIN: EVERYBODY},
    "notifications/messages.index": {PLAIN: SIGNED_IN},
    "notifications/messages.show": {A: "mentor", B: NOBODY},
    "notifications/messages_pages.index": {PLAIN: SIGNED_IN},
    "notifications/reports.index": {PLAIN: STAFF},
    "notifications/reports.show": REPORT,
    "notifications/reports.download": REPORT,
    "notifications/reports_pages.index": {PLAIN: STAFF},
    "notifications/reports_pages.show": REPORT,
    "notifications/reports_pages.download": REPORT,
}
"""Route → what it is asked about → who is let in. Everybody else is refused."""


def verdict(answer):
    """Whether somebody was let in; what the state or the input does not allow is said to those who were."""
    if answer.status_code == 303 and answer.location.startswith("/pairing/sign-in?next="):
        return "sign in"
    return {401: "sign in", 403: "refused", 404: "refused"}.get(answer.status_code, "let in")


@pytest.fixture(scope="module")
def routes(story):
    return list(endpoints(story))


def test_every_route_has_a_row_and_every_row_a_route(routes):
    keys = {endpoint.key for endpoint in routes}
    assert sorted(keys - ACCESS.keys()) == [], "add rows for these routes to ACCESS"
    assert sorted(ACCESS.keys() - keys) == [], "these rows have no route any more"


@pytest.mark.parametrize("key", ACCESS)
def test_only_those_of_the_table_are_let_in_and_a_refusal_writes_nothing(story, routes, key):
    for endpoint in (each for each in routes if each.key == key):
        for target, names in ACCESS[key].items():
            allowed, before = set(names.split()), story.world.digest()
            told = {name: ask(story, endpoint, who, target) for name, who in story.who.items() if name not in allowed}
            assert story.world.digest() == before, f"{endpoint.method} {key} about {target!r} was refused and yet wrote something"
            with story.world.rehearsal():
                told |= {name: ask(story, endpoint, story.who[name], target) for name in allowed}
            said = {name: answer.status_code for name, answer in told.items()}
            let_in = {name for name, answer in told.items() if verdict(answer) == "let in"}
            assert let_in == allowed, f"{endpoint.method} {key} about {target!r}: {said}"
            assert max(said.values()) < 500, said
            assert "nobody" in allowed or key in BY_WHAT_IS_SENT or verdict(told["nobody"]) == "sign in", said
            changed = {name for name, value in story.world.digest().items() if before.get(name) != value}
            assert changed <= {f"{endpoint.service}.audit", "pairing.sign_in_links"}, (
                "a rehearsal is taken back, and reading writes nothing"
            )
