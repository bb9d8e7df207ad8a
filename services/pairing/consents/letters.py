"""The mail that asks a guardian, in the language of the form; what somebody else typed never stands in a header or makes a link."""

import re
from email.message import EmailMessage
from pathlib import Path

from chassis import mail
from chassis.config import Settings
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import link_token
from pairing.consents.repository import REQUESTS
from pairing.consents.request import LASTS, PURPOSE, GuardianRequest
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES
from ui.language import Translator, translator
from ui.mail import compose

LOCALE = Path(__file__).parent.parent / "locale"
PLAIN_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
LONGEST_NAME = 40


def mail_guardian(read: UnitOfWork, request_id: str) -> bool:
    """Sends the link to the guardian; says whether it went out. One that was answered, replaced or whose ward left is passed over."""
    request = read.find_one(REQUESTS, {"_id": request_id})
    ward = read.find_one(PEOPLE, {"_id": request.ward_id}) if request else None
    if request is None or ward is None or not request.is_open(read.now):
        return False
    programme = read.find_one(PROGRAMMES, {"_id": request.programme_id})
    try:
        mail.send(read.settings, letter(read.settings, request, ward, programme.name if programme else read.settings.instance_name))
    except mail.MailRefused:
        return False
    return True


def letter(settings: Settings, request: GuardianRequest, ward: Person, programme: str) -> EmailMessage:
    """The mail; sent twice, it is the same mail."""
    text = translator(request.language, LOCALE)
    address = f"{settings.public_url.rstrip('/')}/pairing/guardian/{key_of(settings, request)}?lang={request.language}"
    return compose(
        request.email,
        settings.mail_from,
        text.say("May your child take part in mentoring? %(name)s asks you", name=settings.instance_name),
        [
            text.say("%(child)s would like to take part in %(programme)s.", child=called(ward, text), programme=programme),
            text.say("Under 18 this needs a parent or guardian. The page behind the link says what it is about; there you say yes or no."),
            text.say("The link works for %(days)s days. If this is not about you, press “I do not agree” there.", days=LASTS.days),
        ],
        language=request.language,
        message_id=f"<guardian-{request.id}@{settings.instance}.fabconnect>",
        action=(text.say("Read it and answer"), address),
    )


def key_of(settings: Settings, request: GuardianRequest) -> str:
    """The end of the link's address: "<request id>.<token>"."""
    return f"{request.id}.{link_token(settings.secret, request.id, PURPOSE)}"


def called(ward: Person, text: Translator) -> str:
    """The ward's given name, if it is one: what could be read as an address or an advertisement becomes "your child"."""
    plain = len(ward.given_name) <= LONGEST_NAME and PLAIN_NAME.fullmatch(ward.given_name)
    return ward.given_name if plain else text.say("Your child")
