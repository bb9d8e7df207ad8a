"""Mail: the same words as text and HTML, an invitation that mail programs understand, headers that nobody can inject into."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from ui.mail import compose

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fundur með Guðrúnu\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()


def composed(**changes: Any) -> EmailMessage:
    """A message as the recipient's mail program reads it."""
    parts: dict[str, Any] = {
        "to": "Yara <yara@example.org>",
        "sender": "FabConnect <fabconnect@example.net>",
        "subject": "Fundur á fimmtudag",
        "paragraphs": ["Hæ <b>Yara</b>,", "Þú hittir Femke.\nEkki gleyma mótornum."],
        "language": "is",
        "message_id": "invitation-1",
    }
    sent = compose(**(parts | changes))
    read = message_from_bytes(sent.as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def content(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_text_and_html_say_the_same_in_the_recipients_language() -> None:
    message = composed(action=("Sjá fundinn", "https://example.net/sessions/1?a=1&b=2"))
    assert message["Subject"] == "Fundur á fimmtudag"
    assert "Þú hittir Femke.\nEkki gleyma mótornum." in content(message, "plain")
    assert "https://example.net/sessions/1?a=1&b=2" in content(message, "plain")
    assert '<html lang="is">' in content(message, "html")
    assert 'href="https://example.net/sessions/1?a=1&amp;b=2"' in content(message, "html")
    assert "tekur þátt í mentorverkefni" in content(message, "plain")


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_reason_is_true_for_who_takes_part_who_works_here_and_whose_address_somebody_gave(kind: str) -> None:
    said = " ".join(content(composed(language="en"), kind).split())
    assert "because you take part in a FabConnect mentoring programme, work for one, or your address was given there." in said


def test_html_escapes_and_loads_nothing_from_outside() -> None:
    html = content(composed(), "html")
    assert "Hæ &lt;b&gt;Yara&lt;/b&gt;," in html
    assert not any(word in html for word in ("<img", "<link", "url(", "<script", "http"))


def test_an_invitation_is_both_a_part_and_a_file() -> None:
    message = composed(calendar=CALENDAR)
    calendars = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in calendars] == ["REQUEST"]
    assert "SUMMARY:Fundur með Guðrúnu" in calendars[0].get_content()
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("invitation.ics", CALENDAR)
    assert message.get_content_type() == "multipart/mixed"


def test_a_cancellation_says_so() -> None:
    message = composed(calendar=CALENDAR.replace(b"METHOD:REQUEST", b"METHOD:CANCEL"))
    assert [part.get_param("method") for part in message.walk() if part.get_content_type() == "text/calendar"] == ["CANCEL"]


@pytest.mark.parametrize("name", ["to", "sender", "subject", "message_id", "reply_to"])
@pytest.mark.parametrize("poison", ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\rX: y", "\x00", "\u2028Bcc: all@example.org"])
def test_no_header_takes_a_line_break(name: str, poison: str) -> None:
    with pytest.raises(ValueError, match="line breaks"):
        composed(**{name: f"a@example.org{poison}"})


@pytest.mark.parametrize("address", ["", "nobody", "a@example.org, b@example.org", "Group: a@example.org, b@example.org;"])
@pytest.mark.parametrize("name", ["to", "sender"])
def test_a_message_goes_to_and_comes_from_one_address(name: str, address: str) -> None:
    with pytest.raises(ValueError, match="one address"):
        composed(**{name: address})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/pairing/", "https://x\r\nBcc: y", "https://x/>,<mailto:y", "https://x y"])
@pytest.mark.parametrize("where", ["action", "unsubscribe_url"])
def test_addresses_are_web_addresses(where: str, url: str) -> None:
    with pytest.raises(ValueError, match=r"must"):
        composed(**{where: ("Go", url) if where == "action" else url})


def test_leaving_takes_one_click() -> None:
    message = composed(unsubscribe_url="https://example.net/notifications/leave/abc")
    assert message["List-Unsubscribe"] == "<https://example.net/notifications/leave/abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Fá færri tölvupósta: https://example.net/notifications/leave/abc" in content(message, "plain")


def test_the_same_message_keeps_its_identifier() -> None:
    assert composed()["Message-ID"] == composed()["Message-ID"] == "<invitation-1@example.net>"
    assert composed(message_id="<own@example.org>")["Message-ID"] == "<own@example.org>"
    assert composed()["Auto-Submitted"] == "auto-generated"


def test_names_in_any_script_arrive() -> None:
    assert composed(to='"Jóna, Þórdís" <jona@example.org>')["To"].addresses[0].display_name == "Jóna, Þórdís"
