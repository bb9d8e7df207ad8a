"""What can happen to a pairing has its words; the course of a pairing counts sessions and notices silences."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.pairing import ABSENCES
from pairing.pairings import life, story
from pairing.pairings.model import ENDINGS, STATES
from pairing.pairings.records import Course
from pairing.pairings.safeguarding import BY_CODE, RULES

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOURCES = Path(life.__file__).parents[1]


def test_every_reason_ending_and_happening_has_its_words():
    assert set(story.PAUSES) == {*ABSENCES, life.CONCERN}
    assert set(story.ENDINGS) == set(ENDINGS)
    noted = set()
    for source in SOURCES.glob("*/*.py"):
        for call in (node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "note" and ast.unparse(call.func.value).endswith(".course"):
                noted |= {node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)}
    assert {"paused", "resumed", "closing", "closed", "looked-back"} <= noted
    assert noted <= set(story.HAPPENED)


def test_rules_of_the_gate_are_no_absences():
    assert not {rule.code for rule in RULES} & {*ABSENCES, life.CONCERN}
    assert len(BY_CODE) == len(RULES)


def test_only_states_of_a_pairing_have_steps():
    assert set(story.REACHED) < set(STATES)


def test_a_silence_asks_once_and_a_session_ends_it():
    course = Course()
    assert course.fall_silent(NOW - timedelta(days=90), NOW)
    assert not course.fall_silent(NOW - timedelta(days=90), NOW + timedelta(days=1))
    assert course.ending_proposed_at == NOW
    course.hold(NOW)
    assert (course.sessions_held, course.last_held_at, course.silent_since, course.ending_proposed_at) == (1, NOW, None, None)


def test_a_session_after_the_beginning_of_the_silence_makes_it_none():
    course = Course()
    course.hold(NOW)
    course.hold(NOW - timedelta(days=5))
    assert course.last_held_at == NOW
    assert not course.fall_silent(NOW - timedelta(days=1), NOW)
    assert course.fall_silent(NOW, NOW + timedelta(days=90))
