"""Opening a programme's form, and filling it in: start, save, come back later, send."""

import hmac
from typing import Any

from chassis.errors import Invalid, Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.commands import HOME, make_link
from pairing.accounts.model import LINKS_AT_ONCE, link_token
from pairing.accounts.repository import of_address, open_links
from pairing.consents import commands as consents
from pairing.consents import guardians
from pairing.consents.ages import consents_herself
from pairing.consents.model import CONSENT, FORM, PERSON
from pairing.intake import repository, steps
from pairing.intake.model import PURPOSE, Application, Entrance, new_token
from pairing.intake.repository import APPLICATIONS, ENTRANCES
from pairing.intake.waiting import waiting_in
from pairing.people.commands import add_person
from pairing.people.model import Person
from pairing.people.row_rules import person_fields
from pairing.programmes.commands import advance
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.stages import INTAKE, PLANNED

MAIL_WELCOME, MAIL_KNOWN, MAIL_DRAFT = "mail-welcome", "mail-known-applicant", "mail-draft-link"


def open_entrance(uow: UnitOfWork, programme_id: str, *, open: bool) -> Entrance:
    """Lets people in by the programme's form, or no more; its address is made the first time. Opening begins the intake."""
    entrance, programme = uow.find_one(ENTRANCES, {"_id": programme_id}), uow.get(PROGRAMMES, programme_id)
    if open and programme.state == PLANNED:
        advance(uow, programme_id, INTAKE)
    if entrance is None:
        entrance = uow.add(ENTRANCES, Entrance(id=programme_id, token=new_token()))
    entrance.switch(open=open)
    return entrance


def renew_address(uow: UnitOfWork, programme_id: str) -> Entrance:
    """Another address for the form, when the old one is in the wrong hands; forms that were begun go on under the new one."""
    entrance = uow.get(ENTRANCES, programme_id)
    entrance.renew()
    return entrance


def way_in(uow: UnitOfWork, token: str) -> Programme:
    """The programme that this address lets people into; raises Refused when it takes nobody in, or the address is not good."""
    entrance = repository.of_token(uow, token)
    if entrance is None:
        raise Refused("intake-unknown", "There is no form at this address. Ask for the link again.")
    programme = uow.get(PROGRAMMES, entrance.id)
    entrance.check(programme, uow.now.date())
    return programme


def start(uow: UnitOfWork, programme: Programme, role: str, language: str) -> tuple[Application, str]:
    """A new form, and "<id>.<token>", which opens it again."""
    application = Application(id=uow.new_id(), programme_id=programme.id, role=role, language=language, started_at=uow.now, expires_at=None)
    application.save({}, language, uow.now)
    uow.add(APPLICATIONS, application)
    return application, key_of(uow, application.id)


def key_of(uow: UnitOfWork, application_id: str) -> str:
    """What opens this form: nothing of it is stored, it follows from the id and the instance's secret."""
    return f"{application_id}.{link_token(uow.settings.secret, application_id, PURPOSE)}"


def begun(uow: UnitOfWork, presented: str, programme_id: str = "") -> Application | None:
    """The open form behind "<id>.<token>", of this programme if one is given; none when it is not good, too old or was sent."""
    id = presented.partition(".")[0]
    if not hmac.compare_digest(key_of(uow, id).encode("utf-8", "surrogatepass"), presented.encode("utf-8", "surrogatepass")):
        return None
    found = uow.find_one(APPLICATIONS, {"_id": id})
    return found if found and found.is_open(uow.now) and programme_id in ("", found.programme_id) else None


def address_of(uow: UnitOfWork, application: Application) -> str | None:
    """The present address of the form's programme; none when it takes nobody in."""
    entrance = uow.find_one(ENTRANCES, {"_id": application.programme_id})
    return entrance.token if entrance and entrance.open else None


def mail_draft(uow: UnitOfWork, application: Application, email: str) -> None:
    """Has the link to this form mailed to the address that was typed in it."""
    application.save({"email": [email]}, application.language, uow.now)
    uow.schedule(MAIL_DRAFT, uow.now, f"{MAIL_DRAFT}:{application.id}", application_id=application.id)


def ask_guardians(uow: UnitOfWork, programme: Programme) -> int:
    """Has every guardian asked who was not asked yet, nor too often today, in the mentee's language; gives how many."""
    lacking = [way.person for way in waiting_in(uow, programme)["mentee"] if "guardian_not_asked" in way.lacks]
    asked = [guardians.ask(uow, person.id, person.language) for person in lacking if not guardians.is_asked_often(uow, person)]
    return len(asked)


def done(uow: UnitOfWork, outcome: bool, **_: Any) -> None:
    """A mail went out or never will; nothing else is noted."""


def send(uow: UnitOfWork, application: Application) -> None:
    """Adds the person to the programme, has her and her guardian written to; who is here already gets a mail instead.

    Raises Invalid, with codes of findings by field, when something is wrong in any step.
    """
    reading = steps.read(application.role, application.answers, uow.now.date())
    if reading.wrong:
        raise Invalid({name: [finding.code] for name, finding in reading.wrong.items()})
    known = of_address(uow, reading.fields["email"])
    if known:
        application.send("", "", uow.now)
        _mail_link(uow, MAIL_KNOWN, known.id if known.state == "active" else "", application.programme_id)
        return
    fields = {name: value for name, value in reading.fields.items() if name not in steps.AGREE.fields}
    person = _add(uow, application, person_fields(fields))
    application.send(person.id, reading.fields["remark"], uow.now)
    _mail_link(uow, MAIL_WELCOME, person.id, application.programme_id)


def _mail_link(uow: UnitOfWork, job: str, account_id: str, programme_id: str) -> None:
    """Has a one-time link mailed with the words of this job; not more of them than a mailbox can bear."""
    if open_links(uow, account_id, uow.now) >= LINKS_AT_ONCE:
        account_id = ""
    link = make_link(uow, account_id, HOME)
    uow.schedule(job, uow.now, f"{job}:{link.id}", link_id=link.id, programme_id=programme_id)


def _add(uow: UnitOfWork, application: Application, fields: dict[str, Any]) -> Person:
    more = {"roles": (application.role,), "programme_ids": (application.programme_id,), "language": application.language}
    person = add_person(uow, **fields, **more)
    if consents_herself(uow, person):
        consents.give(uow, person, CONSENT, role=PERSON, by=person.id, way=FORM, language=application.language)
    if application.role == "mentee" and not person.has_permission(uow.now.date()) and not guardians.is_asked_often(uow, person):
        guardians.ask(uow, person.id, application.language)
    return person
