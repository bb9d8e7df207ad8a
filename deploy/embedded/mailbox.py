"""Reads the mails that the sink kept."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from pathlib import Path

ID = re.compile(r"[0-9a-f]{32}")
LINK = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")
HEADER_BYTES = 4_096


@dataclass(frozen=True)
class Attachment:
    """A named part of a mail; `text` is None when it is not text."""

    name: str
    media_type: str
    content: bytes
    text: str | None


@dataclass(frozen=True)
class Mail:
    """One kept mail; `recipients` are those it was delivered to, whatever its header says."""

    id: str
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]

    @property
    def links(self) -> list[str]:
        """The addresses in the text, in order, each once."""
        return list(dict.fromkeys(LINK.findall(self.text)))

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut into pieces: words, and links (True)."""
        pieces, end = [], 0
        for match in LINK.finditer(self.text):
            pieces += [(self.text[end : match.start()], False), (match[0], True)]
            end = match.end()
        return [*pieces, (self.text[end:], False)]


def newest(folder: Path, to: str = "", limit: int = 100) -> list[Mail]:
    """The mails kept last, newest first; with `to`, those delivered to that address."""
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    found: list[Mail] = []
    for path in paths:
        if len(found) == limit:
            break
        if not to or _delivered_to(path, to):
            found.append(read(path))
    return found


def _delivered_to(path: Path, address: str) -> bool:
    with path.open("rb") as file:
        lines = file.read(HEADER_BYTES).decode(errors="replace").lower().splitlines()
    return f"delivered-to: {address.strip().lower()}" in lines


def by_id(folder: Path, mail_id: str) -> Mail | None:
    """The mail with this id, or None."""
    path = folder / f"{mail_id}.eml"
    return read(path) if ID.fullmatch(mail_id) and path.exists() else None


def read(path: Path) -> Mail:
    """A mail from its file; parts that cannot be read are left out."""
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    return Mail(
        id=path.stem,
        received_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        sender=str(message.get("From", "")),
        recipients=tuple(str(recipient) for recipient in message.get_all("Delivered-To", [])),
        subject=str(message.get("Subject", "")),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(_attachment(part) for part in message.walk() if _stands_alone(part)),
    )


def _stands_alone(part: MIMEPart) -> bool:
    """Whether a part is shown by name: attachments, and invitations, which calendars read inside the message."""
    return part.is_attachment() or part.get_content_type() == "text/calendar"


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return _text(part) if part is not None and part.get_content_subtype() == kind else ""


def _attachment(part: MIMEPart) -> Attachment:
    media_type = part.get_content_type()
    content = part.get_payload(decode=True)
    default = "invitation.ics" if media_type == "text/calendar" else "part"
    text = _text(part) if part.get_content_maintype() == "text" else None
    return Attachment(part.get_filename() or default, media_type, content if isinstance(content, bytes) else b"", text)


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        content = part.get_payload(decode=True)
        return content.decode(errors="replace") if isinstance(content, bytes) else ""
