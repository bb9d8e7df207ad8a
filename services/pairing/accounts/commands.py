"""Signing in and out, and opening accounts: the only writer of accounts, links and sign-ins."""

import secrets
from dataclasses import dataclass

from chassis.auth import token_for
from chassis.errors import Forbidden, Refused
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import (
    INVITATION_LASTS,
    LINK_LASTS,
    LINKS_AT_ONCE,
    Account,
    SignIn,
    SignInLink,
    closed,
    hashed,
    link_token,
    signed_out,
    unknown_link,
)
from pairing.accounts.repository import ACCOUNTS, LINKS, SIGN_INS, active_with, hold, links_of, of_address, open_links, sign_ins_of

TOKEN_MINUTES = 30
HOME = "/pairing/"
ASKS_PER_CALLER, ASKS_PER_ADDRESSEE = "300 per 15 minutes", "5 per 15 minutes"
"""How often one network address may try to sign in (a whole class sits behind one), and how often one e-mail address may be asked for."""


@dataclass(frozen=True)
class Admission:
    """What somebody gets who signed in: a short access token, and what renews it until `sign_in` ends."""

    account: Account
    sign_in: SignIn
    access_token: str
    renewal_token: str


def ask_for_link(uow: UnitOfWork, email: str, next_path: str) -> None:
    """Has a one-time link mailed, if somebody has this address. Does the same work if not, so that nobody learns who takes part."""
    account = of_address(uow, email)
    account_id = account.id if account and account.state == "active" else ""
    if open_links(uow, account_id, uow.now) >= LINKS_AT_ONCE:
        account_id = ""
    mail_link(uow, account_id, next_path)


def mail_link(uow: UnitOfWork, account_id: str, next_path: str, *, invites: bool = False) -> None:
    """Has a new one-time link mailed to its account; with `invites` the mail is the invitation of a member of staff."""
    link = make_link(uow, account_id, next_path)
    if invites:
        link.invites, link.expires_at = True, uow.now + INVITATION_LASTS
    uow.schedule("mail-sign-in-link", uow.now, f"mail-sign-in-link:{link.id}", link_id=link.id)


def make_link(uow: UnitOfWork, account_id: str, next_path: str) -> SignInLink:
    """A new one-time link for an account; its token follows from its id (`link_token`)."""
    id = uow.new_id()
    token = link_token(uow.settings.secret, id)
    return uow.add(
        LINKS, SignInLink(id=id, account_id=account_id, token_hash=hashed(token), expires_at=uow.now + LINK_LASTS, next_path=next_path)
    )


def mark_link_sent(uow: UnitOfWork, outcome: bool, link_id: str) -> None:
    """Notes that the mail with this link went out."""
    link = uow.find_one(LINKS, {"_id": link_id})
    if link and outcome:
        link.sent_at = uow.now


def redeem(uow: UnitOfWork, presented: str) -> tuple[Admission, str]:
    """Signs in with "<link id>.<token>"; gives the admission and the path to go on to. Raises Forbidden, with the remedy."""
    id, _, token = presented.partition(".")
    link = uow.find_one(LINKS, {"_id": id})
    if link is None:
        raise unknown_link()
    link.use(token, uow.now)
    return admit(uow, uow.get(ACCOUNTS, link.account_id)), link.next_path


def admit_staff(uow: UnitOfWork, email: str) -> Admission:
    """Signs in a member of staff whose address an identity provider has verified; raises Forbidden for everybody else."""
    account = of_address(uow, email)
    if account is None or not account.is_staff:
        raise Forbidden(
            "no-such-staff", "No member of staff has the address %(email)s here. Ask your administrator for an invitation.", email=email
        )
    return admit(uow, account)


def admit(uow: UnitOfWork, account: Account) -> Admission:
    """Starts a sign-in of this account."""
    if account.state != "active":
        raise closed()
    secret = secrets.token_urlsafe(32)
    sign_in = SignIn(id=uow.new_id(), account_id=account.id, secret_hash=hashed(secret), expires_at=uow.now + account.lasts())
    uow.add(SIGN_INS, sign_in)
    return Admission(account, sign_in, access_token(uow, account, sign_in.id), f"{sign_in.id}.{secret}")


def renew(uow: UnitOfWork, presented: str) -> Admission:
    """A fresh access token for "<sign-in id>.<secret>", with the account's present roles and programmes. Raises Forbidden."""
    id, _, secret = presented.partition(".")
    sign_in = uow.find_one(SIGN_INS, {"_id": id})
    if sign_in is None:
        raise signed_out()
    sign_in.check(secret, uow.now)
    account = uow.get(ACCOUNTS, sign_in.account_id)
    if account.state != "active":
        raise closed()
    return Admission(account, sign_in, access_token(uow, account, sign_in.id), presented)


def access_token(uow: UnitOfWork, account: Account, sid: str) -> str:
    """A signed token with what the account may do now."""
    return token_for(
        uow.settings,
        account.id,
        roles=account.roles,
        programmes=account.programmes,
        language=account.language,
        time_zone=account.time_zone,
        sid=sid,
        minutes=TOKEN_MINUTES,
    )


def sign_out(uow: UnitOfWork, sid: str) -> None:
    """Ends one sign-in; ending what is not there is fine. Access tokens live on for their last minutes."""
    sign_in = uow.find_one(SIGN_INS, {"_id": sid})
    if sign_in:
        sign_in.revoke(uow.now)


def close(uow: UnitOfWork, account_id: str) -> Account:
    """Closes an account and ends its sign-ins; nobody closes their own, and an administrator remains."""
    if account_id == uow.actor:
        raise Refused("own-account", "You cannot close your own account. Ask another administrator.")
    account = uow.get(ACCOUNTS, account_id)
    if "administrator" in account.roles:
        check_administrator_remains(uow, account_id)
    account.state = "closed"
    end_sign_ins(uow, account_id)
    return account


def check_administrator_remains(uow: UnitOfWork, without_id: str) -> None:
    """Passes, or raises Refused when nobody else is an administrator: two who let each other go at the same moment come one by one."""
    others = [id for id in active_with(uow, "administrator") if id != without_id]
    if not others:
        raise Refused("last-administrator", "Nobody else is an administrator here. Make somebody else one first, then try again.")
    for id in others:
        hold(uow, id)


def end_sign_ins(uow: UnitOfWork, account_id: str) -> None:
    """Signs somebody out everywhere, and takes back the links that were mailed; access tokens live on for their last minutes."""
    for sign_in in sign_ins_of(uow, account_id):
        sign_in.revoke(uow.now)
    for link in links_of(uow, account_id):
        uow.delete(LINKS, link.id)
