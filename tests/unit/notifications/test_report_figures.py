"""The records of reports take events in any order; figures and weeks are put together from them; the CSV is inert."""

import csv
import io
import itertools
from datetime import UTC, datetime

import pytest

from notifications.reports import definitions
from notifications.reports.figures import Figure, Report, Sent, Week, pair_figures, session_figures, weeks_of
from notifications.reports.model import Answer, MeetingRecord, PairingRecord, RoundRecord
from notifications.reports.spreadsheet import file_name, inert, write

NOW = datetime(2026, 11, 21, 8, 12, tzinfo=UTC)
NOUGHT = {"minutes": 0, "checked": 0, "mentor": 0, "mentee": 0}


@pytest.mark.parametrize("order", list(itertools.permutations(["proposed", "accepted"])))
def test_a_pairing_ends_accepted_in_whatever_order_it_is_heard(order):
    record = PairingRecord(id="p", programme_id="x", mentee_id="m")
    for state in (*order, *order):
        record.reach(state)
    assert record.state == "accepted"


@pytest.mark.parametrize("order", list(itertools.permutations([0, 1, 2])))
def test_a_session_keeps_its_newest_time(order):
    record, times = MeetingRecord(id="m", programme_id="x"), [datetime(2026, 11, n + 1, tzinfo=UTC) for n in range(3)]
    taken = [record.take_time(times[n], n) for n in order]
    assert (record.starts_at, record.sequence) == (times[2], 2)
    assert taken == [n == max(order[: place + 1]) for place, n in enumerate(order)]
    assert not record.take_time(times[2], 2)


def test_a_debrief_counts_once_per_side():
    record = MeetingRecord(id="m", programme_id="x")
    for side in ("mentee", "mentor", "mentee"):
        record.take_debrief(side)
    assert record.debriefs == ("mentee", "mentor")


def test_weeks_without_a_session_are_shown_and_years_turn():
    weeks = weeks_of([("2026-W52", "held", 2), ("2027-W01", "to_come", 1), ("2027-W01", "held", 3)])
    assert weeks == (Week(week="2026-W52", held=2), Week(week="2026-W53"), Week(week="2027-W01", held=3, to_come=1))
    assert weeks_of([]) == ()


def test_shares_name_what_they_are_a_part_of():
    figures = {
        f.code: f
        for f in [
            *pair_figures({"accepted": 3, "declined": 1}),
            *session_figures([Week(week="2026-W48", held=2, not_noted=1, to_come=4)], 0, NOUGHT),
        ]
    }
    assert figures["pairs_proposed"].value == 4
    assert (figures["pairs_accepted"].value, figures["pairs_accepted"].n) == (3, 4)
    assert (figures["sessions_held"].value, figures["sessions_held"].n) == (2, 3)
    assert figures["sessions_planned"].value == 7


def report(**changed) -> Report:
    rounds = (
        RoundRecord(
            id="a",
            programme_id="x",
            questionnaire="mid",
            closed=True,
            answers=9,
            threshold=5,
            results=(Answer(question="communication", n=9, mean=4.25), Answer(question="=HYPERLINK()", n=None, mean=None)),
        ),
        RoundRecord(id="b", programme_id="x", questionnaire="few", closed=True, answers=None, threshold=5),
        RoundRecord(id="c", programme_id="x", questionnaire="end", closes_at=NOW),
    )
    made = {
        "programme_id": "x",
        "programme": "=Autumn 2026",
        "time_zone": "Europe/Amsterdam",
        "computed_at": NOW,
        "figures": (Figure(code="sessions_held", value=2, n=3),),
        "weeks": (Week(week="2026-W48", held=2, not_noted=1),),
        "messages": (Sent(kind="meeting-planned", language="is", n=4),),
        "rounds": rounds,
    }
    return Report(**{**made, **changed})


def rows(language: str = "en") -> dict[str, list[str]]:
    text = write(report(), language)
    assert text.startswith(b"\xef\xbb\xbf")
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(text.decode("utf-8-sig")))}


def test_the_csv_has_every_figure_with_its_definition():
    read = rows()
    assert read["figure"] == ["value", "n", "definition"]
    assert read["sessions_held"][:2] == ["2", "3"]
    assert "marked as held" in read["sessions_held"][2]
    assert read["sessions_held.2026-W48"][0] == "2"
    assert read["messages_sent.meeting-planned.is"][0] == "4"
    assert read["feedback.1.mid.communication"][:2] == ["4.25", "9"]


def test_the_csv_withholds_what_the_round_withheld():
    read = rows()
    assert read["feedback.1.mid.=HYPERLINK()"][:2] == ["withheld", ""]
    assert read["feedback.2.few.answers"][:2] == ["withheld", ""]
    assert read["feedback.3.end.answers"][:2] == ["open", ""]


def test_the_csv_speaks_the_readers_language():
    assert "gehouden" in rows("nl")["sessions_held"][2]


def test_no_cell_runs_anything():
    assert rows()["programme"][0] == "'=Autumn 2026"
    for dangerous in ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1"):
        assert inert(dangerous) == f"'{dangerous}"
    assert inert("plain") == "plain"
    assert inert(-4) == -4
    assert inert(None) == ""


def test_the_file_name_is_plain():
    assert file_name(report(programme='Höst "2026"/..\\')) == "report-h-st-2026-2026-11-21.csv"


def test_every_figure_is_defined_and_every_kind_of_message_named():
    from notifications.messages.catalogue import MESSAGES

    counted = {f.code for f in [*pair_figures({}), *session_figures([], 0, NOUGHT)]}
    assert counted <= set(definitions.FIGURES)
    assert set(definitions.KINDS) == {kind for kind, text in MESSAGES.items() if text.category != "safeguarding"}
