"""API of signing in: ask for a link, change its token for a bearer token, renew, sign out."""

from typing import Any

from chassis.web import answer_not_kept, api_blueprint, local_path, posted, principal, sensitive, unit
from pairing.accounts import commands
from pairing.accounts.schemas import AdmissionSchema, LinkTokenSchema, RenewalTokenSchema, SignInLinkSchema

links = api_blueprint("sign_in_links", service="pairing", prefix="sign-in-links")
tokens = api_blueprint("tokens", service="pairing")


@links.post("")
@sensitive(commands.ASKS_PER_CALLER)
@sensitive(commands.ASKS_PER_ADDRESSEE, key=posted("email"))
@links.arguments(SignInLinkSchema)
@links.response(202)
def ask(asked: dict[str, Any]) -> None:
    """Ask for a one-time sign-in link by e-mail; the answer is the same whether somebody has the address or not."""
    commands.ask_for_link(unit(), asked["email"], local_path(asked["next"], commands.HOME))


@tokens.post("")
@answer_not_kept
@sensitive(commands.ASKS_PER_CALLER)
@tokens.arguments(LinkTokenSchema)
@tokens.response(200, AdmissionSchema)
def redeem(presented: dict[str, Any]) -> dict[str, Any]:
    """Change the token of a one-time link for a bearer token; the link is used up."""
    admission, _ = commands.redeem(unit(), presented["token"])
    return _shown(admission)


@tokens.post("/renew")
@answer_not_kept
@sensitive("120 per 15 minutes")
@tokens.arguments(RenewalTokenSchema)
@tokens.response(200, AdmissionSchema)
def renew(presented: dict[str, Any]) -> dict[str, Any]:
    """Get a fresh bearer token with the present roles and programmes."""
    return _shown(commands.renew(unit(), presented["renewal_token"]))


@tokens.delete("")
@tokens.response(204)
def sign_out() -> None:
    """Sign out: the renewal token works no more."""
    commands.sign_out(unit(), principal().sid)


def _shown(admission: commands.Admission) -> dict[str, Any]:
    return {
        "access_token": admission.access_token,
        "expires_in": commands.TOKEN_MINUTES * 60,
        "renewal_token": admission.renewal_token,
    }
