"""API and pages of notifications: what they show, and to whom."""

import csv
import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from chassis.auth import token_for
from contracts.feedback import Figure, RoundClosed, RoundOpened
from contracts.pairing import PairingAccepted, PairingProposed
from contracts.sessions import MeetingHeld, MeetingPlanned
from ui.formats import number_text, zone_city
from ui.language import LANGUAGES

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)


@pytest.fixture
def told(notifications, cast, sink):
    """A programme in which something happened, the mails sent."""
    meeting = {"meeting_id": cast.meeting, **cast.pair}
    notifications.hear(
        *cast.introduction,
        PairingProposed(**cast.pair, respond_by=SOON),
        PairingAccepted(**cast.pair, model="structured", format="online"),
        MeetingPlanned(**meeting, starts_at=SOON, ends_at=SOON + timedelta(hours=1), format="online", sequence=0),
        MeetingHeld(**meeting, held_at=SOON, minutes=60),
        RoundOpened(round_id=cast.round, programme_id=cast.programme, questionnaire="mid", audience="mentees", closes_at=SOON),
        RoundClosed(
            round_id=cast.round,
            programme_id=cast.programme,
            answers=9,
            threshold=5,
            figures=(Figure(question="communication", n=9, mean=4.26), Figure(question="improvement", n=None, mean=None)),
        ),
    )
    notifications.tick()
    return notifications


@pytest.fixture
def bearer(notifications):
    def header(person_id=None, **claims):
        return {"Authorization": f"Bearer {token_for(notifications.settings, person_id or str(uuid.uuid4()), **claims)}"}

    return header


def coordinator(cast, **claims):
    return {"person_id": cast.marit, "roles": ("coordinator",), "programmes": (cast.programme,), **claims}


def sign_in(client, settings, person_id, **claims):
    client.set_cookie("fabconnect", token_for(settings, person_id, **claims))


def test_a_person_reads_her_own_messages_only(told, client, cast, bearer):
    mine = client.get(
        "/notifications/api/messages", headers=bearer(cast.sigga, roles=("mentee",), language="is", time_zone="Atlantic/Reykjavik")
    )
    assert mine.status_code == 200
    assert {item["kind"] for item in mine.json["items"]} == {
        "pairing-proposed",
        "pairing-accepted",
        "meeting-planned",
        "debrief-asked",
        "round-opened",
    }
    assert "Þið Niamh eruð tvíeyki" in {item["subject"] for item in mine.json["items"]}
    one = mine.json["items"][0]["id"]
    assert client.get(f"/notifications/api/messages/{one}", headers=bearer(cast.sigga, roles=("mentee",))).json["id"] == one
    assert client.get(f"/notifications/api/messages/{one}", headers=bearer(cast.niamh, roles=("mentor",))).status_code == 404
    assert client.get(f"/notifications/api/messages/{uuid.uuid4()}", headers=bearer(cast.sigga, roles=("mentee",))).status_code == 404


def test_messages_come_in_pages(told, client, cast, bearer):
    seen, cursor = [], ""
    while cursor is not None:
        answer = client.get(
            f"/notifications/api/messages?limit=2{cursor and f'&cursor={cursor}'}", headers=bearer(cast.sigga, roles=("mentee",))
        ).json
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    assert len(seen) == len(set(seen)) == 5


def test_the_report_as_json(told, client, cast, bearer):
    shown = client.get(f"/notifications/api/reports/{cast.programme}", headers=bearer(**coordinator(cast, language="nl"))).json
    figures = {figure["code"]: figure for figure in shown["figures"]}
    assert (figures["pairs_accepted"]["value"], figures["pairs_accepted"]["n"]) == (1, 1)
    assert figures["sessions_held"]["definition"].startswith("Sessies")
    assert shown["rounds"][0]["results"][1] == {"question": "improvement", "n": None, "mean": None, "withheld": True}
    assert sum(week["held"] for week in shown["weeks"]) == 1


def test_the_report_as_csv(told, client, cast, bearer):
    answer = client.get(f"/notifications/api/reports/{cast.programme}.csv", headers=bearer(**coordinator(cast)))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))}
    assert rows["pairs_accepted"][:2] == ["1", "1"]
    assert rows["feedback.1.mid.improvement"][0] == "withheld"


@pytest.mark.parametrize("path", ["/notifications/api/reports/{}", "/notifications/api/reports/{}.csv"])
def test_who_may_see_a_report(told, client, cast, bearer, path):
    def status(**who):
        return client.get(path.format(cast.programme), headers=bearer(**who)).status_code

    assert status(**coordinator(cast)) == 200
    assert status(roles=("administrator",)) == 200
    assert status(**coordinator(cast, programmes=(str(uuid.uuid4()),))) == 403
    assert status(person_id=cast.niamh, roles=("mentor",), programmes=(cast.programme,)) == 403
    assert client.get(path.format(cast.programme)).status_code == 401
    assert client.get(path.format(uuid.uuid4()), headers=bearer(roles=("administrator",))).status_code == 404


def test_the_list_of_reports_holds_the_readers_programmes(told, client, cast, bearer):
    def names(**who):
        return [item["name"] for item in client.get("/notifications/api/reports", headers=bearer(**who)).json["items"]]

    assert names(**coordinator(cast)) == names(roles=("administrator",)) == ["Autumn 2026"]
    assert names(**coordinator(cast, programmes=())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_page_in_every_language(told, client, cast, language):
    sign_in(client, told.settings, language=language, time_zone="Atlantic/Reykjavik", **coordinator(cast))
    page = client.get(f"/notifications/reports/{cast.programme}")
    assert page.status_code == 200
    html = page.get_data(as_text=True)
    assert f'<html lang="{language}"' in html
    assert "Autumn 2026" in html
    assert f'href="/notifications/reports/{cast.programme}.csv"' in html
    assert zone_city("Atlantic/Reykjavik", language) in html
    assert number_text(4.3, language) in html
    assert ("How each figure is counted" in html) == (language == "en")
    assert client.get(f"/notifications/reports/{cast.programme}.csv").data.startswith(b"\xef\xbb\xbf")


def test_an_empty_programme_has_a_report_too(notifications, client, cast):
    notifications.hear(cast.introduction[0])
    sign_in(client, notifications.settings, **coordinator(cast))
    assert "No session has a time yet." in client.get(f"/notifications/reports/{cast.programme}").get_data(as_text=True)
    assert "Autumn 2026" in client.get("/notifications/reports").get_data(as_text=True)


def test_the_page_of_messages(told, client, cast):
    sign_in(client, told.settings, cast.sigga, roles=("mentee",), language="en", time_zone="Atlantic/Reykjavik")
    html = client.get("/notifications/messages").get_data(as_text=True)
    assert html.count("<article") == 5
    assert "You and Niamh are a pair" in html
    assert client.get("/notifications/messages?page=zero").status_code == 200
    assert client.get("/notifications/messages?page=9999999999999999999").status_code == 200


def test_a_page_without_sign_in_leads_to_it(client, cast):
    answer = client.get(f"/notifications/reports/{cast.programme}")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/pairing/sign-in")
