"""Reports count each thing once, in whatever order and however often its events come."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from chassis.transaction import transact
from contracts.feedback import Figure, RoundClosed, RoundOpened
from contracts.pairing import MatchPublished, PairingAccepted, PairingClosed, PairingDeclined, PairingLapsed, PairingProposed
from contracts.people import PersonErased
from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved, MeetingPlanned
from notifications.reports.queries import report_on

NOW = datetime(2026, 11, 21, 8, 12, tzinfo=UTC)
NEW_WEEK = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
"""Monday already in Amsterdam, still Sunday in UTC."""


def story(cast) -> list:
    """Five pairs of which two accept; three sessions of which two are held; two rounds."""
    events: list = [MatchPublished(run_id=cast.run, programme_id=cast.programme, pairs=5, unmatched=2)]
    for n in range(5):
        pair = {**cast.pair, "pairing_id": f"pair{n}", "mentee_id": f"mentee{n}"}
        events.append(PairingProposed(**pair, respond_by=NOW + timedelta(days=7)))
        events += [PairingAccepted(**pair, model="structured", format="online")] if n < 2 else []
        events += [PairingDeclined(**pair, declined_by="mentee")] if n == 2 else []
        events += [PairingLapsed(**pair)] if n == 3 else []
    for n, starts_at in enumerate((NEW_WEEK, NOW - timedelta(days=1), NOW + timedelta(days=3))):
        time = {"starts_at": starts_at - timedelta(days=14), "ends_at": starts_at, "format": "online"}
        meeting = {"meeting_id": f"meeting{n}", **cast.pair}
        events.append(MeetingPlanned(**meeting, **time, sequence=0))
        events.append(MeetingMoved(**meeting, **{**time, "starts_at": starts_at}, sequence=1))
        about = {name: meeting[name] for name in ("meeting_id", "pairing_id", "programme_id")}
        if n == 0:
            events.append(ChecklistConfirmed(**about, checklist_version=1))
            events.append(MeetingHeld(**meeting, held_at=starts_at + timedelta(days=2), minutes=45))
            events += [DebriefWritten(**about, written_by=side) for side in ("mentor", "mentee")]
    events.append(
        RoundOpened(round_id="r1", programme_id=cast.programme, questionnaire="mid", audience="mentees", closes_at=NOW - timedelta(days=1))
    )
    figures = (Figure(question="communication", n=9, mean=4.25), Figure(question="improvement", n=None, mean=None))
    events.append(RoundClosed(round_id="r1", programme_id=cast.programme, answers=9, threshold=5, figures=figures))
    events.append(
        RoundOpened(round_id="r2", programme_id=cast.programme, questionnaire="end", audience="mentees", closes_at=NOW + timedelta(days=30))
    )
    return events


EXPECTED = {
    "mentees": 1,
    "mentees_with_mentor": 2,
    "mentees_had_mentor": 2,
    "mentees_unmatched": 2,
    "pairs_proposed": 5,
    "pairs_waiting": 1,
    "pairs_accepted": 2,
    "pairs_declined": 1,
    "pairs_lapsed": 1,
    "sessions_planned": 3,
    "sessions_held": 1,
    "sessions_to_come": 1,
    "sessions_called_off": 0,
    "sessions_not_noted": 1,
    "minutes_held": 45,
    "checklists_confirmed": 1,
    "debriefs_by_mentors": 1,
    "debriefs_by_mentees": 1,
}


def report(notifications, cast):
    return transact(notifications.database, notifications.settings, "notifications", lambda uow: report_on(uow, cast.programme), now=NOW)


def counted(notifications, cast) -> dict[str, int]:
    return {figure.code: figure.value for figure in report(notifications, cast).figures if figure.code in EXPECTED}


def test_every_figure_is_exact(notifications, cast):
    notifications.hear(*cast.introduction, *story(cast))
    assert counted(notifications, cast) == EXPECTED


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_duplicated_and_reordered_events_give_the_same_figures(notifications, cast, seed):
    deliveries = [notifications.delivery(event) for event in (*cast.introduction, *story(cast))]
    again = [notifications.delivery(event) for event in story(cast)]
    mixed = [*deliveries, *deliveries, *again]
    random.Random(seed).shuffle(mixed)
    for start in range(0, len(mixed), 7):
        notifications.apply(mixed[start : start + 7])
    assert counted(notifications, cast) == EXPECTED


def test_what_has_ended_is_not_counted_as_so_now_but_stays_in_what_was(notifications, cast):
    notifications.hear(*cast.introduction, *story(cast))
    ends = {"programme_id": cast.programme, "mentor_ids": (cast.niamh,), "ending": "early"}
    closed = PairingClosed(pairing_id="pair0", mentee_ids=("mentee0",), **ends)
    notifications.hear(PairingAccepted(**cast.pair, model="structured", format="online"))
    before = counted(notifications, cast)
    assert (before["mentees_with_mentor"], before["mentees_had_mentor"], before["sessions_to_come"]) == (3, 3, 1)
    of_the_sessions = PairingClosed(pairing_id=cast.pairing, mentee_ids=(cast.sigga,), **ends)
    for at in (NOW, NOW + timedelta(days=9)):
        notifications.apply([notifications.delivery(event) for event in (closed, of_the_sessions)], now=at)
        after = counted(notifications, cast)
        changed = {"mentees_with_mentor": 1, "sessions_to_come": 0, "sessions_called_off": 1}
        assert after == {**before, **changed}


def test_a_session_called_off_is_in_no_week_and_never_one_that_nobody_noted(notifications, cast):
    ends = PairingClosed(
        pairing_id=cast.pairing, programme_id=cast.programme, mentor_ids=(cast.niamh,), mentee_ids=(cast.sigga,), ending="planned"
    )
    notifications.hear(*cast.introduction, *story(cast))
    notifications.apply([notifications.delivery(ends)], now=NOW)
    later = transact(
        notifications.database,
        notifications.settings,
        "notifications",
        lambda uow: report_on(uow, cast.programme),
        now=NOW + timedelta(days=30),
    )
    assert [week.week for week in later.weeks] == ["2026-W47"]
    assert (later.by_code["sessions_not_noted"].value, later.by_code["sessions_called_off"].value) == (1, 1)


def test_weeks_are_those_of_the_programmes_zone(notifications, cast):
    notifications.hear(*cast.introduction, *story(cast))
    weeks = {week.week: (week.held, week.not_noted, week.to_come) for week in report(notifications, cast).weeks}
    assert weeks == {"2026-W47": (1, 1, 0), "2026-W48": (0, 0, 1)}


def test_rounds_show_what_feedback_let_out(notifications, cast):
    notifications.hear(*cast.introduction, *story(cast))
    closed, still_open = report(notifications, cast).rounds
    assert [(result.question, result.n, result.mean) for result in closed.results] == [
        ("communication", 9, 4.25),
        ("improvement", None, None),
    ]
    assert (still_open.closed, still_open.answers) == (False, None)


def test_messages_are_counted_by_kind_and_language(notifications, cast, sink):
    pair = {**cast.pair}
    notifications.hear(*cast.introduction, PairingAccepted(**pair, model="structured", format="online"))
    notifications.tick()
    assert Counter((sent.kind, sent.language, sent.n) for sent in report(notifications, cast).messages) == Counter(
        [("pairing-accepted", "en", 1), ("pairing-accepted", "is", 1)]
    )


def test_an_erased_mentee_is_parted_from_her_pairing_and_the_pair_still_counts(notifications, cast):
    notifications.hear(*cast.introduction, PairingAccepted(**cast.pair, model="structured", format="online"))
    notifications.hear(PersonErased(person_id=cast.sigga))
    figures = counted(notifications, cast)
    assert (figures["mentees"], figures["mentees_with_mentor"], figures["pairs_accepted"]) == (0, 0, 1)
    assert cast.sigga not in str(list(notifications.database["pairing_records"].find()))
