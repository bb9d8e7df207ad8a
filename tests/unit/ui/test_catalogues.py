"""The catalogues are complete, and the check finds what is not."""

from collections.abc import Callable

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner

from chassis.web import csrf, problems
from ui import catalogues
from ui.catalogue_faults import faults
from ui.error_texts import SENTENCES

DUTCH = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Sign out"
msgstr "Uitloggen"

msgid "Old"
msgstr "Oud"
"""
PLURAL = ("%(num)s session of %(name)s", "%(num)s sessions of %(name)s")


def test_the_common_catalogue_is_complete_in_every_language() -> None:
    assert list(catalogues.check("ui")) == []


def test_the_check_ends_with_an_error_and_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "extract", lambda folders: catalogue(("A new sentence.", "")))
    result = CliRunner().invoke(catalogues.main, ["check", "ui"])
    assert result.exit_code == 1
    assert "ui nl: missing: 'A new sentence.'" in result.output
    assert "ui is: obsolete: 'Sign out'" in result.output


def test_sentences_of_the_chassis_are_known_to_the_error_page() -> None:
    said = {*problems.ADVICE.values(), problems.BUSY, problems.UNEXPECTED, csrf.REFUSAL, *(row[2] for row in problems.TABLE if row[2])}
    assert said - set(SENTENCES) == set()


def test_messages_of_templates_code_and_refusals_are_found() -> None:
    found = {message.id for message in catalogues.extract(catalogues.packages()["ui"])}
    assert {"Sign out", "Today", "Get fewer mails"} <= found
    assert "This is more than can be passed on in one go. Split it into smaller parts." in found


def catalogue(*messages: tuple[str | tuple[str, str], str | tuple[str, ...]]) -> Catalog:
    made = Catalog(locale="nl", fuzzy=False)
    for identifier, translation in messages:
        made.add(identifier, translation)
    return made


@pytest.mark.parametrize(
    ("message", "translation", "fault"),
    [
        ("Hi %(name)s", "Hoi %(naam)s", "other places"),
        ("Hi %(name)s", "Hoi", "other places"),
        ("Hi", "", "untranslated"),
        ("5%% of all", "5% van alles", "per cent sign"),
        (PLURAL, ("%(num)s sessie", "%(num)s sessies van %(name)s"), "other places"),
        (PLURAL, ("een sessie van %(name)s", ""), "untranslated"),
    ],
)
def test_a_translation_that_would_break_or_mislead_is_a_fault(message: str, translation: str, fault: str) -> None:
    found = list(faults(catalogue((message, "")), catalogue((message, translation))))
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Hi %(name)s", "Hoi %(name)s"),
        ("5%% of all", "5%% van alles"),
        (PLURAL, ("een sessie van %(name)s", "%(num)s sessies van %(name)s")),
    ],
)
def test_a_good_translation_is_none(message: str, translation: str) -> None:
    assert list(faults(catalogue((message, "")), catalogue((message, translation)))) == []


def test_unsure_translations_are_faults() -> None:
    translated = catalogue(("Hi", "Hoi"))
    translated["Hi"].flags.add("fuzzy")
    assert list(faults(catalogue(("Hi", "")), translated)) == ["unsure: 'Hi'"]


def test_update_adds_new_messages_keeps_translations_and_drops_the_rest(
    monkeypatch: pytest.MonkeyPatch, kept_catalogue: Callable[[str], Catalog]
) -> None:
    monkeypatch.setattr(catalogues, "extract", lambda folders: catalogue(("Sign out", ""), ("New", "")))
    catalogues.update("ui")
    kept = kept_catalogue("nl")
    assert {message.id: message.string for message in kept if message.id} == {"Sign out": "Uitloggen", "New": ""}


@pytest.fixture
def kept_catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Callable[[str], Catalog]:
    """Catalogues of `ui` in a folder of the test, holding two translations."""
    monkeypatch.setattr(catalogues, "packages", lambda: {"ui": (tmp_path,)})
    for language in ("nl", "es", "pt", "is"):
        file = catalogues.path("ui", language)
        file.parent.mkdir(parents=True)
        file.write_text(DUTCH)
    return lambda language: catalogues.load("ui", language)
