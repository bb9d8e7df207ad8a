"""What people write is shown as they wrote it and never becomes part of a page, a sheet or a mail."""

import csv
import io
from datetime import date
from itertools import product

import pytest
from icalendar import Calendar

from contracts.pairing import ProgrammeChanged
from notifications.app import SERVICE, create_app
from support.house import House
from support.seen import Seen
from support.spiked import MARK, SPIKE
from support.world_requests import OWN, PLAIN, A, B, ask, endpoints, path_of

FOREIGN = {MARK, MARK[::-1], f"<{MARK}", f"<{MARK[::-1]}"}
FIELDS = (
    "email", "next", "given_name", "family_name", "language", "roles", "programme_ids", "programme", "programme_id", "role", "name",
    "starts_on", "ends_on", "languages", "time_zone", "cadence", "meeting_minutes", "respond_within_days", "weight_place", "version",
    "words", "reach", "about_id", "number", "note", "message", "outcome", "place", "often",
    "country_pack", "models", "minimum_fit", "threshold", "threshold_reason", "keep_months",
    "objective", "closes_at", "communication", "comment", "minutes", "starts_at", "held_at", "important", "challenge", "tackled",
)  # fmt: skip
QUERY = ("q", "role", "mentees", "mentors", "programme", "page", "state", "done", "lang", "next", "limit", "cursor", "like")
TELLS = {
    "pairing/records_pages.edit": "coordinator_a",
    "pairing/records_pages.own": "mentee",
    "pairing/people_pages.index": "coordinator_a",
    "pairing/people_pages.show": "coordinator_a",
    "pairing/matching_pages.show": "coordinator_a",
    "pairing/pairings_pages.index": "coordinator_a",
    "pairing/pairings_pages.show": "coordinator_a",
    "pairing/staff_pages.index": "administrator",
    "pairing/consents_pages.show": "coordinator_a",
    "pairing/entrances_pages.waiting": "coordinator_a",
    "pairing/guardians_pages.show": "nobody",
    "pairing/home_pages.wards": "guardian",
    "sessions/wards_pages.index": "guardian",
    "pairing/cases_pages.show": "safeguarding_lead",
    "pairing/agreements_pages.show": "mentee",
    "pairing/agreements_pages.edit": "mentee",
    "sessions/meetings_pages.show": "mentee",
    "sessions/meetings_pages.index": "mentee",
    "sessions/programmes_pages.show": "coordinator_a",
    "feedback/rounds_pages.show": "coordinator_a",
    "notifications/messages_pages.index": "mentor",
}
"""Pages that show what people wrote, and to whom."""
TELLS_OF_PROGRAMME = {
    "pairing/home_pages.show": "coordinator_a",
    "pairing/programmes_pages.index": "coordinator_a",
    "pairing/programmes_pages.show": "coordinator_a",
    "pairing/entrances_pages.show": "coordinator_a",
    "pairing/entrances_pages.waiting": "coordinator_a",
    "pairing/people_pages.index": "coordinator_a",
    "notifications/reports_pages.index": "coordinator_a",
    "notifications/reports_pages.show": "coordinator_a",
    "notifications/messages_pages.index": "mentor",
    "feedback/rounds_pages.index": "coordinator_a",
}
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("//evil")',
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    " =1+1",
    "=cmd|' /C calc'!A0",
)


@pytest.fixture(scope="module")
def pages(story):
    return [each for each in endpoints(story) if each.method == "GET" and not each.api]


def target_of(endpoint):
    return A if endpoint.rule.arguments else PLAIN


def test_no_page_takes_a_text_for_its_own(story, pages):
    shown = 0
    for endpoint, (name, who) in product(pages, story.who.items()):
        for target in (A, B, OWN) if endpoint.rule.arguments else (PLAIN,):
            answer = ask(story, endpoint, who, target)
            if answer.mimetype == "text/html":
                assert not Seen(answer.text).names & FOREIGN, f"{endpoint.key} about {target!r} as {name} sees it"
                shown += answer.status_code == 200
    assert shown > 150


@pytest.mark.parametrize("key", TELLS)
def test_a_text_is_shown_as_it_was_written(story, pages, key):
    [endpoint] = [each for each in pages if each.key == key]
    assert SPIKE in Seen(ask(story, endpoint, story.who[TELLS[key]], target_of(endpoint)).text).text


@pytest.mark.parametrize("key", TELLS_OF_PROGRAMME)
def test_the_name_of_a_programme_is_shown_as_it_was_written(story, pages, key):
    [endpoint] = [each for each in pages if each.key == key]
    assert f"\"'><{MARK[::-1]}>" in Seen(ask(story, endpoint, story.who[TELLS_OF_PROGRAMME[key]], target_of(endpoint)).text).text


def test_a_form_that_comes_back_holds_what_was_typed_and_nothing_of_it_is_taken_for_the_page(story):
    held = set()
    for endpoint in (each for each in endpoints(story) if each.method == "POST" and not each.api):
        for name in ("coordinator_a", "administrator", "safeguarding_lead", "mentor", "mentee", "nobody"):
            who = story.who[name].again()
            with story.world.rehearsal():
                answer = who.submit(where(story, endpoint, who), dict.fromkeys(FIELDS, SPIKE))
            assert answer.status_code < 500, endpoint.key
            if answer.mimetype == "text/html":
                seen = Seen(answer.text)
                assert not seen.names & FOREIGN, endpoint.key
                held |= {endpoint.key} if SPIKE in seen.text else set()
    assert held == {
        "pairing/accounts_pages.ask",
        "pairing/consents_pages.paper",
        "pairing/consents_pages.withdraw",
        "pairing/guardians_pages.accept",
        "pairing/staff_pages.invite",
        "pairing/programmes_pages.create",
        "pairing/concerns_pages.raise_concern",
        "pairing/cases_pages.find_pairing",
        "pairing/visitors_pages.tell",
        "pairing/agreements_pages.write",
        "pairing/data_rights_pages.erase",
        "pairing/checks_pages.record_vetting",
        "pairing/checks_pages.record_training",
        "sessions/meetings_pages.move",
        "sessions/meetings_pages.hold",
    }


def where(story, endpoint, who):
    return path_of(story, endpoint, who, A, link=f"x.{MARK}")


def test_what_stands_in_an_address_is_never_taken_for_the_page(story, pages):
    for endpoint, name in product(pages, ("coordinator_a", "mentor", "administrator", "nobody")):
        who = story.who[name].again()
        answer = who.page(where(story, endpoint, who), query_string=dict.fromkeys(QUERY, SPIKE))
        assert answer.status_code < 500
        assert answer.mimetype != "text/html" or not Seen(answer.text).names & FOREIGN, endpoint.key


def test_the_api_says_that_its_answers_are_no_pages(story):
    for endpoint in (each for each in endpoints(story) if each.api and each.method == "GET"):
        answer = ask(story, endpoint, story.who["coordinator_a"], target_of(endpoint))
        assert answer.mimetype in ("application/json", "application/problem+json", "text/csv"), endpoint.key
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_mails_show_texts_as_they_were_written(story):
    story.world.settle()
    shown = [mail for mail in story.world.mails if SPIKE in Seen(mail.get_body(("html",)).get_content()).text]
    assert len(shown) > 20
    for mail in story.world.mails:
        assert not Seen(mail.get_body(("html",)).get_content()).names & FOREIGN
        assert mail["To"].addresses[0].addr_spec.endswith("@example.org") and len(mail["To"].addresses) == 1
        assert mail.get_all("Bcc") is None and mail.get_all("Cc") is None


def test_a_calendar_holds_one_session_whatever_the_names_are(story):
    files = [story.who["mentor"].page(f"/sessions/meetings/{story.a.meeting_id}.ics").data]
    invitations = [part for mail in story.world.mails for part in mail.walk() if part.get_content_type() == "text/calendar"]
    files += [part.get_payload(decode=True) for part in invitations]
    assert len(files) > 6
    for file in files:
        [event] = Calendar.from_ical(file).walk("VEVENT")
        assert event["summary"].startswith("Session with ") or "Sessie met" in event["summary"]
        assert set(event) <= PROPERTIES
    assert SPIKE in str(Calendar.from_ical(files[0]).walk("VEVENT")[0]["summary"])


PROPERTIES = {
    "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CLASS", "STATUS", "ORGANIZER", "ATTENDEE",
}  # fmt: skip


def sheet(answer, delimiter):
    return [cell for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=delimiter) for cell in row]


def calculated(cells):
    return [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r"))]


def test_the_sheet_of_findings_calculates_nothing(story):
    text = io.StringIO()
    columns = ["email", "given_name", "family_name", "time_zone", "languages", "expertise", *FORMULAS]
    csv.writer(text).writerows([columns, *([formula] * len(columns) for formula in FORMULAS)])
    coordinator = story.who["coordinator_a"].again()
    form = {"programme": story.a.id, "role": "mentor", "file": (io.BytesIO(text.getvalue().encode()), "=1+1.csv")}
    preview = coordinator.submit("/pairing/people/import", form).location
    cells = sheet(coordinator.page(f"{preview}/errors.csv"), ";")
    assert calculated(cells) == []
    assert {f"'{formula.strip()}" for formula in FORMULAS} <= set(cells)


@pytest.mark.parametrize("name", FORMULAS)
def test_the_sheet_of_a_report_calculates_nothing(settings, name):
    house = House(SERVICE, create_app, settings)
    house.hear(
        ProgrammeChanged(
            programme_id="00000000-0000-4000-8000-000000000001",
            name=name,
            starts_on=date(2026, 9, 1),
            ends_on=date(2027, 2, 1),
            language="nl",
            time_zone="Europe/Amsterdam",
            cadence="weekly",
            meeting_minutes=60,
        )
    )
    administrator = house.caller("00000000-0000-4000-8000-000000000002", "administrator")
    answer = administrator.get("/notifications/api/reports/00000000-0000-4000-8000-000000000001.csv")
    house.close()
    assert calculated(sheet(answer, ",")) == []
    assert f"'{name}" in sheet(answer, ",")
    assert answer.headers["Content-Disposition"].isascii()
