"""Opening, answering and closing a round."""

from collections.abc import Mapping
from datetime import datetime

from chassis.errors import Forbidden, Refused
from chassis.unit_of_work import UnitOfWork
from feedback.people.repository import is_mentee_in
from feedback.programmes.repository import threshold_of
from feedback.questionnaires.model import newest
from feedback.rounds import repository
from feedback.rounds.answer import Answer, Participation
from feedback.rounds.model import CLOSED, USUAL, Round
from feedback.rounds.repository import ROUNDS


def open_round(uow: UnitOfWork, programme_id: str, questionnaire: str, closes_at: datetime | None) -> Round:
    """Asks the mentees of a programme, for two weeks unless said otherwise, under the programme's present threshold."""
    asked = newest(questionnaire)
    if repository.open_in(uow, programme_id, questionnaire) is not None:
        raise Refused("open_already", "This programme has an open round. Close it before you open the next one.")
    opened = Round(
        id=uow.new_id(),
        programme_id=programme_id,
        questionnaire=asked.key,
        questionnaire_version=asked.version,
        opens_at=uow.now,
        closes_at=closes_at or uow.now + USUAL,
        threshold=threshold_of(uow, programme_id),
    )
    uow.emit(uow.add(ROUNDS, opened), opened.open(uow.now))
    uow.schedule("close-round", opened.closes_at, _closing(opened.id), round_id=opened.id)
    return opened


def answer(uow: UnitOfWork, round_id: str, ratings: Mapping[str, int], comment: str, *, by: str) -> None:
    """Takes one mentee's answer, once, and keeps no link between the two."""
    asked = uow.get(ROUNDS, round_id)
    if not is_mentee_in(uow, by, asked.programme_id):
        raise Forbidden("not_asked", "This round asks the mentees of its programme.")
    asked.require_open(uow.now)
    words = comment.strip()
    asked.questions.require_whole(ratings, words)
    if repository.has_answered(uow, round_id, by):
        raise Refused("answered", "You have answered this round. Thank you; nothing more is needed.")
    repository.keep_answer(uow, Answer(uow.new_id(), round_id, dict(ratings), words), Participation.of(round_id, by))


def close(uow: UnitOfWork, round_id: str) -> Round:
    """Ends a round before its time."""
    closing = uow.get(ROUNDS, round_id)
    uow.emit(closing, closing.close(repository.answers_of(uow, round_id)))
    repository.forget_who_answered(uow, round_id)
    uow.unschedule(_closing(round_id))
    return closing


def close_due(uow: UnitOfWork, round_id: str) -> None:
    """Ends a round whose time has come; one that was closed before stays as it is."""
    due = uow.get_many(ROUNDS, [round_id]).get(round_id)
    if due is not None and due.state != CLOSED:
        close(uow, round_id)


def _closing(round_id: str) -> str:
    return f"close-round/{round_id}"
