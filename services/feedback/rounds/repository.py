"""Where rounds, answers and participations are kept: the last two apart from each other, both without a time."""

from collections.abc import Iterable

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from feedback.rounds.answer import Answer, Participation, Tally
from feedback.rounds.model import OPEN, Round

ROUNDS = Collection(
    "rounds",
    Round,
    indexes=(Index("programme_id", "state"), Index("programme_id", "questionnaire", unique=True, only={"state": OPEN})),
)
ANSWERS = Collection("answers", Answer, indexes=(Index("round_id"),))
PARTICIPATIONS = Collection("participations", Participation, indexes=(Index("round_id"), Index("person_id")))
TALLIES = Collection("tallies", Tally)

COLLECTIONS = (ROUNDS, ANSWERS, PARTICIPATIONS, TALLIES)


def open_in(uow: UnitOfWork, programme_id: str, questionnaire: str) -> Round | None:
    """The open round of a programme with this questionnaire."""
    return uow.find_one(ROUNDS, {"programme_id": programme_id, "questionnaire": questionnaire, "state": OPEN})


def of_programmes(uow: UnitOfWork, programme_ids: Iterable[str], limit: int = 100) -> list[Round]:
    """The rounds of these programmes, the newest first."""
    return uow.find(ROUNDS, {"programme_id": {"$in": sorted(programme_ids)}}, sort=[("opens_at", -1), ("_id", 1)], limit=limit)


def page_of_programmes(uow: UnitOfWork, programme_ids: Iterable[str], after: str | None, limit: int) -> list[Round]:
    """Up to `limit` + 1 rounds of these programmes after a cursor, by id."""
    beyond = {"_id": {"$gt": after}} if after else {}
    return uow.find(ROUNDS, {"programme_id": {"$in": sorted(programme_ids)}, **beyond}, sort=[("_id", 1)], limit=limit + 1)


def has_answered(uow: UnitOfWork, round_id: str, person_id: str) -> bool:
    """Whether this person answered the round, while it is open."""
    return bool(uow.count(PARTICIPATIONS, {"_id": Participation.of(round_id, person_id).id}))


def tally_of(uow: UnitOfWork, round_id: str) -> Tally:
    """How many answers a round has."""
    return uow.get_many(TALLIES, [round_id]).get(round_id) or Tally(id=round_id)


def keep_answer(uow: UnitOfWork, answer: Answer, participation: Participation) -> None:
    """Stores both and counts. `put` and not `add`: that would note the moment, by which the two could be joined again."""
    uow.put(ANSWERS, answer)
    uow.put(PARTICIPATIONS, participation)
    uow.put(TALLIES, tally_of(uow, answer.round_id).one_more())


def answers_of(uow: UnitOfWork, round_id: str) -> list[Answer]:
    """All answers to a round."""
    return uow.find(ANSWERS, {"round_id": round_id}, sort=[("_id", 1)])


def forget_who_answered(uow: UnitOfWork, round_id: str) -> None:
    """Deletes the participations of a round, and settles its tally against answers that come at the same moment."""
    for participation in uow.find(PARTICIPATIONS, {"round_id": round_id}):
        uow.delete(PARTICIPATIONS, participation.id)
    uow.put(TALLIES, tally_of(uow, round_id).final())


def participations_of(uow: UnitOfWork, person_id: str) -> list[Participation]:
    """That somebody answered, round by round, while the rounds are open; her answers bear no name."""
    return uow.find(PARTICIPATIONS, {"person_id": person_id}, sort=[("_id", 1)])
