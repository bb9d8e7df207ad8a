"""Where diaries are kept."""

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from sessions.diaries.model import Diary

DIARIES = Collection("diaries", Diary)


def of(uow: UnitOfWork, *person_ids: str) -> list[Diary]:
    """The diaries of these people; an empty one is begun for who has none."""
    known = uow.get_many(DIARIES, person_ids)
    return [known.get(id) or uow.add(DIARIES, Diary(id=id)) for id in person_ids]


def known(uow: UnitOfWork, *person_ids: str) -> list[Diary]:
    """Those diaries of these people that exist."""
    return list(uow.get_many(DIARIES, person_ids).values())
