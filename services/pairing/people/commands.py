"""Adding people and keeping their accounts in step: the only writer of people."""

from datetime import date
from typing import Any

from chassis.errors import Invalid, Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.commands import HOME, mail_link
from pairing.accounts.model import Account, address
from pairing.accounts.repository import ACCOUNTS, of_address
from pairing.pairings import watching
from pairing.people import repository
from pairing.people.choices import RENEWAL_MONTHS
from pairing.people.model import PASSED, Person, Vetting
from pairing.people.repository import NAMING, PEOPLE
from ui.language import mark

NOT_YET = mark("This day has not come yet. Check the date.")
NO_END = mark("Write until when this check is valid.")
ENDS_BEFORE = mark("The background check ends before it was issued. Check both dates.")

SAFEGUARDED = frozenset(
    {"birth_date", "vetting", "data_protection_training", "guardian", "consent_withdrawn", "family", "pupils", "not_with"}
    | {"email", "ward_ids"}
)
"""Facts that the safeguarding gate reads: when one changes, running pairings are judged again."""


def add_person(uow: UnitOfWork, **fields: Any) -> Person:
    """A new person with an account of the same id, who waits from today if not from before; an address that is known is refused (409)."""
    person = Person(id=uow.new_id(), **{**fields, "joined_on": fields.get("joined_on") or uow.now.date()})
    _hold_named(uow, fields)
    uow.add(PEOPLE, person)
    uow.emit(person, person.changed())
    uow.add(ACCOUNTS, account_of(person))
    return person


def change_people(uow: UnitOfWork, changes: list[tuple[Person, dict[str, Any]]]) -> None:
    """Takes over new fields of people; their accounts follow."""
    accounts = uow.get_many(ACCOUNTS, (person.id for person, _ in changes))
    _hold_named(uow, *(different for _, different in changes))
    for person, different in changes:
        uow.emit(person, person.change(**different))
        follow(accounts[person.id], person)
    watching.reconsider(uow, *(person.id for person, different in changes if not SAFEGUARDED.isdisjoint(different)))


def _hold_named(uow: UnitOfWork, *written: dict[str, Any]) -> None:
    """Whoever is named by her address and erased at this very moment is gone before, or erased with what is written here."""
    named = {email for fields in written for name in NAMING for email in fields.get(name, ())}
    named |= {fields["guardian"].email for fields in written if fields.get("guardian")}
    if named:
        repository.hold(uow, named)


def account_of(person: Person) -> Account:
    """The account that lets this person sign in."""
    return Account(
        id=person.id,
        email=person.email,
        roles=person.roles,
        language=person.language,
        time_zone=person.time_zone,
        programmes=person.programme_ids,
    )


def follow(account: Account, person: Person) -> None:
    """Brings an account up to what its person is now; whether it is closed stays."""
    account.email, account.roles, account.programmes = person.email, person.roles, person.programme_ids
    account.language, account.time_zone = person.language, person.time_zone


def enrolled(person: Person, programme_id: str, role: str) -> dict[str, tuple[str, ...]]:
    """The roles and programmes of this person once they take part in the programme too."""
    return {
        "roles": tuple(dict.fromkeys((*person.roles, role))),
        "programme_ids": tuple(dict.fromkeys((*person.programme_ids, programme_id))),
    }


def invite_staff(uow: UnitOfWork, *, email: str, **fields: Any) -> Person:
    """A new member of staff, who gets an invitation with a sign-in link by e-mail; raises Refused when somebody has the address."""
    person = add_staff(uow, email=email, **fields)
    mail_link(uow, person.id, HOME, invites=True)
    return person


def add_staff(uow: UnitOfWork, *, email: str, **fields: Any) -> Person:
    """A new member of staff; raises Refused when somebody has the address."""
    if of_address(uow, email):
        raise Refused("address-taken", "%(email)s has an account already. Look it up in the list.", email=address(email))
    return add_person(uow, email=address(email), **fields)


def run_programme(uow: UnitOfWork, person_id: str, programme_id: str) -> None:
    """Lets a member of staff run the programme."""
    person = uow.get(PEOPLE, person_id)
    if programme_id not in person.programme_ids:
        change_people(uow, [(person, {"programme_ids": (*person.programme_ids, programme_id)})])


def record_vetting(uow: UnitOfWork, person_id: str, *, type: str, issued: date, expires: date | None, result: str) -> Person:
    """The outcome of a check of a mentor that the acting member of staff has looked at; raises Refused, Invalid. The one before is kept."""
    person = _mentor(uow, person_id)
    if person.id == uow.actor:
        raise Refused("own-vetting", "Nobody records their own background check. Ask another coordinator to look at it.")
    if result == PASSED:
        expires = expires or usual_end(type, issued)
    _check_days(issued, expires, result, uow.now.date())
    ends = expires if result == PASSED and expires else issued
    uow.emit(person, person.record_vetting(Vetting(type, issued, ends, result, uow.actor or "")))
    watching.reconsider(uow, person.id)
    return person


def usual_end(type: str, issued: date) -> date | None:
    """The last valid day of a check that is renewed as usual; none where there is no such use."""
    if type not in RENEWAL_MONTHS:
        return None
    year = issued.year + RENEWAL_MONTHS[type] // 12
    return issued.replace(year=year, day=28 if (issued.month, issued.day) == (2, 29) else issued.day)


def _check_days(issued: date, expires: date | None, result: str, today: date) -> None:
    if issued > today:
        raise Invalid({"issued": [NOT_YET]})
    if result == PASSED and expires is None:
        raise Invalid({"expires": [NO_END]})
    if result == PASSED and expires is not None and expires <= issued:
        raise Invalid({"expires": [ENDS_BEFORE]})


def record_training(uow: UnitOfWork, person_id: str, day: date) -> Person:
    """The day on which a mentor did the data-protection training; raises Refused, Invalid."""
    person = _mentor(uow, person_id)
    if day > uow.now.date():
        raise Invalid({"day": [NOT_YET]})
    uow.emit(person, person.change(data_protection_training=day))
    watching.reconsider(uow, person.id)
    return person


def _mentor(uow: UnitOfWork, person_id: str) -> Person:
    person = uow.get(PEOPLE, person_id)
    if "mentor" not in person.roles:
        raise Refused("not-a-mentor", "This person is not a mentor. Only mentors have a background check and a training.")
    return person
