"""The order of words in the alphabet of a reader: an accent does not move a letter, but letters of a language's own have their place."""

import re
import unicodedata

OWN_LETTERS = {
    "is": {
        "á": "a{", "ð": "d{", "é": "e{", "í": "i{", "ó": "o{", "ú": "u{", "ý": "y{", "þ": "z{", "æ": "z{{", "ö": "z{{{",
    },
    "es": {"ñ": "n{"},
}  # fmt: skip
"""Language → its letters that are no variants of others, each written as the letter before it and "{", which comes after z."""


def place(text: str, language: str) -> tuple[str, str]:
    """Where a word stands in the alphabet of a language; to sort by. Capitals, spaces and punctuation do not count."""
    own = OWN_LETTERS.get(language, {})
    letters = "".join(own.get(letter) or _bare(letter) for letter in unicodedata.normalize("NFC", text.casefold()))
    return re.sub(r"[^\w{]+|_", "", letters), text


def _bare(letter: str) -> str:
    """The letter without its accents."""
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
