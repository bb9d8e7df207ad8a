"""The mails of the form: welcome, you are here already, and the link to go on later. None of them repeats what somebody typed."""

from email.message import EmailMessage
from pathlib import Path

from chassis import mail
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.letters import link_url
from pairing.accounts.model import LINK_LASTS
from pairing.accounts.repository import ACCOUNTS, LINKS
from pairing.intake.commands import key_of
from pairing.intake.model import DRAFT_LASTS, Application
from pairing.intake.repository import APPLICATIONS
from pairing.programmes.repository import PROGRAMMES
from ui.language import mark, translator
from ui.mail import compose

LOCALE = Path(__file__).parent.parent / "locale"
WELCOME = (
    mark("Your form for %(name)s has arrived"),
    mark("Thank you. Your form for %(programme)s has arrived, and you are on the list of those who wait for a match."),
)
KNOWN = (
    mark("You are here already: %(name)s"),
    mark("Somebody, probably you, filled in the form of %(programme)s with this address. You are here already, so nothing was changed."),
)
MINUTES = mark("This link signs you in once, for %(minutes)s minutes. On the sign-in page you can ask for another.")
NOT_ME = mark("If it was not you, you need not do anything.")


def mail_welcome(read: UnitOfWork, link_id: str, programme_id: str) -> bool:
    """Tells somebody who just came in; says whether the mail went out."""
    return _mail_link(read, link_id, programme_id, *WELCOME)


def mail_known(read: UnitOfWork, link_id: str, programme_id: str) -> bool:
    """Tells the owner of an address that is known already; says whether the mail went out."""
    return _mail_link(read, link_id, programme_id, *KNOWN)


def _mail_link(read: UnitOfWork, link_id: str, programme_id: str, subject: str, first: str) -> bool:
    link = read.find_one(LINKS, {"_id": link_id})
    if link is None or not link.account_id or link.used_at or link.expires_at <= read.now:
        return False
    account, text = read.get(ACCOUNTS, link.account_id), translator(read.get(ACCOUNTS, link.account_id).language, LOCALE)
    paragraphs = [
        text.say(first, programme=_programme(read, programme_id)),
        text.say(MINUTES, minutes=int(LINK_LASTS.total_seconds() // 60)),
        text.say(NOT_ME),
    ]
    return _send(
        read,
        compose(
            account.email,
            read.settings.mail_from,
            text.say(subject, name=read.settings.instance_name),
            paragraphs,
            language=account.language,
            message_id=f"<intake-{link.id}@{read.settings.instance}.fabconnect>",
            action=(text.say("Sign me in"), link_url(read.settings, link.id)),
        ),
    )


def mail_draft(read: UnitOfWork, application_id: str) -> bool:
    """Sends the link to a form that was begun, to the address in it; says whether the mail went out."""
    application = read.find_one(APPLICATIONS, {"_id": application_id})
    if application is None or not application.is_open(read.now) or not application.answers.get("email"):
        return False
    return _send(read, _draft_letter(read, application))


def _draft_letter(read: UnitOfWork, application: Application) -> EmailMessage:
    text, settings, programme = translator(application.language, LOCALE), read.settings, _programme(read, application.programme_id)
    address = f"{settings.public_url.rstrip('/')}/pairing/join/resume/{key_of(read, application.id)}?lang={application.language}"
    return compose(
        application.answers["email"][0],
        settings.mail_from,
        text.say("Go on with your form for %(name)s", name=settings.instance_name),
        [
            text.say("Your form for %(programme)s is kept for %(days)s days.", programme=programme, days=DRAFT_LASTS.days),
            text.say("Whoever has this link can read and change the form: do not pass it on."),
            text.say(NOT_ME),
        ],
        language=application.language,
        message_id=f"<form-{application.id}-{application.version}@{settings.instance}.fabconnect>",
        action=(text.say("Go on with my form"), address),
    )


def _programme(read: UnitOfWork, programme_id: str) -> str:
    found = read.find_one(PROGRAMMES, {"_id": programme_id})
    return found.name if found else read.settings.instance_name


def _send(read: UnitOfWork, message: EmailMessage) -> bool:
    try:
        mail.send(read.settings, message)
    except mail.MailRefused:
        return False
    return True
