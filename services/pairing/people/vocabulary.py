"""Our codes by the words that people use for them: what our own pages call them, in every language."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pairing.pairings.words import FIELDS, FORMATS, MODELS
from pairing.people.spreadsheet import plain
from pairing.people.words import GOALS, LEARNING_STYLES, LEVELS, NEEDS, VETTING_RESULTS, VETTING_TYPES
from ui.language import LANGUAGES, translator

TABLES = (FIELDS, MODELS, FORMATS, GOALS, LEARNING_STYLES, LEVELS, NEEDS, VETTING_TYPES, VETTING_RESULTS)
CATALOGUES = Path(__file__).parents[1] / "locale"


def code_of(text: str, allowed: tuple[str, ...]) -> str:
    """The code that these words mean, "" when they mean none of those allowed."""
    return _meanings(allowed).get(plain(text), "")


def in_every_language(sentence: str) -> list[str]:
    """A text of our pages as each language has it."""
    return [translator(language, CATALOGUES).gettext(sentence) for language in LANGUAGES]


@cache
def _meanings(allowed: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, code in _words(allowed):
        found.setdefault(plain(word), code)
    return found


def _words(allowed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for table in TABLES:
        for code, sentence in table.items():
            if code in allowed and table.keys() >= set(allowed):
                yield from ((word, code) for word in in_every_language(sentence))
