"""Lists are written as the reader's language writes them."""

import pytest
from flask import Flask, g

from pairing.pairings.words import languages, listed
from ui.reader import Reader


@pytest.fixture
def reading():
    """Makes the one who reads read in this language."""

    def read(language):
        g.reader = Reader(language, "Europe/Madrid", None, None)

    with Flask(__name__).app_context():
        yield read


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["inglés", "islandés"], "inglés e islandés"),
        (["Femke", "Íris"], "Femke e Íris"),
        (["Femke", "Ingrid"], "Femke e Ingrid"),
        (["madera", "hilo"], "madera e hilo"),
        (["madera", "hierro"], "madera y hierro"),
        (["madera", "hiato"], "madera y hiato"),
        (["islandés", "inglés", "italiano"], "islandés, inglés e italiano"),
        (["islandés", "neerlandés"], "islandés y neerlandés"),
        (["islandés"], "islandés"),
        ([], ""),
    ],
)
def test_spanish_y_becomes_e_before_the_sound_of_an_i(reading, words, said):
    reading("es")
    assert listed(words) == said


def test_languages_are_listed_so_and_other_readers_lists_stay(reading):
    reading("es")
    assert languages(["en", "is"]) == "inglés e islandés"
    reading("pt")
    assert listed(["inglês", "islandês"]) == "inglês e islandês"
    reading("nl")
    assert listed(["Engels", "IJslands"]) == "Engels en IJslands"
    reading("en")
    assert listed(["Dutch", "Icelandic"]) == "Dutch and Icelandic"
