"""Every kind of message in every language: complete, in the reader's zone with the zone named, and about the right people."""

from datetime import UTC, datetime

import pytest

from notifications.messages.catalogue import GREETING, MESSAGES, PLACES
from notifications.messages.letters import LOCALE, one_line, write
from notifications.messages.model import Message, Particulars
from notifications.people.model import Person
from notifications.programmes.model import Programme
from ui.formats import zone_city
from ui.language import LANGUAGES, translator

ZONES = {"en": "Europe/Dublin", "nl": "Europe/Amsterdam", "es": "Europe/Madrid", "pt": "Europe/Lisbon", "is": "Atlantic/Reykjavik"}
STARTS, ENDS = datetime(2026, 10, 21, 17, tzinfo=UTC), datetime(2026, 10, 21, 18, 15, tzinfo=UTC)
CLOCK = {"en": "18:00", "nl": "19:00", "es": "19:00", "pt": "18:00", "is": "17:00"}
MOMENTS = {
    "pairing-proposed": {"deadline": STARTS},
    "round-opened": {"deadline": STARTS},
    "group-proposed": {"deadline": STARTS},
    "pairing-closing": {"deadline": STARTS},
    "meeting-planned": {"starts_at": STARTS, "ends_at": ENDS, "format": "online"},
    "meeting-moved": {"starts_at": STARTS, "ends_at": ENDS, "format": "in_person", "sequence": 1},
}
WARDS = {kind: {"ward_id": "niamh", "mentor_ids": ("niamh", "gone")} for kind in ("pairing-accepted-guardian", "pairing-closed-guardian")}
PROGRAMMES = {"p": Programme(id="p", name="Autumn 2026", starts_on=STARTS.date(), ends_on=ENDS.date(), time_zone="Europe/Amsterdam")}

both = pytest.mark.parametrize("language", LANGUAGES)
each = pytest.mark.parametrize("kind", MESSAGES)


def person(id: str, name: str, language: str = "en") -> Person:
    return Person(id=id, given_name=name, email=f"{id}@example.org", language=language, time_zone=ZONES[language])


def letter(kind: str, language: str, other: str = "Niamh", name: str = "Yara"):
    about = Particulars(subject_id="s", programme_id="p", other_id="niamh", **MOMENTS.get(kind, {}), **WARDS.get(kind, {}))
    message = Message(id="m", recipient_id="yara", kind=kind, about=about, queued_at=STARTS)
    reader = person("yara", name, language)
    return write(message, reader, {"niamh": person("niamh", other)} if other else {}, PROGRAMMES)


@both
@each
def test_it_is_whole_and_in_the_readers_language(kind, language):
    written = letter(kind, language)
    english, here = letter(kind, "en"), translator(language, LOCALE)
    for text in (written.subject, written.action, *written.paragraphs):
        assert text.strip()
        assert "%(" not in text
    assert written.paragraphs[0] == here.say(GREETING, given_name="Yara")
    if language != "en":
        pairs = zip(written.paragraphs[1:], english.paragraphs[1:], strict=True)
        assert all(own != foreign for own, foreign in [*pairs, (written.subject, english.subject), (written.action, english.action)])


@both
@pytest.mark.parametrize("kind", MOMENTS)
def test_times_are_in_the_readers_zone_and_the_zone_is_named(kind, language):
    text = " ".join(letter(kind, language).paragraphs)
    assert CLOCK[language] in text
    assert zone_city(ZONES[language], language) in text


@pytest.mark.parametrize("kind", ["meeting-planned", "meeting-moved"])
def test_an_invitation_says_where_and_how_long(kind):
    said = letter(kind, "en").paragraphs
    assert PLACES[MOMENTS[kind]["format"]] in said
    assert "75 minutes" in said[1]


def test_the_other_side_is_called_by_the_given_name_and_a_gone_one_by_none():
    assert "Niamh" in letter("pairing-accepted", "en").subject
    assert letter("pairing-accepted", "en", other="").subject == "You and somebody who has left are a pair"


def test_a_guardian_reads_with_whom_her_ward_is_and_a_gone_one_is_called_by_no_name():
    assert letter("pairing-accepted-guardian", "en").subject == "Niamh and Niamh, somebody who has left begin together"


def test_a_name_cannot_break_a_header():
    assert one_line("Yara\r\nBcc: x@example.org\u2028") == "Yara Bcc: x@example.org"
    assert "\n" not in letter("pairing-accepted", "en", other="Ni\namh").subject


def test_a_name_with_a_per_cent_sign_stays_as_it_is():
    assert letter("pairing-accepted", "nl", other="100%(x)s").subject.startswith("Jij en 100%(x)s ")


def test_the_action_leads_to_the_subject():
    assert letter("meeting-planned", "en").path == "/sessions/meetings/s"
