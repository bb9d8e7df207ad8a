"""The mails of data rights: a copy is ready, an erasure was asked for, an erasure is carried out and here is its certificate."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from chassis import mail
from chassis.unit_of_work import UnitOfWork
from pairing.data_rights.erasure import NO_WARD, RETENTION, WAITING, Erasure, certificate_name
from pairing.data_rights.model import Export
from pairing.data_rights.repository import ERASURES, EXPORTS
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from ui.formats import moment_text
from ui.language import Translator, translator
from ui.mail import compose

LOCALE = Path(__file__).parents[1] / "locale"
PATIENCE = timedelta(days=1)
"""How long an erasure waits for the mail server: the right does not hang on a mail."""
MY_DATA = "/pairing/my-data"


def mail_copy_ready(read: UnitOfWork, export_id: str) -> bool:
    """Tells the reader that the copy can be fetched; says whether the mail went out. One that is gone by now is passed over."""
    export = read.find_one(EXPORTS, {"_id": export_id})
    reader = read.get_many(PEOPLE, [export.reader_id]).get(export.reader_id) if export else None
    return export is not None and reader is not None and _send(read, copy_ready(read, reader, export))


def mail_erasure_asked(read: UnitOfWork, erasure_id: str) -> bool:
    """Tells the person that an erasure was asked for, and until when it can be taken back; says whether the mail went out."""
    erasure = read.find_one(ERASURES, {"_id": erasure_id})
    person = read.get_many(PEOPLE, [erasure.person_id]).get(erasure.person_id) if erasure else None
    if erasure is None or person is None or erasure.state != WAITING:
        return False
    return _send(read, erasure_asked(read, person, erasure))


def mail_certificate(read: UnitOfWork, erasure: Erasure) -> bool:
    """Sends the certificate's address while there is still an address to send it to; False when the mail server should be asked again.

    A mail that will never be taken must not keep the person from being erased; nor must a mail server that is away for longer than a day.
    """
    person = read.get_many(PEOPLE, [erasure.person_id]).get(erasure.person_id)
    if person is None:
        return True
    try:
        _send(read, certificate(read, person, erasure))
    except mail.MailUnavailable:
        return read.now - erasure.due_at >= PATIENCE
    return True


def copy_ready(read: UnitOfWork, reader: Person, export: Export) -> EmailMessage:
    """The mail that leads to the copy."""
    say, until = translator(reader.language, LOCALE), _moment(export.expires_at, reader)
    paragraphs = [
        say.gettext("The copy of the data that you asked for is ready."),
        say.say("You can fetch it until %(moment)s. Then it is deleted; you can ask for a new one at any time.", moment=until),
    ]
    lacking = say.gettext("One part of the system did not answer in time. The copy says which; you can ask again later.")
    paragraphs += [lacking] if export.lacking() else []
    subject, id = say.gettext("Your copy is ready"), f"copy-{export.id}-{export.state}"
    return _compose(read, reader, subject, paragraphs, id, (say.gettext("Fetch the copy"), MY_DATA))


def erasure_asked(read: UnitOfWork, person: Person, erasure: Erasure) -> EmailMessage:
    """The mail that says when, and how to take it back."""
    say, due = translator(person.language, LOCALE), _moment(erasure.due_at, person)
    paragraphs = [
        say.say("Your data in FabConnect will be erased on %(moment)s.", moment=due),
        *_why(say, erasure, person),
        say.gettext("Before that you can fetch a copy of it. Afterwards nobody can bring it back."),
    ]
    subject, id = say.gettext("Your data will be erased"), f"erasure-{erasure.id}"
    return _compose(read, person, subject, paragraphs, id, (say.gettext("See your data"), MY_DATA))


def _why(say: Translator, erasure: Erasure, person: Person) -> list[str]:
    if erasure.because == NO_WARD:
        told = say.gettext("The data of the young person you answered for was erased, so we do not need yours any more.")
        return [told, say.gettext("If you think better of it, you can take it back until then.")]
    if erasure.because == RETENTION:
        return [say.gettext("Your programme ended a while ago, and the time for which we keep its data is over.")]
    if erasure.asked_by == person.id:
        return [say.gettext("You asked for it. If you think better of it, you can take it back until then.")]
    return [say.gettext("A guardian or a coordinator asked for it on your behalf. If you do not want it, you can take it back until then.")]


def certificate(read: UnitOfWork, person: Person, erasure: Erasure) -> EmailMessage:
    """The last mail to this address."""
    say = translator(person.language, LOCALE)
    paragraphs = [
        say.gettext("Your data in FabConnect is being erased now, in every part of the system."),
        say.gettext("This page tells you what was erased and what has to stay. It shows no name and needs no sign-in: keep its address."),
        say.gettext("This is the last mail that you get from us. Thank you for having taken part."),
    ]
    path = f"/pairing/certificates/{certificate_name(read.settings.secret, erasure.id)}"
    action = (say.gettext("See the certificate"), path)
    return _compose(read, person, say.gettext("Your data is being erased"), paragraphs, f"certificate-{erasure.id}", action)


def _compose(read: UnitOfWork, person: Person, subject: str, paragraphs: list[str], id: str, action: tuple[str, str]) -> EmailMessage:
    """Sent twice, it is the same mail: its Message-ID follows from what it is about."""
    label, path = action
    return compose(
        person.email,
        read.settings.mail_from,
        subject,
        paragraphs,
        language=person.language,
        message_id=f"<{id}@{read.settings.instance}.fabconnect>",
        action=(label, f"{read.settings.public_url.rstrip('/')}{path}"),
    )


def _send(read: UnitOfWork, message: EmailMessage) -> bool:
    try:
        mail.send(read.settings, message)
    except (mail.MailRefused, ValueError):
        return False
    return True


def _moment(moment: datetime, person: Person) -> str:
    return moment_text(moment, person.language, person.time_zone)
