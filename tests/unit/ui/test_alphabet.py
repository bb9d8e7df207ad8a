"""Words in the order of a reader's alphabet."""

import pytest

from ui.alphabet import place


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pt", ["Africa", "África do Sul", "Albânia", "Áustria", "Azerbaijão"]),
        ("nl", ["Aland", "Åland", "Albanië", "Zweden"]),
        ("es", ["Nueva Zelanda", "Ñandú", "Óblast", "Omán", "Perú"]),
        ("is", ["Aserbaídsjan", "Álandseyjar", "Danmörk", "Ðe", "Eistland", "Simbabve", "Þýskaland", "Æ", "Österbotten"]),
        ("en", ["Saint Lucia", "St Lucia", "St. Martin", "sudan", "Sweden"]),
    ],
)
def test_words_in_order(language, words):
    backwards = words[::-1]
    assert sorted(backwards, key=lambda word: place(word, language)) == words
