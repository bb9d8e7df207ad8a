"""The mails with the one-time sign-in link: to somebody who asked for it, and to invited staff."""

from email.message import EmailMessage
from pathlib import Path

from chassis import mail
from chassis.config import Settings
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import LINK_LASTS, Account, SignInLink, link_token
from pairing.accounts.repository import ACCOUNTS, LINKS
from ui.formats import moment_text
from ui.language import Translator, translator
from ui.mail import compose
from ui.navigation import ROLE_NAMES

LOCALE = Path(__file__).parent.parent / "locale"


def mail_sign_in_link(read: UnitOfWork, link_id: str) -> bool:
    """Sends the link to its account; says whether it went out. A link for nobody, used or too old is passed over."""
    link = read.find_one(LINKS, {"_id": link_id})
    if link is None or not link.account_id or link.used_at or link.expires_at <= read.now:
        return False
    try:
        mail.send(read.settings, letter(read.settings, read.get(ACCOUNTS, link.account_id), link))
    except mail.MailRefused:
        return False
    return True


def link_url(settings: Settings, link_id: str) -> str:
    """The address that signs its reader in, once."""
    return f"{settings.public_url.rstrip('/')}/pairing/sign-in/{link_id}.{link_token(settings.secret, link_id)}"


def letter(settings: Settings, account: Account, link: SignInLink) -> EmailMessage:
    """The mail in the account's language, an invitation where nobody asked for the link; sent twice, it is the same mail."""
    text = translator(account.language, LOCALE)
    subject, paragraphs = _invitation(settings, account, link, text) if link.invites else _answer(settings, text)
    return compose(
        account.email,
        settings.mail_from,
        subject,
        paragraphs,
        language=account.language,
        message_id=f"<sign-in-{link.id}@{settings.instance}.fabconnect>",
        action=(text.say("Sign me in"), link_url(settings, link.id)),
    )


def _answer(settings: Settings, text: Translator) -> tuple[str, list[str]]:
    """Subject and paragraphs for somebody who asked to sign in."""
    minutes = int(LINK_LASTS.total_seconds() // 60)
    return text.say("Your sign-in link for %(name)s", name=settings.instance_name), [
        text.say("Open this link and press the button there. It works once, for %(minutes)s minutes.", minutes=minutes),
        text.say("If you did not ask for it, you need not do anything: nobody can sign in without this mail."),
    ]


def _invitation(settings: Settings, account: Account, link: SignInLink, text: Translator) -> tuple[str, list[str]]:
    """Subject and paragraphs for a new member of staff."""
    roles = ", ".join(text.gettext(ROLE_NAMES[role]) for role in ROLE_NAMES if role in account.roles)
    address = f"{settings.public_url.rstrip('/')}/pairing/sign-in"
    until = moment_text(link.expires_at, account.language, account.time_zone)
    return text.say("You are invited to %(name)s", name=settings.instance_name), [
        text.say(
            "An administrator of %(name)s invites you to work with FabConnect, where mentors and mentees meet.", name=settings.instance_name
        ),
        text.say("You are to have this role there: %(roles)s.", roles=roles)
        if len(account.roles) == 1
        else text.say("You are to have these roles there: %(roles)s.", roles=roles),
        text.say("Open this link and press the button there. It works once, until %(moment)s.", moment=until),
        text.say("After that you can ask for another link at any time: %(address)s", address=address),
        text.say("If you do not know what this is about, you need not do anything: nobody can sign in without this mail."),
    ]
