"""Pages of a long list by cursor: stable while others insert, and the same cost for the last page as for the first."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from flask import g
from marshmallow import ValidationError, fields, post_load, pre_dump

from chassis.web.schemas import LARGEST, QueryInteger, Schema

LARGEST_PAGE, USUAL_PAGE, LONGEST_CURSOR = 200, 50, 1_000


class PageArguments(Schema):
    """Query arguments of a list: `limit` (1 to 200) and `cursor` as the page before gave it; the view gets `after` and `limit`."""

    limit = QueryInteger(min=1, max=LARGEST_PAGE, load_default=USUAL_PAGE)
    cursor = fields.String(load_default=None, metadata={"description": "`next` of the page before."})

    @post_load
    def start(self, arguments: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Puts the decoded cursor under `after`, and remembers the limit for the answer."""
        g.page_limit = arguments["limit"]
        cursor = arguments.pop("cursor")
        return {**arguments, "after": None if cursor is None else decoded(cursor)}


def cursor_page(item: type[Schema], key: Callable[[Any], Any] = attrgetter("id")) -> Schema:
    """The schema of one page: the view returns up to limit + 1 things, of which `limit` are shown.

    `key` gives of a thing what the next page starts after; text, number or a list of them.
    """

    class Page(Schema):
        items = fields.List(fields.Nested(item), required=True)
        next = fields.String(allow_none=True, required=True)

        @pre_dump
        def cut(self, found: Sequence[Any], **_: Any) -> dict[str, Any]:
            shown = list(found[: g.page_limit])
            return {"items": shown, "next": encoded(key(shown[-1])) if len(found) > len(shown) else None}

    return type(f"{item.__name__.removesuffix('Schema')}PageSchema", (Page,), {})()


def encoded(key: Any) -> str:
    """An opaque cursor that stands for `key`."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decoded(cursor: str) -> Any:
    """The key of a cursor; raises ValidationError when it is none of ours."""
    try:
        if len(cursor) > LONGEST_CURSOR or not cursor.isascii():
            raise ValueError("no cursor")
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not all(_storable(part) for part in (key if isinstance(key, list) else [key])) or encoded(key) != cursor:
            raise ValueError("no cursor")
    except (ValueError, RecursionError, binascii.Error):
        raise ValidationError({"cursor": ["Use `next` of the page before, unchanged, or leave it out."]}) from None
    return key


def _storable(part: Any) -> bool:
    """Whether the database can compare with this: a whole number of 64 bits, or text without half characters."""
    if isinstance(part, str):
        return not any("\ud800" <= character <= "\udfff" for character in part)
    return isinstance(part, int) and -LARGEST - 1 <= part <= LARGEST
