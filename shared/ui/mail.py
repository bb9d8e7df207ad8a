"""Writes mail: one text and one HTML version of the same words, an invitation when there is one, and headers nobody can inject into."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ui.language import translator

TEMPLATES = Path(__file__).parent / "templates"
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
METHOD = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def compose(
    to: str,
    sender: str,
    subject: str,
    paragraphs: Sequence[str],
    *,
    language: str,
    message_id: str,
    action: tuple[str, str] | None = None,
    calendar: bytes | None = None,
    unsubscribe_url: str | None = None,
    reply_to: str | None = None,
) -> EmailMessage:
    """A message to one person.

    `to`, `sender` and `reply_to` are addresses, with or without a name; `paragraphs` plain text, already in `language`;
    `message_id` the same for every attempt to send the same message; `action` a label and an http(s) address;
    `calendar` an iCalendar object (RFC 5545) with its METHOD: it goes along as an invitation (RFC 6047) and as a file.
    Raises ValueError when a header would hold a line break or control character, or an address is not one single address.
    """
    message = _blank(language)
    _address(message, {"From": sender, "To": to, "Reply-To": reply_to})
    message["Subject"] = _one_line("Subject", subject)
    message["Message-ID"] = _one_line("Message-ID", _identifier(message_id, sender))
    _offer_to_unsubscribe(message, unsubscribe_url)
    _write(message, language, subject, paragraphs, action, unsubscribe_url)
    if calendar is not None:
        _invite(message, calendar)
    return message


def _blank(language: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Content-Language"], message["Auto-Submitted"] = language, "auto-generated"
    return message


def _address(message: EmailMessage, addresses: Mapping[str, str | None]) -> None:
    for name, value in addresses.items():
        if value is None:
            continue
        message[name] = _one_line(name, value)
        if len(message[name].addresses) != 1 or not message[name].addresses[0].domain:
            raise ValueError(f"{name} must be one address.")


def _write(
    message: EmailMessage,
    language: str,
    subject: str,
    paragraphs: Sequence[str],
    action: tuple[str, str] | None,
    unsubscribe_url: str | None,
) -> None:
    if action is not None:
        _web_address(action[1])
    texts = translator(language)
    reason = texts.gettext(
        "You get this mail because you take part in a FabConnect mentoring programme, work for one, or your address was given there."
    )
    fewer = texts.gettext("Get fewer mails")
    blocks = [*paragraphs, *([f"{action[0]}:\n{action[1]}"] if action else [])]
    leaving = f"\n{fewer}: {unsubscribe_url}" if unsubscribe_url else ""
    message.set_content("\n\n".join(blocks) + f"\n\n-- \nFabConnect\n{reason}{leaving}\n", cte="quoted-printable")
    html = _template().render(
        language=texts.language,
        subject=subject,
        paragraphs=paragraphs,
        action=action,
        unsubscribe_url=unsubscribe_url,
        reason=reason,
        fewer=fewer,
    )
    message.add_alternative(html, subtype="html", cte="quoted-printable")


def _invite(message: EmailMessage, calendar: bytes) -> None:
    found = METHOD.search(calendar)
    method = found.group(1).decode() if found else "REQUEST"
    message.add_alternative(calendar.decode("utf-8"), subtype="calendar", params={"method": method}, cte="base64")
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invitation.ics")


def _offer_to_unsubscribe(message: EmailMessage, url: str | None) -> None:
    """One click in the mail program (RFC 8058)."""
    if url is not None:
        message["List-Unsubscribe"] = f"<{_web_address(url)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _identifier(message_id: str, sender: str) -> str:
    if message_id.startswith("<") and message_id.endswith(">"):
        return message_id
    return f"<{message_id}@{parseaddr(sender)[1].rpartition('@')[2] or 'fabconnect.invalid'}>"


def _one_line(name: str, value: str) -> str:
    if CONTROL.search(value):
        raise ValueError(f"{name} must not hold line breaks or control characters.")
    return value


def _web_address(url: str) -> str:
    parts = urlsplit(_one_line("An address", url))
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"[\s<>\"]", url):
        raise ValueError("An address in a mail must be http or https.")
    return url


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("mail.html")
