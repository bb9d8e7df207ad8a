"""The five languages: which one a reader gets, and the texts in it."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

DEFAULT = "en"

LANGUAGES: Mapping[str, str] = {"en": "English", "nl": "Nederlands", "es": "Español", "pt": "Português", "is": "Íslenska"}
"""Language code to the name of the language in itself, in the order of the language picker."""

LOCALES: Mapping[str, str] = {"en": "en_GB", "nl": "nl_NL", "es": "es_ES", "pt": "pt_PT", "is": "is_IS"}
"""Language code to the CLDR locale whose dates and numbers we write."""

COMMON = Path(__file__).parent / "locale"


def mark(message: str) -> str:
    """The message itself: says to the catalogue that this text, written in a table, is translated where it is shown."""
    return message


def choose(asked: str | None, own: str | None, accepted: str | None) -> str:
    """The language of a page: what was asked for, else the person's own, else the browser's best, else English.

    `asked` and `own` are language codes; `accepted` is a browser's choice among `LANGUAGES`. Unknown codes are passed over.
    """
    return next((code for code in (asked, own, accepted) if code and code in LANGUAGES), DEFAULT)


class Translator:
    """Texts of one language; what has no translation stays English."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def gettext(self, message: str) -> str:
        """The message in this language, its places not filled."""
        return str(self._catalogue.ugettext(message))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The form of the message for `count`, its places not filled."""
        return str(self._catalogue.ungettext(singular, plural, count))

    def pgettext(self, context: str, message: str) -> str:
        """The message as it is said in this context."""
        return str(self._catalogue.upgettext(context, message))

    def say(self, message: str, **values: Any) -> str:
        """The message in this language with its %(name)s places filled; a literal per cent sign is written %%."""
        return self.gettext(message) % values

    def say_number(self, singular: str, plural: str, count: int, **values: Any) -> str:
        """The form for `count` with its places filled; `%(num)s` is the count."""
        return self.ngettext(singular, plural, count) % {"num": count, **values}


@cache
def translator(language: str, *locale_directories: Path) -> Translator:
    """The translator of a language over the common texts and these catalogues (folders like `services/pairing/locale`).

    An unknown language reads English. Catalogues are read once per process.
    """
    known = language if language in LANGUAGES else DEFAULT
    merged: Translations | None = None
    for directory in (COMMON, *locale_directories):
        read = _read(directory / known / "LC_MESSAGES" / "messages.po", known)
        if read is not None:
            merged = read if merged is None else merged.merge(read)
    return Translator(known, merged or NullTranslations())


def _read(path: Path, language: str) -> Translations | None:
    if not path.is_file():
        return None
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=LOCALES[language]))
    compiled.seek(0)
    return Translations(compiled)
