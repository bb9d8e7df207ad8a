"""Strikes somebody's names out of what others wrote: their words stay theirs, and tell nobody any more who she was."""

import re
import unicodedata
from collections.abc import Callable

Strike = Callable[[str], str]
GONE = "…"
ACCENTS = "[\u0300-\u036f]*"
SHORT = 4
"""Names of up to so many letters can be words ("Sol", "Mar"): they are struck out as they are written only, not in any case."""


def names_of(given_name: str, family_name: str, email: str) -> tuple[str, ...]:
    """Everything by which those who know a person call her: her names, each part of them that begins with a capital, her address."""
    parts = [part for name in (given_name, family_name) for part in name.split() if part[:1].isupper()]
    return (email, f"{given_name} {family_name}".strip(), given_name, family_name, *parts)


def striking(*names: str) -> Strike:
    """What replaces each of these names in a text by "…", where it stands as a word of its own, with or without accents and genitive s."""
    patterns = [_pattern(name) for name in sorted({name.strip() for name in names} - {""}, key=len, reverse=True)]

    def strike(text: str) -> str:
        plain, struck = unicodedata.normalize("NFD", text), 0
        for pattern in patterns:
            plain, times = pattern.subn(GONE, plain)
            struck += times
        return unicodedata.normalize("NFC", plain) if struck else text

    return strike


def _pattern(name: str) -> re.Pattern[str]:
    letters = [letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)]
    written = "".join(r"\s+" if letter.isspace() else re.escape(letter) + ACCENTS for letter in letters)
    genitive = "(?:['’]?s)?" if len(letters) > SHORT else ""
    return re.compile(rf"(?<!\w){written}{genitive}(?!\w)", re.IGNORECASE if len(letters) > SHORT else 0)
