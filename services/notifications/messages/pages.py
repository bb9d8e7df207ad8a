"""The page on which a person finds what she was told."""

from flask import request

from chassis.web import page_blueprint, principal, unit
from notifications.messages import repository
from notifications.messages.reading import readable
from ui import page, reader

SHOWN = 20
FURTHEST_PAGE = 500

pages = page_blueprint("messages", service="notifications")


@pages.get("/messages")
def index() -> str:
    """The reader's messages, the newest first."""
    number = min(request.args.get("page", 1, type=int), FURTHEST_PAGE)
    skip = max(number - 1, 0) * SHOWN
    found = repository.newest_to(unit(), principal().id, skip, SHOWN)
    messages = readable(unit(), found[:SHOWN], principal().id, reader().language, reader().time_zone)
    return page("messages/index.html", messages=messages, number=max(number, 1), more=len(found) > SHOWN)
