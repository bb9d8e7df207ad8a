"""Says which heading of an uploaded file is which column, and remembers it for the next file."""

import json
from collections.abc import Iterable

from chassis.errors import Invalid
from chassis.unit_of_work import UnitOfWork
from pairing.people.columns import COLUMNS
from pairing.people.draft import Draft, Mapping
from pairing.people.headings import NOT_READ, Heading, names_of
from pairing.people.repository import MAPPINGS
from pairing.people.spreadsheet import column_name
from ui.language import mark

MOST_NAME = 200
TWICE = mark("This column is chosen twice. Choose it for one heading only.")
NO_COLUMN = mark("There is no such column. Choose one from the list.")
NO_MAPPING = mark("This is no mapping. Send a JSON object of headings and column names, with an empty name for what is not read.")
LACKING = mark("A column that is needed has no heading yet. Choose a heading for it, or add it to your file.")

Pairs = tuple[tuple[str, str], ...]


def remembered(uow: UnitOfWork, programme_id: str, role: str) -> dict[str, str]:
    """Which heading was which column in the last file of this role in this programme."""
    known = uow.find_one(MAPPINGS, {"_id": _key(programme_id, role)})
    return dict(known.columns) if known else {}


def as_before(uow: UnitOfWork, draft: Draft, found: Iterable[Heading]) -> None:
    """Reads a new file as the one before it, when that leaves no heading open; nothing is asked then."""
    before, unknown = remembered(uow, draft.programme_id, draft.role), [each for each in found if each.column is None]
    if unknown and all(each.name in before for each in unknown):
        draft.columns = tuple((each.name, before[each.name]) for each in unknown)


def set_columns(uow: UnitOfWork, draft: Draft, chosen: Pairs) -> None:
    """Takes over what each heading is, and keeps it for the next file. Raises Invalid, with the place of each wrong heading as its key."""
    check(draft.role, chosen)
    draft.columns = chosen
    kept = uow.find_one(MAPPINGS, {"_id": _key(draft.programme_id, draft.role)})
    if kept is None:
        kept = uow.add(MAPPINGS, Mapping(_key(draft.programme_id, draft.role)))
    kept.columns = tuple((name, column) for name, column in chosen if len(name) <= MOST_NAME)


def check(role: str, chosen: Pairs) -> None:
    """Raises Invalid unless every heading is one of our columns or not read, and every needed column is one heading."""
    wrong: dict[str, list[str]] = {}
    seen: set[str] = set()
    for place, (_, column) in enumerate(chosen):
        if column != NOT_READ and column not in names_of(role):
            wrong[str(place)] = [NO_COLUMN]
        elif column != NOT_READ and column in seen:
            wrong[str(place)] = [TWICE]
        seen.add(column)
    lacking = [column.name for column in COLUMNS[role] if column.required and column.name not in seen]
    if lacking:
        wrong["lacking"] = [LACKING]
    if wrong:
        raise Invalid(wrong)


def columns_of(text: str, role: str) -> dict[str, str]:
    """The mapping that a program sends: a JSON object of headings and column names, "" for a heading not to be read. Raises Invalid."""
    try:
        sent = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or not all(column == NOT_READ or column in names_of(role) for column in map(str, sent.values())):
        raise Invalid({"mapping": [NO_MAPPING]})
    return {column_name(heading): str(column) for heading, column in sent.items()}


def _key(programme_id: str, role: str) -> str:
    return f"{programme_id}:{role}"
