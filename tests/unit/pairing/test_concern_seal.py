"""The seal of concerns: opens with the instance's secret in its own place, and nowhere else."""

import base64
from datetime import UTC, datetime

import pytest

from chassis.errors import Refused
from pairing.concerns.model import NOTE, Concern, Content, Entry
from pairing.concerns.seal import content_of, seal, seal_content, texts_of, unseal

SECRET, OTHER = b"a" * 64, b"b" * 64
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDS = "He wrote to me at night. 🦄 Ég er hrædd."


def concern(sealed: str, *log: str) -> Concern:
    return Concern(
        id="c", raised_by="yara", raised_at=NOW, urgent=False, sealed=sealed, log=tuple(Entry(NOW, "saskia", NOTE, text) for text in log)
    )


def test_a_text_opens_in_its_place():
    assert unseal(SECRET, "c/0", seal(SECRET, "c/0", WORDS)) == WORDS


def test_nothing_of_a_text_shows_and_the_same_text_looks_different_each_time():
    first, second = seal(SECRET, "c", WORDS), seal(SECRET, "c", WORDS)
    assert first != second
    readable = first + "".join(str(base64.urlsafe_b64decode(part + "==")) for part in first.split(".") if part)
    assert "night" not in readable


@pytest.mark.parametrize(("secret", "place"), [(OTHER, "c"), (SECRET, "d"), (SECRET, "c/0"), (SECRET, "")])
def test_it_opens_neither_with_another_secret_nor_in_another_place(secret, place):
    with pytest.raises(Refused) as refused:
        unseal(secret, place, seal(SECRET, "c", WORDS))
    assert refused.value.code == "concern-seal"


@pytest.mark.parametrize("broken", ["", "x", "a.b.c.d.e", "....", "é"])
def test_what_is_no_seal_is_told_so(broken):
    with pytest.raises(Refused):
        unseal(SECRET, "c", broken)


def test_a_changed_seal_does_not_open():
    head, _, iv, text, tag = seal(SECRET, "c", WORDS).split(".")
    changed = ("B" if text[0] == "A" else "A") + text[1:]
    with pytest.raises(Refused):
        unseal(SECRET, "c", ".".join((head, "", iv, changed, tag)))


def test_the_content_of_a_concern_comes_back_whole():
    content = Content(words=WORDS, about_id="femke", pairing_id="p", reach="06 1234")
    assert content_of(SECRET, concern(seal_content(SECRET, "c", content))) == content


def test_lines_of_the_log_open_in_their_order_and_not_in_another():
    first, third = seal(SECRET, "c/0", "one"), seal(SECRET, "c/2", "two")
    assert texts_of(SECRET, concern("", first, "", third)) == ["one", "", "two"]
    with pytest.raises(Refused):
        texts_of(SECRET, concern("", third, "", first))
