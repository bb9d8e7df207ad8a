"""What a participant sees of her own pairings: the others' names, what they share, what to do next; nothing else about the others."""

from dataclasses import dataclass
from datetime import datetime

from chassis.unit_of_work import UnitOfWork
from pairing.change_requests import repository as change_requests
from pairing.closures import repository as closures
from pairing.closures.certificate import is_due
from pairing.closures.commands import is_open
from pairing.pairings import repository, words
from pairing.pairings.model import CLOSED, CLOSING, OPEN, PROPOSED, SAFEGUARDING, Pairing
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from ui import gettext as _


@dataclass(frozen=True, kw_only=True)
class OwnPairing:
    """One person's view of a pairing: `others` are all names but hers, `answered` whether she said yes.

    `stopped`: it was closed for safeguarding, of which its people are told no more than that it ended. `looked_back`, `may_look_back`
    and `asked` say whether she looked back on it, whether she can now, and whether her request for a change waits for an answer.
    """

    id: str
    state: str
    side: str
    others: tuple[str, ...]
    is_group: bool
    answered: bool
    respond_by: datetime
    reasons: tuple[str, ...]
    closes_at: datetime | None = None
    stopped: bool = False
    certificate: bool = False
    looked_back: bool = False
    may_look_back: bool = False
    asked: bool = False

    @property
    def other(self) -> str:
        """The names of all others in one phrase."""
        return words.listed(self.others)

    @property
    def can_answer(self) -> bool:
        """Whether her yes is waited for."""
        return self.state == PROPOSED and not self.answered

    @property
    def can_look_back(self) -> bool:
        """Whether she is asked to look back on it: while it comes to its end."""
        return self.state == CLOSING

    @property
    def runs(self) -> bool:
        """Whether all said yes and it has not ended."""
        return self.state in OPEN and self.state != PROPOSED


def own_pairings(uow: UnitOfWork, person_id: str) -> list[OwnPairing]:
    """Everything that was ever proposed to this person, the newest first."""
    found = repository.of_person(uow, person_id)
    people = uow.get_many(PEOPLE, {id for pairing in found for id in pairing.members})
    looked_back, asked = closures.written_by(uow, person_id), change_requests.open_by(uow, person_id)

    def view(each: Pairing) -> OwnPairing:
        more = {"looked_back": each.id in looked_back, "asked": each.id in asked, "may_look_back": is_open(uow, each)}
        return own_view(each, person_id, people, **more)

    return [view(each) for each in found]


def own_view(pairing: Pairing, person_id: str, people: dict[str, Person], **more: bool) -> OwnPairing:
    """What this person, one of its members, sees of a pairing: mentors by their whole name, mentees by their given name.

    `more` are the fields of OwnPairing that the pairing itself does not tell.
    """
    side = pairing.side_of(person_id)
    return OwnPairing(
        id=pairing.id,
        state=pairing.state,
        side=side,
        others=tuple(called(people.get(id), whole=id in pairing.mentor_ids) for id in pairing.members if id != person_id),
        is_group=pairing.is_group,
        answered=person_id in pairing.accepted,
        respond_by=pairing.respond_by,
        reasons=reasons(pairing),
        closes_at=pairing.closes_at,
        stopped=pairing.state == CLOSED and pairing.ending == SAFEGUARDING,
        certificate=is_due(pairing),
        **more,
    )


def called(person: Person | None, *, whole: bool) -> str:
    """A participant's name: the whole of it, or the given name only, which is all that a mentor reads of a mentee."""
    if person is None:
        return _("somebody who left")
    return person.name if whole else person.given_name


def reasons(pairing: Pairing) -> tuple[str, ...]:
    """What they have in common, one plain sentence each."""
    how = {"model": words.models(pairing.models), "format": words.meeting_format(pairing.format)}
    said = [
        _("You share an interest in %(fields)s.", fields=words.fields(pairing.interests)) if pairing.interests else "",
        _("You both speak %(languages)s.", languages=words.languages(pairing.languages)) if pairing.languages else "",
        _("You are both free on %(times)s.", times=words.weekly(pairing.free_together)) if pairing.free_together else "",
        _("You would work like this: %(model)s, %(format)s.", **how),
    ]
    return tuple(sentence for sentence in said if sentence)
