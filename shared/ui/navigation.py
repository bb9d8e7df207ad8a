"""The main menu: one table that says who sees which entry; every service shows the same menu."""

from collections.abc import Collection
from dataclasses import dataclass

from ui.language import mark

COORDINATORS = frozenset({"coordinator"})
ADMINISTRATORS = frozenset({"administrator"})
LEADS = frozenset({"safeguarding_lead"})
PARTICIPANTS = frozenset({"mentor", "mentee"})
STAFF = COORDINATORS | ADMINISTRATORS | LEADS
FAMILY = PARTICIPANTS | {"guardian"}


@dataclass(frozen=True)
class Entry:
    """One entry of the menu: its words (a message id), where it leads, which roles see it, and under which paths its pages lie."""

    label: str
    path: str
    roles: frozenset[str]
    holds: tuple[str, ...] = ()


MENU = (
    Entry(mark("Today"), "/pairing/", STAFF),
    Entry(mark("Home"), "/pairing/", FAMILY),
    Entry(mark("Concerns"), "/pairing/cases", LEADS, ("/pairing/cases",)),
    Entry(mark("People"), "/pairing/people", COORDINATORS, ("/pairing/people",)),
    Entry(mark("Matching"), "/pairing/matching", COORDINATORS, ("/pairing/matching", "/pairing/pairings")),
    Entry(mark("Sessions"), "/sessions/", COORDINATORS | FAMILY, ("/sessions",)),
    Entry(mark("Feedback"), "/feedback/", COORDINATORS | PARTICIPANTS, ("/feedback",)),
    Entry(mark("Reports"), "/notifications/reports", COORDINATORS | ADMINISTRATORS, ("/notifications/reports",)),
    Entry(mark("Staff"), "/pairing/staff", ADMINISTRATORS, ("/pairing/staff",)),
    Entry(mark("Messages"), "/notifications/messages", STAFF | FAMILY, ("/notifications/messages",)),
)

ROLE_NAMES = {
    "administrator": mark("Administrator"),
    "coordinator": mark("Coordinator"),
    "safeguarding_lead": mark("Safeguarding lead"),
    "mentor": mark("Mentor"),
    "mentee": mark("Mentee"),
    "guardian": mark("Guardian"),
}
"""Role to its name (a message id), the role that says most first."""


def menu(roles: Collection[str]) -> list[Entry]:
    """The entries that somebody with these roles sees, one per path."""
    entries: dict[str, Entry] = {}
    for entry in MENU:
        if entry.roles & set(roles):
            entries.setdefault(entry.path, entry)
    return list(entries.values())


def chooses_zone(roles: Collection[str]) -> bool:
    """Whether somebody with these roles chooses her zone by itself: staff, but not who gives it with her free times in a form."""
    return not STAFF.isdisjoint(roles) and PARTICIPANTS.isdisjoint(roles)


def current(entries: list[Entry], path: str) -> Entry | None:
    """The entry to which the page at this path belongs."""
    for entry in entries:
        if path == entry.path or any(path == place or path.startswith(f"{place}/") for place in entry.holds):
            return entry
    return None
