"""Counts a programme: the one place where a report is put together."""

from chassis.unit_of_work import UnitOfWork
from notifications.messages.repository import numbers as message_numbers
from notifications.people.repository import number_with_role
from notifications.programmes.repository import PROGRAMMES
from notifications.reports import figures, repository
from notifications.reports.figures import Report


def report_on(read: UnitOfWork, programme_id: str) -> Report:
    """The report of a programme as of now; raises NotFound."""
    programme = read.get(PROGRAMMES, programme_id)
    mentees = number_with_role(read, "mentee", programme_id)
    weeks = figures.weeks_of(repository.meetings_by_week(read, programme_id, programme.time_zone, read.now))
    messages = message_numbers(read, programme_id)
    now, ever = (repository.mentees_with_mentor(read, programme_id, ended=ended) for ended in (False, True))
    called_off = repository.meetings_called_off(read, programme_id, read.now)
    counted = (
        *figures.people_figures(mentees, now, ever, repository.last_run(read, programme_id)),
        *figures.pair_figures(repository.pairings_by_state(read, programme_id)),
        *figures.session_figures(weeks, called_off, repository.meeting_numbers(read, programme_id)),
        *figures.message_figures(messages),
    )
    return Report(
        programme_id=programme_id,
        programme=programme.name,
        time_zone=programme.time_zone,
        computed_at=read.now,
        figures=counted,
        weeks=weeks,
        messages=figures.sent_messages(messages),
        rounds=tuple(repository.rounds(read, programme_id)),
    )
