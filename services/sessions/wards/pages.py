"""A guardian's page: when her wards meet, how, and with whom."""

from chassis.web import page_blueprint, principal, unit
from sessions.wards.repository import schedule_of
from ui import gettext as _
from ui import page

pages = page_blueprint("wards", service="sessions")


@pages.get("/wards")
def index() -> str:
    """The schedule: what comes first, then what was."""
    found = schedule_of(unit(), principal().id, _("somebody who left"))
    now = unit().now
    coming = [each for each in found if each.state == "planned" and each.ends_at is not None and each.ends_at > now]
    return page("wards/index.html", coming=coming[::-1], others=[each for each in found if each not in coming])
