"""The table of events in README.md is the one that the contracts and the services' HANDLERS give."""

from pathlib import Path

from contracts.__main__ import main, receivers_in
from contracts.catalogue import declared, table
from contracts.people import PersonChanged
from contracts.topics import SERVICES

README = Path(__file__).parents[2] / "README.md"
MODULES = [f"{service}.handlers" for service in SERVICES]


def test_the_readme_has_the_present_table():
    assert table(receivers_in(MODULES)) in README.read_text(), f"put there what `python -m contracts table {' '.join(MODULES)}` prints"


def test_every_event_but_the_last_word_has_a_receiver():
    received = set().union(*receivers_in(MODULES).values())
    assert {kind.EVENT_TYPE for kind in declared() if kind not in received} <= {"message.sent"}


def test_the_table_names_receivers_in_the_order_of_the_house():
    rows = table({"feedback": {PersonChanged}, "sessions": {PersonChanged}}).splitlines()
    assert len(rows) == 2 + len(declared())
    assert rows[2].startswith("| `person.changed` | 1 | pairing | `{instance}.people` | `person_id` | sessions, feedback |")
    assert "| tombstone |" in rows[3]


def test_the_command_prints_the_table(capsys):
    main(["table"])
    assert capsys.readouterr().out == table({})
