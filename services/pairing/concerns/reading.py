"""What a safeguarding lead reads: which concerns are hers to look after, and one of them with its people, its log and its readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chassis.auth import Principal
from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.repository import active_with
from pairing.concerns.commands import LEAD, readers
from pairing.concerns.finding import Found, pairings_with, who_coordinates
from pairing.concerns.model import NEW, VISITOR, Concern, Content, Entry
from pairing.concerns.people import names
from pairing.concerns.repository import open_ones, readings
from pairing.concerns.seal import content_of, texts_of
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, guardians_of
from pairing.programmes.repository import of_ids


@dataclass(frozen=True, kw_only=True)
class Case:
    """One concern, unsealed. `log` has each line with its text; `readings` who opened it and when; `names` those of everybody in it.

    `programme` is the name of the one that somebody chose who was not signed in, or ""; `coordinators` are those of the programmes that
    it may be about, by the name of the programme. `guardians` are the raiser's, `pairings` those of both, or of the raiser's wards.
    """

    content: Content
    raiser: Person | None
    about: Person | None
    log: list[tuple[Entry, str]]
    readings: list[tuple[str, datetime]]
    names: dict[str, str]
    coordinators: list[tuple[str, list[Person]]]
    guardians: list[Person]
    pairings: list[Found]
    programme: str = ""


@dataclass(frozen=True)
class Waiting:
    """What waits for a safeguarding lead, or for an administrator: new and open ones that she may read, and those nobody may.

    `no_lead` tells administrators and coordinators that nobody has the role.
    """

    new: int = 0
    urgent: int = 0
    open: int = 0
    unread: int = 0
    no_lead: bool = False


def may_read(uow: UnitOfWork, concern: Concern, person_id: str) -> bool:
    """Whether a safeguarding lead is free to look after this concern."""
    return concern.may_be_read_by(person_id, content_of(uow.settings.secret, concern).about_id)


def _content(uow: UnitOfWork, concern: Concern) -> Content:
    """What was said; nothing where the seal no longer opens, so that the concern stays in the list with its reason."""
    try:
        return content_of(uow.settings.secret, concern)
    except Refused:
        return Content("")


def _about(uow: UnitOfWork, concern: Concern) -> str:
    return _content(uow, concern).about_id


def readable(uow: UnitOfWork, concerns: Iterable[Concern], person_id: str) -> list[Concern]:
    """Those that this lead may read: one about her does not even show that it is there."""
    return [concern for concern in concerns if concern.may_be_read_by(person_id, _about(uow, concern))]


def numbers(uow: UnitOfWork, concerns: Iterable[Concern]) -> dict[str, str]:
    """Concern to the number that its raiser can quote, of those that were raised without signing in and whose seal opens."""
    found = {concern.id: _content(uow, concern).number for concern in concerns if concern.raised_by == VISITOR}
    return {id: number for id, number in found.items() if number}


def case_of(uow: UnitOfWork, concern: Concern) -> Case:
    """The concern with all that a lead needs to act."""
    content = content_of(uow.settings.secret, concern)
    opened = [(reading["who"], reading["at"]) for reading in readings(uow, concern.id)]
    people = uow.get_many(PEOPLE, {concern.raised_by, content.about_id})
    raiser, about = people.get(concern.raised_by), people.get(content.about_id)
    return Case(
        content=content,
        raiser=raiser,
        about=about,
        log=list(zip(concern.log, texts_of(uow.settings.secret, concern), strict=True)),
        readings=opened,
        names=names(uow, {concern.raised_by, content.about_id, *(entry.by for entry in concern.log), *(who for who, _at in opened)}),
        coordinators=who_coordinates(uow, content, raiser, about),
        guardians=guardians_of(uow, raiser.id) if raiser else [],
        pairings=pairings_with(uow, {id for person in (raiser, about) if person for id in (person.id, *person.ward_ids)}),
        programme=next((programme.name for programme in of_ids(uow, [content.programme_id])), ""),
    )


def waiting_for(uow: UnitOfWork, who: Principal) -> Waiting:
    """What a member of staff finds when she signs in; nothing of it for whom it is not."""
    waiting = open_ones(uow) if who.has(LEAD, "administrator") else []
    hers = readable(uow, waiting, who.id) if who.has(LEAD) else []
    new = [concern for concern in hers if concern.state == NEW]
    unread = [concern for concern in waiting if who.has("administrator") and not readers(uow, concern, _about(uow, concern))]
    no_lead = who.has("administrator", "coordinator") and not active_with(uow, LEAD)
    urgent = sum(concern.urgent for concern in new)
    return Waiting(new=len(new), urgent=urgent, open=len(hers) - len(new), unread=len(unread), no_lead=no_lead)
