"""The kept mail is shown to administrators alone, and nothing in a mail acts on the page."""

import smtplib
import uuid
from email.message import EmailMessage

import pytest
from urllib3 import PoolManager, Timeout

from chassis.auth import token_for
from chassis.config import Settings

HTTP = PoolManager(timeout=Timeout(20))
INVITATION = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Reunião\r\nEND:VCALENDAR\r\n"


def token(instance, *roles):
    settings = Settings(
        instance=instance.environment["INSTANCE"],
        mongo_url=instance.mongo_url,
        kafka_bootstrap=instance.bootstrap,
        keys_dir=instance.home.keys,
        secret_file=instance.home.secret,
    )
    return token_for(settings, str(uuid.uuid4()), roles=roles)


def read_page(instance, path, *roles):
    headers = {"Cookie": f"fabconnect={token(instance, *roles)}"} if roles else {}
    return HTTP.request("GET", f"{instance.url}{path}", headers=headers, redirect=False)


def read_api(instance, query, *roles):
    return HTTP.request("GET", f"{instance.url}/mail/api/messages{query}", headers={"Authorization": f"Bearer {token(instance, *roles)}"})


@pytest.fixture(scope="module", autouse=True)
def sent(instance):
    """Two mails to Ana, one with an invitation and things that should not act, and one to Bo."""
    host, port = instance.environment["SMTP_URL"].removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as client:
        for number, to in enumerate(("ana@example.org", "bo@example.org", "Ana@example.org")):
            mail = EmailMessage()
            mail["Message-ID"], mail["From"], mail["To"] = f"<{number}@example.org>", "fabconnect@localhost", to
            mail["Subject"] = f"Sessão {number} <script>alert(1)</script>"
            mail.set_content("Olá <b>Ana</b>.\nhttps://example.org/a?b=1&c=2. Depois http://example.org/d (ver).")
            mail.add_alternative("<p>Olá <script>alert(2)</script></p>", subtype="html")
            mail.add_attachment(
                INVITATION.encode(), maintype="text", subtype="calendar", filename="sessão.ics", params={"method": "REQUEST"}
            )
            client.send_message(mail)
    return instance.home.mail


def test_nobody_else_sees_the_list(instance):
    assert read_page(instance, "/mail/").status == 303
    assert read_page(instance, "/mail/", "mentor", "coordinator").status == 403
    assert read_api(instance, "", "coordinator").status == 403
    assert HTTP.request("GET", f"{instance.url}/mail/api/messages").status == 401


def test_an_administrator_sees_the_list(instance):
    page = read_page(instance, "/mail/", "administrator")
    assert page.status == 200
    text = page.data.decode()
    assert text.count("Sessão") >= 3
    assert "bo@example.org" in text
    assert "<script" not in text


def test_a_mail_is_shown_with_its_links_and_without_effect(instance):
    mail_id = next(item["id"] for item in read_api(instance, "?to=bo@example.org", "administrator").json()["items"])
    page = read_page(instance, f"/mail/{mail_id}", "administrator")
    text = page.data.decode()
    assert page.status == 200
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">' in text
    assert "<script" not in text
    assert "<b>Ana</b>" not in text
    assert "&lt;script&gt;alert(2)" in text
    assert "sessão.ics" in text


def test_an_attachment_is_saved_as_it_was_sent(instance):
    mail_id = read_api(instance, "?to=bo@example.org", "administrator").json()["items"][0]["id"]
    saved = read_page(instance, f"/mail/{mail_id}/attachments/0", "administrator")
    assert saved.data.replace(b"\r\n", b"\n") == INVITATION.replace("\r\n", "\n").encode()
    assert saved.headers["Content-Disposition"].startswith("attachment;")
    assert read_page(instance, f"/mail/{mail_id}/attachments/1", "administrator").status == 404


def test_the_api_gives_text_links_and_attachments_by_recipient(instance):
    items = read_api(instance, "?to=ANA@example.org", "administrator").json()["items"]
    assert len(items) == 2
    assert items[0]["links"] == ["https://example.org/a?b=1&c=2", "http://example.org/d"]
    assert items[0]["attachments"][0]["name"] == "sessão.ics"
    assert "METHOD:REQUEST" in items[0]["attachments"][0]["text"]
    assert len(read_api(instance, "?limit=1", "administrator").json()["items"]) == 1
    assert read_api(instance, "?to=nobody@example.org", "administrator").json()["items"] == []


@pytest.mark.parametrize("query", ["?limit=0", "?limit=x", "?unknown=1"])
def test_a_wrong_question_is_refused(instance, query):
    assert read_api(instance, query, "administrator").status == 422


@pytest.mark.parametrize("mail_id", ["..%2Fsecret", "0" * 32, "secret"])
def test_only_mails_are_found(instance, mail_id):
    assert read_page(instance, f"/mail/{mail_id}", "administrator").status == 404


def test_broken_mails_do_not_break_the_list(instance, sent):
    (sent / f"{'a' * 32}.eml").write_bytes(b"\xff\xfe\x00")
    (sent / f"{'b' * 32}.eml").write_bytes(
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=none\r\n\r\n\xff\r\n--x'
    )
    assert read_page(instance, "/mail/", "administrator").status == 200
    assert read_page(instance, f"/mail/{'b' * 32}", "administrator").status == 200
