"""What the API of accounts takes and gives."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from chassis.web.schemas import Choice, Identifier, Integer, Schema, Text
from pairing.people.cells import Wrong
from pairing.people.cells import email as read_email
from pairing.people.model import SPOKEN

INVITED = ("coordinator", "safeguarding_lead", "administrator")


def check_email(value: str) -> None:
    """Raises ValidationError unless this is an e-mail address."""
    try:
        read_email(value)
    except Wrong:
        raise ValidationError("This is not an e-mail address. Write it like name@example.org.") from None


class SignInLinkSchema(Schema):
    """Who wants to sign in, and where to go then."""

    email = Text(max=254, required=True, validate=check_email, metadata={"format": "email"})
    next = Text(max=500, load_default="")


class StaffSchema(Schema):
    """A member of staff to invite."""

    email = Text(max=254, required=True, validate=check_email)
    given_name = Text(min=1, max=200, required=True)
    family_name = Text(min=1, max=200, required=True)
    roles = fields.List(Choice(*INVITED), required=True, validate=validate.Length(min=1))
    language = Choice(*SPOKEN, required=True)
    programme_ids = fields.List(Identifier(), load_default=list)

    @post_load
    def settle(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Each role and programme once."""
        return loaded | {name: tuple(dict.fromkeys(loaded[name])) for name in ("roles", "programme_ids")}


class RolesSchema(Schema):
    """The roles that a member of staff is to have."""

    roles = fields.List(Choice(*INVITED), required=True, validate=validate.Length(max=len(INVITED)))

    @post_load
    def settle(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Each role once."""
        return loaded | {"roles": tuple(dict.fromkeys(loaded["roles"]))}


class LinkTokenSchema(Schema):
    """The token of a one-time link: what follows `/sign-in/` in it."""

    token = Text(max=200, required=True)


class RenewalTokenSchema(Schema):
    """The renewal token that came with the access token."""

    renewal_token = Text(max=200, required=True)


class AdmissionSchema(Schema):
    """A bearer token for the API of every service, valid for `expires_in` seconds, and what renews it."""

    access_token = Text(max=8192, dump_only=True)
    expires_in = Integer(dump_only=True)
    renewal_token = Text(max=200, dump_only=True)
