"""What staff sees of a pairing: where it is in its life, what stands in its way, what happened; and which pairings need a talk."""

from datetime import datetime
from typing import Any, NamedTuple

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from pairing.change_requests import repository as change_requests
from pairing.closures import repository as closures
from pairing.closures.certificate import is_due
from pairing.pairings import own, repository, safeguarding, story, words
from pairing.pairings.model import CLOSED, DECLINED, LAPSED, PAUSED, PLANNED, Pairing
from pairing.people.choices import MODELS
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes import stages
from pairing.programmes.repository import PROGRAMMES
from ui import gettext as _

Named = list[tuple[str, str]]


class Talk(NamedTuple):
    """A pairing that a coordinator should talk about, without names: `why` is "asked", "silent" or "paused", `since` when that began."""

    pairing_id: str
    why: str
    since: datetime


def of(uow: UnitOfWork, who: Principal, pairing: Pairing) -> dict[str, Any]:
    """Everything that the page of a pairing shows to this member of staff; the words of requests are for coordinators alone."""
    programme = uow.get(PROGRAMMES, pairing.programme_id)
    people = uow.get_many(PEOPLE, {*pairing.members, *(line.by for line in pairing.course.happened if line.by)})
    coordinates = pairing.programme_id in who.programmes and who.has("coordinator")
    requests = change_requests.open_of(uow, pairing.id) if coordinates else []
    names = {id: person.name for id, person in people.items()}
    return {
        "pairing": pairing,
        "programme": programme,
        "mentors": named(pairing.mentor_ids, people),
        "mentees": named(pairing.mentee_ids, people),
        "state": words.state(pairing.state),
        "steps": story.steps(pairing.state),
        "pauses": story.reasons(pairing.paused_for),
        "paused_by_rule": not safeguarding.BY_CODE.keys().isdisjoint(pairing.paused_for),
        "remedies": _remedies(uow, pairing, people) if pairing.state == PAUSED else [],
        "waits_again": stages.is_before(programme.state, stages.CLOSING) and _waits_again(uow, pairing, people),
        "ending": _(story.ENDINGS[pairing.ending]) if pairing.ending else "",
        "history": story.history(pairing, names),
        "requests": [(names.get(each.person_id, _("somebody who left")), each.words, each.asked_at) for each in requests],
        "looked_back": sorted(names.get(id, _("somebody who left")) for id in closures.of_pairing(uow, pairing.id)),
        "certificates": named(pairing.members, people) if coordinates and is_due(pairing) else [],
        "coordinates": coordinates,
        "leads": who.has("safeguarding_lead"),
        "pause_choices": story.pauses(),
        "model_choices": [(code, words.model(code)) for code in programme.models or MODELS],
        "ending_choices": story.endings(),
    }


def to_talk_about(uow: UnitOfWork, programme_id: str) -> list[Talk]:
    """The pairings of a programme that need a talk: first where somebody asked for a change, then silences, then pauses."""
    asked = [Talk(each.pairing_id, "asked", each.asked_at) for each in change_requests.open_in(uow, programme_id)]
    known = {talk.pairing_id for talk in asked}
    waiting = [_talk(each) for each in repository.to_talk_about(uow, programme_id) if each.id not in known]
    return sorted([*asked, *waiting], key=lambda talk: (("asked", "silent", "paused").index(talk.why), talk.since))


def named(ids: tuple[str, ...], people: dict[str, Person]) -> Named:
    """These people as (id, whole name)."""
    return [(id, own.called(people.get(id), whole=True)) for id in ids]


def _talk(pairing: Pairing) -> Talk:
    """A pairing that is paused or silent, since its last pause or since the word of its silence."""
    pauses = [line.at for line in pairing.course.happened if line.what == "paused"]
    if pairing.state == PAUSED:
        return Talk(pairing.id, "paused", max(pauses, default=pairing.proposed_at))
    return Talk(pairing.id, "silent", pairing.course.ending_proposed_at or pairing.proposed_at)


def _remedies(uow: UnitOfWork, pairing: Pairing, people: dict[str, Person]) -> list[str]:
    """What stands against it today, and what would remedy it."""
    programme = uow.get(PROGRAMMES, pairing.programme_id)
    found = safeguarding.between(pairing, people, safeguarding.meanwhile(programme, safeguarding.today(programme, uow.now)))
    return [_(sentence) for sentence in dict.fromkeys(breach.rule.meanwhile for breach in found)]


def _waits_again(uow: UnitOfWork, pairing: Pairing, people: dict[str, Person]) -> bool:
    """Whether it is over, and not as planned, and one of its mentees is in the programme still and has nobody else."""
    if pairing.state not in (CLOSED, DECLINED, LAPSED) or pairing.ending == PLANNED:
        return False
    there = {id for id in pairing.mentee_ids if id in people and pairing.programme_id in people[id].programme_ids}
    placed = {id for other in repository.taken_by(uow, pairing.programme_id, there) for id in other.mentee_ids}
    return not there <= placed
