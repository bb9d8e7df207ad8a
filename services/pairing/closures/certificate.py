"""The certificate of having taken part in a pairing, as a PDF in any of the five languages."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel.dates import format_date

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.pairings.model import CLOSED, SAFEGUARDING, Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.pairings.safeguarding import today
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES
from ui import pdf
from ui.language import DEFAULT, LANGUAGES, LOCALES, mark, translator

PACKAGE = Path(__file__).parents[1]
TEMPLATE, LOCALE = PACKAGE / "templates" / "closures" / "certificate.typ", PACKAGE / "locale"

TITLE = mark("Certificate of participation")
AS_MENTOR = mark("took part in %(programme)s as a mentor.")
AS_MENTEE = mark("took part in %(programme)s as a mentee.")
PERIOD = mark("From %(begin)s to %(end)s")
NUMBER = mark("Certificate %(number)s")
GIVEN_OUT_BY = mark("Given out by %(instance)s, the organisation that ran the programme. It can confirm this certificate by its number.")


@dataclass(frozen=True)
class Certificate:
    """Everything that a certificate says of one person in one pairing."""

    person: Person
    pairing: Pairing
    programme: Programme
    instance: str

    @property
    def number(self) -> str:
        """A number by which its giver finds it again: the same for the same person and pairing, and telling nothing of either."""
        digest = hashlib.sha256(f"certificate/{self.pairing.id}/{self.person.id}".encode()).hexdigest().upper()
        return "-".join(digest[place : place + 4] for place in (0, 4, 8))


def is_due(pairing: Pairing) -> bool:
    """Whether its people have a certificate: it has ended, not for safeguarding, after at least one session."""
    return pairing.state == CLOSED and pairing.ending != SAFEGUARDING and pairing.course.sessions_held > 0


def certificate_of(uow: UnitOfWork, pairing_id: str, person_id: str) -> Certificate:
    """The certificate of one of a pairing; raises Forbidden when she is not in it, Refused when there is none (yet)."""
    pairing = uow.get(PAIRINGS, pairing_id)
    pairing.side_of(person_id)
    if not is_due(pairing):
        raise Refused("no-certificate", "There is a certificate once the pairing has ended with at least one session held. Come back then.")
    programme = uow.get(PROGRAMMES, pairing.programme_id)
    return Certificate(uow.get(PEOPLE, person_id), pairing, programme, uow.settings.instance_name)


def printed(certificate: Certificate, language: str) -> bytes:
    """The PDF in a language; one that is not among LANGUAGES gives English."""
    code = language if language in LANGUAGES else DEFAULT
    return pdf.render(TEMPLATE, values(certificate, code), language=code)


def values(certificate: Certificate, language: str) -> dict[str, object]:
    """What the template prints, in words of a language."""
    words, pairing, programme = translator(language, LOCALE), certificate.pairing, certificate.programme
    begun = min(pairing.accepted.values(), default=pairing.proposed_at) if pairing.begun_at is None else pairing.begun_at

    def day(moment: datetime) -> str:
        return str(format_date(today(programme, moment), "long", locale=LOCALES[language]))

    took_part = AS_MENTOR if certificate.person.id in pairing.mentor_ids else AS_MENTEE
    return {
        "title": words.gettext(TITLE),
        "instance": certificate.instance,
        "name": certificate.person.name,
        "took_part": words.say(took_part, programme=programme.name),
        "period": words.say(PERIOD, begin=day(begun), end=day(pairing.ended_at or pairing.proposed_at)),
        "sessions": words.say_number("%(num)s session held", "%(num)s sessions held", pairing.course.sessions_held),
        "number": words.say(NUMBER, number=certificate.number),
        "given_out_by": words.say(GIVEN_OUT_BY, instance=certificate.instance),
    }
