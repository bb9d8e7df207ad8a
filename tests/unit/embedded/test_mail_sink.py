"""The sink keeps each mail once, whole, and refuses for a while when it cannot."""

import asyncio
import errno
from email import message_from_bytes
from types import SimpleNamespace

import pytest

from embedded import mail_sink
from embedded.mail_sink import Keeper, keep

MAIL = b"Message-ID: <1@example.org>\r\nSubject: First session\r\n\r\nHello\r\n"


def test_a_mail_sent_again_is_kept_once(tmp_path):
    assert keep(tmp_path, MAIL, ["ana@example.org"]) == keep(tmp_path, MAIL.replace(b"Hello", b"Hello again"), ["ana@example.org"])
    assert len(list(tmp_path.iterdir())) == 1


def test_two_recipients_of_one_message_are_two_mails(tmp_path):
    keep(tmp_path, MAIL, ["ana@example.org"])
    keep(tmp_path, MAIL, ["bo@example.org"])
    assert len(list(tmp_path.iterdir())) == 2


def test_mails_without_an_identity_are_told_apart_by_content(tmp_path):
    keep(tmp_path, b"Subject: a\r\n\r\nx", ["ana@example.org"])
    keep(tmp_path, b"Subject: b\r\n\r\nx", ["ana@example.org"])
    assert len(list(tmp_path.iterdir())) == 2


def test_the_kept_mail_names_its_recipients_and_is_otherwise_untouched(tmp_path):
    kept = keep(tmp_path, MAIL, ["ana@example.org", "bo@example.org"]).read_bytes()
    assert message_from_bytes(kept).get_all("Delivered-To") == ["ana@example.org", "bo@example.org"]
    assert kept.endswith(MAIL)


def test_a_full_disk_asks_the_sender_to_try_again(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(mail_sink, "write_whole", full)
    envelope = SimpleNamespace(original_content=MAIL, rcpt_tos=["ana@example.org"])
    answer = asyncio.run(Keeper(tmp_path).handle_DATA(None, None, envelope))
    assert answer.startswith("452 ")


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"Message-ID: \r\n\r\n"])
def test_strange_content_is_kept_too(tmp_path, content):
    envelope = SimpleNamespace(original_content=content, rcpt_tos=["ana@example.org"])
    assert asyncio.run(Keeper(tmp_path).handle_DATA(None, None, envelope)).startswith("250 ")
