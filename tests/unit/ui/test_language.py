"""Which language a reader gets, and the texts in it."""

from pathlib import Path

import pytest

from ui.language import LANGUAGES, choose, translator

ICELANDIC_SERVICE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);\\n"

msgid "Hi %(name)s"
msgstr "Hæ %(name)s"

msgid "%(num)s session"
msgid_plural "%(num)s sessions"
msgstr[0] "%(num)s fundur"
msgstr[1] "%(num)s fundir"

#, fuzzy
msgid "A guess"
msgstr "Ágiskun"
"""


@pytest.fixture
def service_texts(tmp_path: Path) -> Path:
    file = tmp_path / "is" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(ICELANDIC_SERVICE)
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "own", "accepted", "chosen"),
    [
        ("nl", "es", "pt", "nl"),
        (None, "es", "pt", "es"),
        (None, None, "pt", "pt"),
        (None, None, None, "en"),
        ("xx", "tlh", "is", "is"),
        ("", "", "", "en"),
    ],
)
def test_what_is_asked_for_comes_before_the_persons_own_and_the_browsers(asked: str, own: str, accepted: str, chosen: str) -> None:
    assert choose(asked, own, accepted) == chosen


def test_texts_of_a_service_stand_beside_the_common_ones(service_texts: Path) -> None:
    texts = translator("is", service_texts)
    assert texts.say("Hi %(name)s", name="Yara") == "Hæ Yara"
    assert texts.gettext("Sign out") == "Útskrá"


@pytest.mark.parametrize(("count", "said"), [(1, "1 fundur"), (2, "2 fundir"), (11, "11 fundir"), (21, "21 fundur")])
def test_plural_forms_are_those_of_the_language(service_texts: Path, count: int, said: str) -> None:
    assert translator("is", service_texts).say_number("%(num)s session", "%(num)s sessions", count) == said


def test_unsure_translations_are_not_used(service_texts: Path) -> None:
    assert translator("is", service_texts).gettext("A guess") == "A guess"


def test_an_unknown_language_and_an_unknown_text_read_english(tmp_path: Path) -> None:
    assert translator("tlh").gettext("Sign out") == "Sign out"
    assert translator("nl", tmp_path).gettext("Nobody translated this.") == "Nobody translated this."


def test_every_language_has_its_own_words_for_signing_out() -> None:
    assert len({translator(code).gettext("Sign out") for code in LANGUAGES}) == len(LANGUAGES)
