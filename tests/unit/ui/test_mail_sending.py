"""Handing mail to a server: what passes, what may pass later, what never will."""

import dataclasses
import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from chassis.config import Settings
from chassis.mail import MailRefused, MailUnavailable, send
from ui.mail import compose

Serve = Callable[..., Settings]


class Box:
    """A mail server's handler that keeps what it takes, or answers as told."""

    def __init__(self, recipient: str = "", content: str = "") -> None:
        self.recipient, self.content = recipient, content
        self.kept: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Takes the recipient unless told otherwise."""
        if not self.recipient:
            envelope.rcpt_tos.append(address)
        return self.recipient or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keeps the message unless told otherwise."""
        self.kept.append(envelope)
        return self.content or "250 OK"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a mail server on a free port: `serve(box, **options)` → settings that point at it."""
    running: list[Controller] = []

    def start(box: Box, user: str = "", **options: Any) -> Settings:
        controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        running.append(controller)
        return pointing_at(f"smtp://{user}127.0.0.1:{controller.port}")

    yield start
    for controller in running:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pointing_at(url: str) -> Settings:
    settings = Settings(instance="t", mongo_url="", kafka_bootstrap="", keys_dir=Path(), secret_file=Path())
    return dataclasses.replace(settings, smtp_url=url)


def letter() -> EmailMessage:
    return compose("yara@example.org", "us@example.net", "Hæ", ["Þú hittir Femke."], language="is", message_id="1")


def test_a_message_arrives_with_its_one_recipient(serve: Serve) -> None:
    box = Box()
    send(serve(box), letter())
    (envelope,) = box.kept
    assert (envelope.mail_from, envelope.rcpt_tos) == ("us@example.net", ["yara@example.org"])
    assert b"Message-ID: <1@example.net>" in envelope.content


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_user_and_password_of_the_address_sign_in_to_the_server(serve: Serve) -> None:
    seen: list[LoginPassword] = []

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        seen.append(data)
        return AuthResult(success=data.password == b"p@ss/word", handled=False)

    options = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}
    box = Box()
    send(serve(box, user="ann:p%40ss%2Fword@", **options), letter())
    assert len(box.kept) == 1
    with pytest.raises(MailUnavailable):
        send(serve(box, user="ann:wrong@", **options), letter())
    assert len(box.kept) == 1


@pytest.mark.parametrize(
    ("box", "kind"),
    [
        (Box(recipient="550 No such person"), MailRefused),
        (Box(recipient="451 Greylisted"), MailUnavailable),
        (Box(content="554 Spam"), MailRefused),
        (Box(content="452 Disk full"), MailUnavailable),
    ],
)
def test_the_servers_reply_says_whether_to_try_again(serve: Serve, box: Box, kind: type[Exception]) -> None:
    with pytest.raises(kind) as told:
        send(serve(box), letter())
    assert "yara" not in str(told.value)


@pytest.mark.parametrize(
    "url", ["smtp://127.0.0.1:{port}", "smtps://127.0.0.1:{port}", "http://127.0.0.1:{port}", "smtp://nowhere.invalid:25"]
)
def test_a_server_that_cannot_be_reached_may_be_there_later(url: str) -> None:
    with pytest.raises(MailUnavailable):
        send(pointing_at(url.format(port=free_port())), letter())


def test_without_encryption_on_the_server_nothing_is_sent_to_an_address_that_asks_for_it(serve: Serve) -> None:
    box = Box()
    settings = serve(box)
    with pytest.raises((MailUnavailable, MailRefused)):
        send(dataclasses.replace(settings, smtp_url=settings.smtp_url.replace("smtp:", "smtp+starttls:")), letter())
    assert box.kept == []
