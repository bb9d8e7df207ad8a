"""What a row of a file may change of a person who is known: nothing that staff recorded is lost, nothing of others' programmes changes."""

from dataclasses import replace
from typing import Any

from pairing.accounts.model import STAFF
from pairing.people.model import KEPT_OUTCOMES, Guardian, Person, Vetting


def is_elsewhere(person: Person, runs: frozenset[str], actor: str | None) -> bool:
    """Whether somebody else answers for this record: it belongs to a programme not among `runs`, or to other staff."""
    if person.id == actor:
        return False
    theirs = set(person.programme_ids)
    return bool(theirs - runs) or (not STAFF.isdisjoint(person.roles) and not theirs & runs)


def settled(person: Person, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that a row brings to this person: an empty cell takes no day away that says since when she may or waits."""
    brought = dict(fields)
    for name in ("joined_on", "data_protection_training"):
        if brought.get(name, "") is None:
            del brought[name]
    if "guardian" in brought:
        brought["guardian"] = _guardian(person.guardian, brought["guardian"])
    if "vetting" in brought:
        brought |= _vetting(person, brought.pop("vetting"))
    return brought


def _guardian(known: Guardian | None, brought: Guardian | None) -> Guardian | None:
    """The same guardian keeps the permission that was given."""
    if known and brought and brought.permission is None and brought.email == known.email:
        return replace(brought, permission=known.permission)
    return brought


def _vetting(person: Person, brought: Vetting | None) -> dict[str, Any]:
    """What staff recorded gives way to a later check only; what came from a file gives way to the file."""
    known = person.vetting
    if known is None:
        return {"vetting": brought}
    recorded = bool(known.checked_by)
    if recorded and (brought is None or brought.issued <= known.issued):
        return {}
    if brought is None or brought == known:
        return {"vetting": brought}
    return {"vetting": brought, "vetting_history": (known, *person.vetting_history)[:KEPT_OUTCOMES]}
