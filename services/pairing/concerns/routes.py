"""API of concerns: raise one, and follow one's own. Safeguarding leads read concerns on their pages alone."""

from typing import Any

from chassis.web import PageArguments, api_blueprint, cursor_page, principal, sensitive, unit
from pairing.concerns import commands, people
from pairing.concerns.own import OwnConcern, own_view
from pairing.concerns.pages import MOST_OFTEN
from pairing.concerns.repository import page_of
from pairing.concerns.schemas import ConcernSchema, OwnConcernSchema

bp = api_blueprint("concerns", service="pairing")


@bp.get("")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(OwnConcernSchema))
def index(arguments: dict[str, Any]) -> list[OwnConcern]:
    """Your own concerns: where they stand, and what the safeguarding lead lets you know."""
    found = page_of(unit(), principal().id, arguments["after"], arguments["limit"])
    return [own_view(unit(), concern) for concern in found]


@bp.post("")
@sensitive(MOST_OFTEN)
@bp.arguments(ConcernSchema)
@bp.response(201, OwnConcernSchema)
def raise_concern(said: dict[str, Any]) -> OwnConcern:
    """Raise a concern: it goes to the safeguarding leads alone. In danger, call 112: nobody watches this day and night."""
    me, urgent = principal().id, said.pop("urgent")
    concern = commands.raise_concern(unit(), unit().new_id(), me, people.content(unit(), me, **said), urgent=urgent)
    return own_view(unit(), concern)
