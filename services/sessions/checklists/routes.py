"""JSON API of checklists."""

from chassis.web import api_blueprint
from sessions.checklists.model import CURRENT, Checklist
from sessions.checklists.schemas import ChecklistSchema

bp = api_blueprint("checklists", service="sessions")


@bp.get("/current")
@bp.response(200, ChecklistSchema)
def current() -> Checklist:
    """The checklist that a mentor confirms before a session."""
    return CURRENT
