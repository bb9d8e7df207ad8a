"""Pages for administrators: who is staff and with which roles, invite, close an account."""

from typing import Any

from flask import redirect, request
from marshmallow import ValidationError

from chassis.errors import Invalid, Refused
from chassis.web import page_blueprint, principal, unit
from pairing.accounts import commands, repository
from pairing.accounts.schemas import RolesSchema, StaffSchema
from pairing.people.commands import invite_staff
from pairing.people.repository import PEOPLE
from pairing.people.staff import change_roles
from pairing.programmes.commands import check_runs
from pairing.programmes.repository import of_ids
from ui import gettext as _
from ui import page
from ui.language import mark

WRONG = {
    "email": mark("Write an e-mail address, like name@example.org."),
    "given_name": mark("Write a name of at most 200 characters."),
    "family_name": mark("Write a name of at most 200 characters."),
    "roles": mark("Choose at least one role."),
    "language": mark("Choose a language."),
    "programme_ids": mark("Choose among your own programmes."),
}
DONE = {
    "invited": mark("Invited. A sign-in link is on its way by e-mail; on the sign-in page they can ask for another at any time."),
    "closed": mark("The account is closed."),
    "roles": mark("The roles are changed. Who lost one is signed out; who got one has it after signing in again, or in half an hour."),
}

pages = page_blueprint("staff", service="pairing")


@pages.get("/staff")
def index() -> str:
    """Everybody with a role of staff, and the form to invite another."""
    return _render({}, {"language": principal().language, "roles": ["coordinator"], "programme_ids": []})


@pages.post("/staff")
def invite() -> Any:
    """Adds a member of staff and has a sign-in link mailed."""
    try:
        fields = StaffSchema().load(_form_data())
        check_runs(principal().programmes, *fields["programme_ids"])
        invite_staff(unit(), time_zone=principal().time_zone, **fields)
    except ValidationError as wrong:
        return _render({name: _(WRONG[name]) for name in WRONG if name in wrong.messages_dict}, _form_data()), 422
    except Refused as refused:
        return _render({"email": _(refused.message, **refused.params)}, _form_data()), 422
    return redirect("/pairing/staff?done=invited", 303)


@pages.post("/staff/<id:account_id>/roles")
def roles(account_id: str) -> Any:
    """Gives a member of staff the roles that are ticked, and takes the others."""
    try:
        wanted = RolesSchema().load({"roles": request.form.getlist("roles")})["roles"]
    except ValidationError as wrong:
        raise Invalid(wrong.normalized_messages()) from wrong
    change_roles(unit(), account_id, wanted)
    return redirect("/pairing/staff?done=roles", 303)


@pages.post("/staff/<id:account_id>/close")
def close(account_id: str) -> Any:
    """Closes an account; its owner is signed out everywhere within the life of a token."""
    commands.close(unit(), account_id)
    return redirect("/pairing/staff?done=closed", 303)


def _form_data() -> dict[str, Any]:
    texts = {name: request.form.get(name, "") for name in ("email", "given_name", "family_name", "language")}
    return texts | {name: request.form.getlist(name) for name in ("roles", "programme_ids")}


def _render(errors: dict[str, str], values: dict[str, Any]) -> str:
    accounts = repository.staff(unit())
    return page(
        "accounts/staff.html",
        accounts=accounts,
        people=unit().get_many(PEOPLE, (account.id for account in accounts)),
        programmes=of_ids(unit(), principal().programmes),
        done=DONE.get(request.args.get("done", "")),
        errors=errors,
        values=values,
    )
