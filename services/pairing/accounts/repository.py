"""Accounts, sign-in links and sign-ins in the database; links and sign-ins leave it by themselves after their time."""

from datetime import datetime

from pymongo import UpdateOne

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import STAFF, Account, SignIn, SignInLink, address

KEPT_SECONDS = 24 * 60 * 60

ACCOUNTS = Collection("accounts", Account, indexes=(Index("email", unique=True), Index("roles")))
LINKS = Collection("sign_in_links", SignInLink, indexes=(Index("account_id", "expires_at"), Index("expires_at", expire_after=KEPT_SECONDS)))
SIGN_INS = Collection("sign_ins", SignIn, indexes=(Index("account_id"), Index("expires_at", expire_after=0)))

COLLECTIONS = (ACCOUNTS, LINKS, SIGN_INS)


def of_address(uow: UnitOfWork, email: str) -> Account | None:
    """The account with this e-mail address, or none."""
    return uow.find_one(ACCOUNTS, {"email": address(email)})


def staff(uow: UnitOfWork) -> list[Account]:
    """Everybody with a role of staff, by e-mail address."""
    return uow.find(ACCOUNTS, {"roles": {"$in": sorted(STAFF)}}, sort=[("email", 1)], limit=500)


def open_links(uow: UnitOfWork, account_id: str, now: datetime) -> int:
    """How many links that were asked for this account are not too old yet."""
    return uow.count(LINKS, {"account_id": account_id, "expires_at": {"$gt": now}, "invites": {"$ne": True}})


def links_of(uow: UnitOfWork, account_id: str) -> list[SignInLink]:
    """The links of an account that were not used."""
    return uow.find(LINKS, {"account_id": account_id, "used_at": None})


def sign_ins_of(uow: UnitOfWork, account_id: str) -> list[SignIn]:
    """The sign-ins of an account that have not been revoked."""
    return uow.find(SIGN_INS, {"account_id": account_id, "revoked_at": None})


def hold(uow: UnitOfWork, account_id: str) -> None:
    """Has a change of this account at this very moment wait: one of both is repeated with what the other wrote."""
    uow.write(ACCOUNTS.name, UpdateOne({"_id": account_id}, {"$set": {"held": uow.new_id()}}))


def active_with(uow: UnitOfWork, role: str) -> list[str]:
    """The ids of everybody with this role whose account is open."""
    return [account.id for account in uow.find(ACCOUNTS, {"roles": role, "state": "active"}, sort=[("_id", 1)])]
