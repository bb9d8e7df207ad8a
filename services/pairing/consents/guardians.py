"""Asking a guardian by mail, and taking the answer: a yes records what was agreed to and opens the guardian's own account."""

from datetime import timedelta

from chassis.errors import Invalid, Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.commands import HOME, mail_link
from pairing.accounts.model import hashed, link_token
from pairing.accounts.repository import of_address
from pairing.consents import commands, repository
from pairing.consents.ages import consents_herself
from pairing.consents.model import CONSENT, GUARDIAN, LINK, PERMISSION
from pairing.consents.repository import REQUESTS
from pairing.consents.request import ASKS_PER_ADDRESS, ASKS_PER_DAY, DECLINED, GIVEN, LASTS, PURPOSE, GuardianRequest, unknown_request
from pairing.people.commands import add_person, change_people
from pairing.people.model import Guardian, Person
from pairing.people.repository import PEOPLE, guardians_of
from ui.language import mark

MAIL = "mail-guardian"
TICK = {
    PERMISSION: mark("Tick this box to allow taking part. If you do not want to, press “I do not agree” below."),
    CONSENT: mark("Tick this box too: at this age a parent or guardian has to agree. If you do not want to, press “I do not agree” below."),
}


def ask(uow: UnitOfWork, person_id: str, language: str) -> GuardianRequest:
    """Has a one-time link mailed to the guardian, in this language; earlier links end. Raises Refused, with the remedy.

    A guardian whose permission was recorded from paper or a file can be asked too: the answer confirms it and opens her account.
    """
    ward = uow.get(PEOPLE, person_id)
    guardian = _guardian_of(ward)
    if not ward.is_minor(uow.now.date()):
        raise Refused("guardian-not-needed", "Who is of age needs no guardian. There is nothing to ask for.")
    if ward.has_permission(uow.now.date()) and guardians_of(uow, person_id):
        raise Refused("guardian-has-answered", "The guardian gave permission already and can sign in. There is nothing to ask for.")
    if is_asked_often(uow, ward):
        raise Refused("guardian-asked-often", "The guardian was asked several times today. Wait until tomorrow, or call.")
    for earlier in repository.open_requests(uow, person_id):
        earlier.replace(uow.now)
    request = _request(uow, ward, guardian, language)
    uow.schedule(MAIL, uow.now, f"{MAIL}:{request.id}", request_id=request.id)
    return uow.add(REQUESTS, request)


def is_asked_often(uow: UnitOfWork, ward: Person) -> bool:
    """Whether no more mails go to this ward's guardian today, or to the guardian's address for anybody."""
    since = uow.now - timedelta(days=1)
    at_address = repository.written_to_since(uow, ward.guardian.email, since) if ward.guardian else 0
    return at_address >= ASKS_PER_ADDRESS or repository.asked_since(uow, ward.id, since) >= ASKS_PER_DAY


def _request(uow: UnitOfWork, ward: Person, guardian: Guardian, language: str) -> GuardianRequest:
    id = uow.new_id()
    return GuardianRequest(
        id=id,
        ward_id=ward.id,
        programme_id=ward.programme_ids[0] if ward.programme_ids else "",
        email=guardian.email,
        language=language,
        token_hash=hashed(link_token(uow.settings.secret, id, PURPOSE)),
        asked_by=uow.actor or ward.id,
        asked_at=uow.now,
        expires_at=uow.now + LASTS,
    )


def mark_sent(uow: UnitOfWork, outcome: bool, request_id: str) -> None:
    """Notes that the mail with this link went out."""
    request = uow.find_one(REQUESTS, {"_id": request_id})
    if request and outcome:
        request.sent_at = uow.now


def find(uow: UnitOfWork, presented: str) -> tuple[GuardianRequest, Person]:
    """The open request behind "<request id>.<token>" and the ward it is about; raises Forbidden, with the remedy."""
    id, _, token = presented.partition(".")
    request = uow.find_one(REQUESTS, {"_id": id})
    if request is None:
        raise unknown_request()
    request.check(token, uow.now)
    ward = uow.find_one(PEOPLE, {"_id": request.ward_id})
    if ward is None or ward.guardian is None or ward.guardian.email != request.email:
        raise unknown_request()
    return request, ward


def accept(uow: UnitOfWork, presented: str, ticked: set[str], language: str) -> Person:
    """The guardian allows it: records permission, and consent where the ward is too young for it; gives the guardian, who can sign in now.

    Raises Forbidden for a link that is not good, Invalid for a box not ticked, Refused when a minor would be the guardian.
    """
    request, ward = find(uow, presented)
    wanted = asked_for(uow, ward)
    lacking = {kind: [TICK[kind]] for kind in wanted if kind not in ticked}
    if lacking:
        raise Invalid(lacking)
    request.answer_with(GIVEN, presented.partition(".")[2], uow.now)
    guardian = _account_of(uow, ward, language)
    for kind in wanted:
        commands.give(uow, ward, kind, role=GUARDIAN, by=guardian.id, way=LINK, language=language)
    mail_link(uow, guardian.id, HOME)
    return guardian


def decline(uow: UnitOfWork, presented: str) -> None:
    """The guardian says no: a permission that was on record ends, and no account is made."""
    request, ward = find(uow, presented)
    request.answer_with(DECLINED, presented.partition(".")[2], uow.now)
    if ward.guardian and ward.guardian.permission:
        commands.withdraw(uow, ward.id, PERMISSION, role=GUARDIAN)


def asked_for(uow: UnitOfWork, ward: Person) -> tuple[str, ...]:
    """What this ward's guardian is asked: the permission, and the consent too while the ward is too young to give it."""
    return (PERMISSION,) if consents_herself(uow, ward) else (PERMISSION, CONSENT)


def _guardian_of(ward: Person) -> Guardian:
    if ward.guardian is None or not ward.guardian.email:
        raise Refused("guardian-unknown", "No guardian is on record. Add a guardian's name and e-mail address, then record the permission.")
    if ward.guardian.email == ward.email:
        raise Refused("guardian-same", "The guardian's address is the mentee's own. Write the guardian's address, then try again.")
    return ward.guardian


def _account_of(uow: UnitOfWork, ward: Person, language: str) -> Person:
    """The guardian as a person: a new one, or whoever has the address already and is of age."""
    guardian = _guardian_of(ward)
    known = of_address(uow, guardian.email)
    if known is None:
        given, _, family = guardian.name.partition(" ")
        more = {"language": language, "time_zone": ward.time_zone, "programme_ids": ward.programme_ids, "ward_ids": (ward.id,)}
        return add_person(uow, email=guardian.email, given_name=given, family_name=family, roles=(GUARDIAN,), **more)
    person = uow.get(PEOPLE, known.id)
    if person.is_minor(uow.now.date()):
        raise Refused("guardian-minor", "This address belongs to somebody under 18, who cannot be a guardian. Ask the coordinator.")
    change_people(uow, [(person, _with_ward(person, ward))])
    return person


def _with_ward(person: Person, ward: Person) -> dict[str, tuple[str, ...]]:
    """Somebody who is more than a guardian stays in her own programmes: in others she would run them, or be matched there."""
    programmes = (*person.programme_ids, *ward.programme_ids) if set(person.roles) == {GUARDIAN} else person.programme_ids
    return {
        "roles": tuple(dict.fromkeys((*person.roles, GUARDIAN))),
        "ward_ids": tuple(dict.fromkeys((*person.ward_ids, ward.id))),
        "programme_ids": tuple(dict.fromkeys(programmes)),
    }


def forget(uow: UnitOfWork, person: Person) -> int:
    """Deletes what was asked about this person, and of her as a guardian; gives how much. Records of consent hold ids alone."""
    found = repository.about(uow, person.id, person.email)
    for request in found:
        uow.delete(REQUESTS, request.id)
        uow.unschedule(f"{MAIL}:{request.id}")
    return len(found)
