"""`python -m pairing sign-in-link`: a way in for the administrator of an instance that cannot send mail yet."""

import click

from chassis.config import Settings
from chassis.transaction import connect, transact
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.commands import HOME, make_link
from pairing.accounts.letters import link_url
from pairing.accounts.repository import of_address
from pairing.people.commands import add_staff

NOBODY = "Nobody has the address %s here, or the account is closed. Check the address, or use --administrator."


def link_for(uow: UnitOfWork, email: str) -> str:
    """The id of a new one-time link for this address; raises click.ClickException when nobody can sign in with it."""
    account = of_address(uow, email)
    if account is None or account.state != "active":
        raise click.ClickException(NOBODY % email)
    return make_link(uow, account.id, HOME).id


def link_for_administrator(uow: UnitOfWork, email: str) -> str:
    """The id of a new one-time link for the administrator with this address, who is added when nobody has it."""
    if of_address(uow, email):
        return link_for(uow, email)
    roles = ("administrator", "coordinator")
    person = add_staff(
        uow, email=email, given_name="Administrator", family_name="", roles=roles, language="en", time_zone="Europe/Amsterdam"
    )
    return make_link(uow, person.id, HOME).id


@click.command("sign-in-link")
@click.option("--administrator", is_flag=True, help="For the first administrator (ADMIN_EMAIL), who is added when lacking.")
@click.option("--email", help="For the person with this address.")
@click.pass_obj
def command(settings: Settings, administrator: bool, email: str | None) -> None:
    """Print a one-time sign-in link that works for 30 minutes."""
    if administrator == bool(email):
        raise click.UsageError("Say either --administrator or --email ADDRESS.")
    make, wanted = (link_for_administrator, settings.admin_email) if administrator else (link_for, email or "")
    with connect(settings) as client:
        id = transact(client[settings.database_name("pairing")], settings, "pairing", lambda uow: make(uow, wanted))
    click.echo(link_url(settings, id))
