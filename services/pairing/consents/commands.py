"""Giving and withdrawing consents: the only writer of these records, and of what follows from them for the person."""

import dataclasses
from datetime import date

from chassis.errors import Invalid, Refused
from chassis.unit_of_work import UnitOfWork
from pairing.consents import repository
from pairing.consents.ages import consents_herself
from pairing.consents.model import ACCOUNT, BEFORE, CONSENT, GUARDIAN, PAPER, PERMISSION, PERSON, PROOF_KEPT, STAFF, Consent
from pairing.consents.repository import CONSENTS
from pairing.consents.texts import current_version
from pairing.people.commands import change_people
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from ui.language import mark

NOT_YET = mark("This day has not come yet. Check the date.")
BEFORE_BIRTH = mark("This day is before the person was born. Check the date.")


def give(uow: UnitOfWork, person: Person, kind: str, *, role: str, by: str, way: str, language: str) -> Consent:
    """Records that this was agreed to today, in its newest text; raises Refused when it is not this one's to give."""
    today = uow.now.date()
    if role == PERSON and kind == PERMISSION:
        raise Refused("permission-of-guardian", "Only a parent or guardian can give this permission. Have them asked by e-mail.")
    if role == PERSON and not consents_herself(uow, person):
        raise Refused("consent-too-young", "At this age a parent or guardian has to agree. Have them asked by e-mail.")
    return _record(uow, person, kind, today, given_role=role, given_by=by, way=way, language=language)


def record_paper(uow: UnitOfWork, person_id: str, kind: str, on: date, *, by: str) -> Consent:
    """A member of staff records what was signed on paper on this day; raises Invalid for a day that cannot be."""
    person, today = uow.get(PEOPLE, person_id), uow.now.date()
    if on > today:
        raise Invalid({"on": [NOT_YET]})
    if person.birth_date and on < person.birth_date:
        raise Invalid({"on": [BEFORE_BIRTH]})
    role = PERSON if kind == CONSENT and consents_herself(uow, person) else GUARDIAN
    return _record(uow, person, kind, on, given_role=role, given_by="", way=PAPER, language=person.language, recorded_by=by)


def role_of_actor(uow: UnitOfWork, person_id: str) -> str:
    """What who is signed in is to this person: herself, her guardian, or staff."""
    if uow.actor == person_id:
        return PERSON
    me = uow.get_many(PEOPLE, [uow.actor or ""]).get(uow.actor or "")
    return GUARDIAN if me and me.guards(uow.get(PEOPLE, person_id), uow.now) else STAFF


def agree(uow: UnitOfWork, person_id: str, kind: str, language: str) -> Consent:
    """Who is signed in agrees, for herself or for her ward; raises Refused when it is not hers to give."""
    role = role_of_actor(uow, person_id)
    if role == STAFF:
        raise Refused("not-for-others", "Nobody can agree for somebody else. Record what was signed on paper, with its date.")
    return give(uow, uow.get(PEOPLE, person_id), kind, role=role, by=uow.actor or "", way=ACCOUNT, language=language)


def withdraw(uow: UnitOfWork, person_id: str, kind: str, role: str = "") -> None:
    """Takes back everything of this kind that is in force; what was given before records were kept is recorded with its end.

    `role` is who does it, where that is not who is signed in.
    """
    person, role = uow.get(PEOPLE, person_id), role or role_of_actor(uow, person_id)
    for consent in repository.in_force(uow, person_id, kind) or _given_before(uow, person, kind):
        uow.emit(consent, consent.withdraw(role, uow.actor or "", person.programme_ids, uow.now))
    _settle(uow, person, kind, None)


def outlive(uow: UnitOfWork, person_id: str) -> None:
    """The person is erased: the records of her consents, which bear ids and days alone, leave some time later."""
    for consent in uow.find(CONSENTS, {"person_id": person_id}):
        consent.keep_until = uow.now + PROOF_KEPT


def _record(uow: UnitOfWork, person: Person, kind: str, given_on: date, **how: str) -> Consent:
    if kind == PERMISSION and person.guardian is None:
        raise Refused("guardian-unknown", "No guardian is on record. Add a guardian's name and e-mail address, then record the permission.")
    made = {"id": uow.new_id(), "person_id": person.id, "kind": kind, "text_version": current_version(kind), "recorded_at": uow.now}
    consent = Consent(given_on=given_on, **made, **how)  # type: ignore[arg-type]
    _settle(uow, person, kind, given_on)
    return uow.add(CONSENTS, consent)


def _given_before(uow: UnitOfWork, person: Person, kind: str) -> list[Consent]:
    """The record of what an import or an earlier version noted, to be withdrawn; none when there is nothing to withdraw."""
    given_on = person.guardian.permission if kind == PERMISSION and person.guardian else person.joined_on or uow.now.date()
    if given_on is None or (kind == CONSENT and person.consent_withdrawn):
        return []
    known = {"id": uow.new_id(), "person_id": person.id, "kind": kind, "language": person.language, "given_on": given_on}
    role = GUARDIAN if kind == PERMISSION else PERSON
    made = Consent(text_version=0, given_role=role, given_by="", way=BEFORE, recorded_at=uow.now, **known)  # type: ignore[arg-type]
    return [uow.add(CONSENTS, made)]


def _settle(uow: UnitOfWork, person: Person, kind: str, given_on: date | None) -> None:
    """Everything that starts or stops somebody's taking part passes here; from here running pairings are looked at again."""
    if kind == CONSENT:
        change_people(uow, [(person, {"consent_withdrawn": None if given_on else person.consent_withdrawn or uow.now.date()})])
    elif person.guardian:
        change_people(uow, [(person, {"guardian": dataclasses.replace(person.guardian, permission=given_on)})])
