"""Fields take in what can be stored and shown, and nothing else."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from chassis.web.pagination import decoded, encoded
from chassis.web.schemas import Boolean, Choice, Day, Identifier, Instant, Integer, QueryBoolean, QueryInteger, Schema, Text

ID = "0b6f7c1e-6a52-4a3c-9d3e-3b1f7d1f2a10"
GOOD = [
    (Text(max=9), "  Zoë  ", "Zoë"),
    (Text(max=9), "Zoe\u0308", "Zoë"),
    (Text(max=9, lines=True), "a\n\tb", "a\n\tb"),
    (Text(max=9), "👩🏽\u200d💻", "👩🏽\u200d💻"),
    (Identifier(), ID, ID),
    (Choice("online", "in_person"), "online", "online"),
    (Integer(), 2**63 - 1, 2**63 - 1),
    (Integer(min=1), 1, 1),
    (QueryInteger(), "-12", -12),
    (Boolean(), False, False),
    (QueryBoolean(), "false", False),
    (Instant(), "2026-11-26T16:30:00.123999+01:00", datetime(2026, 11, 26, 15, 30, 0, 123_000, UTC)),
    (Day(), "2026-11-26", date(2026, 11, 26)),
]
BAD = [
    (Text(max=2), "abc"),
    (Text(max=9, min=1), ""),
    (Text(max=9), 5),
    *(
        (Text(max=9, lines=lines), f"a{hidden}")
        for lines in (True, False)
        for hidden in "\x00\x1b\x7f\x85\u202a\u202e\u2066\u2069\ud800\udfff"
    ),
    *((Text(max=9), f"a{line_break}b") for line_break in "\n\r\t"),
    (Identifier(), ID.upper()),
    (Identifier(), ID + "\n"),
    (Identifier(), "x"),
    (Choice("online"), "Online"),
    *((Integer(), wrong) for wrong in (2.0, 2.7, "2", True, None, 2**63, -(2**63) - 1, [])),
    (Integer(min=1), 0),
    *((QueryInteger(), wrong) for wrong in ("2.0", "", "1e3", "١", " 1", "9" * 19, "9" * 5_000)),
    *((Boolean(), wrong) for wrong in ("true", 1, 0, None, "yes")),
    (QueryBoolean(), "1"),
    *(
        (Instant(), wrong)
        for wrong in ("2026-11-26", "2026-11-26T16:30:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", 5, "")
    ),
    *((Day(), wrong) for wrong in ("0001-01-01", "9999-01-01", "26-11-2026", "2026-02-30")),
]


@pytest.mark.parametrize(("field", "value", "kept"), GOOD)
def test_taken(field, value, kept):
    assert field.deserialize(value) == kept


@pytest.mark.parametrize(("field", "value"), BAD)
def test_refused(field, value):
    with pytest.raises(ValidationError):
        field.deserialize(value)


def test_unknown_fields_are_refused():
    with pytest.raises(ValidationError, match="Unknown field"):
        Schema().load({"surprise": 1})


@given(st.text())
def test_text_that_is_taken_can_be_stored_and_shown(text):
    try:
        kept = Text(max=1_000, lines=True).deserialize(text)
    except ValidationError:
        return
    assert "\x00" not in kept
    assert kept.encode().decode() == kept


@given(st.text(max_size=50) | st.integers(-(2**63), 2**63 - 1) | st.lists(st.text(max_size=10), min_size=1, max_size=3))
def test_a_cursor_gives_back_what_it_stands_for(key):
    assert decoded(encoded(key)) == key


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "bnVsbA", "ñ", "MS41", encoded("a") + "=", encoded("a") + "A", "A" * 2_000, encoded({"$gt": ""})]
)
def test_a_cursor_of_somebody_elses_making_is_refused(cursor):
    with pytest.raises(ValidationError):
        decoded(cursor)
