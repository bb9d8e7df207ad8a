"""The mail with the one-time sign-in link."""

from email.message import EmailMessage
from pathlib import Path

from chassis import mail
from chassis.config import Settings
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import LINK_LASTS, Account, SignInLink, link_token
from pairing.accounts.repository import ACCOUNTS, LINKS
from ui.language import translator
from ui.mail import compose

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
    """The mail in the account's language; sent twice, it is the same mail."""
    text = translator(account.language, LOCALE)
    lasts = int(LINK_LASTS.total_seconds() // 60)
    return compose(
        account.email,
        settings.mail_from,
        text.say("Your sign-in link for %(name)s", name=settings.instance_name),
        [
            text.say("Open this link and press the button there. It works once, for %(minutes)s minutes.", minutes=lasts),
            text.say("If you did not ask for it, you need not do anything: nobody can sign in without this mail."),
        ],
        language=account.language,
        message_id=f"<sign-in-{link.id}@{settings.instance}.fabconnect>",
        action=(text.say("Sign me in"), link_url(settings, link.id)),
    )
