"""What the cells of one row must be to each other: vetting dates, ages, guardians."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pairing.people.findings import Finding, found
from pairing.people.model import MAJORITY, PASSED, Guardian, Vetting, age

PLAUSIBLE_AGES = {"mentor": (16, 100), "mentee": (8, 35)}
PAST_DAYS = ("birth_date", "vetting_issued", "data_protection_training", "guardian_permission", "joined_on")
VETTING = ("vetting_type", "vetting_issued", "vetting_expires")
RESULT = "vetting_result"
OTHERS = ("not_with", "pupils")
GUARDIAN = ("guardian_name", "guardian_email", "guardian_permission")

Found = tuple[Finding, bool]


def check(role: str, row: int, fields: dict[str, Any], today: date) -> Iterator[Found]:
    """Yields each finding and whether it keeps the row out. Cells that are wrong by themselves are absent from `fields`."""
    for name in PAST_DAYS:
        if fields.get(name) and fields[name] > today:
            yield found(row, name, str(fields[name]), "day-future"), True
    for name in OTHERS:
        if fields.get("email") in fields.get(name, ()):
            yield found(row, name, fields["email"], "email-own"), True
    yield from _birth(role, row, fields, today)
    if role == "mentor":
        yield from _safeguarding(row, fields, today)
    else:
        yield from _guardian(row, fields, today)


def _birth(role: str, row: int, fields: dict[str, Any], today: date) -> Iterator[Found]:
    born = fields.get("birth_date")
    if not born or born > today:
        return
    least, most = PLAUSIBLE_AGES[role]
    if not least <= age(born, today) <= most:
        yield found(row, "birth_date", str(born), "birth-implausible", age=age(born, today), least=least, most=most), True


def _safeguarding(row: int, fields: dict[str, Any], today: date) -> Iterator[Found]:
    if fields.get("data_protection_training", today) is None:
        yield found(row, "data_protection_training", "", "training-none"), False
    if any(name not in fields for name in VETTING):
        return
    if not any(fields[name] for name in VETTING):
        yield found(row, "vetting_type", "", "vetting-none"), False
        return
    passed = fields.get(RESULT, PASSED) == PASSED
    for name in VETTING if passed else VETTING[:2]:
        if not fields[name]:
            yield found(row, name, "", "vetting-incomplete"), True
    if passed:
        yield from _validity(row, fields["vetting_issued"], fields["vetting_expires"], today)
    else:
        yield found(row, RESULT, str(fields[RESULT]), "vetting-not-passed"), False


def _validity(row: int, issued: date | None, expires: date | None, today: date) -> Iterator[Found]:
    if issued and expires and expires <= issued:
        yield found(row, "vetting_expires", str(expires), "vetting-order"), True
    elif expires and expires < today:
        yield found(row, "vetting_expires", str(expires), "vetting-lapsed"), False


def _guardian(row: int, fields: dict[str, Any], today: date) -> Iterator[Found]:
    born = fields.get("birth_date")
    if fields.get("guardian_email") and fields["guardian_email"] == fields.get("email"):
        yield found(row, "guardian_email", fields["guardian_email"], "guardian-same"), True
    if not born or age(born, today) >= MAJORITY:
        return
    lacking = [name for name in ("guardian_name", "guardian_email") if fields.get(name) == ""]
    for name in lacking:
        yield found(row, name, "", "guardian-missing"), True
    if not lacking and "guardian_permission" in fields and fields["guardian_permission"] is None:
        yield found(row, "guardian_permission", "", "guardian-permission"), False


def person_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """The row's cells as fields of a Person: the vetting cells become one value, and so do the guardian's."""
    made = {name: value for name, value in fields.items() if name not in (*VETTING, RESULT, *GUARDIAN)}
    if all(name in fields for name in VETTING):
        kind, issued, expires = (fields[name] for name in VETTING)
        result = fields.get(RESULT, PASSED)
        made["vetting"] = Vetting(kind, issued, expires if result == PASSED else issued, result) if kind else None
    if "guardian_email" in fields:
        guardian = Guardian(fields.get("guardian_name", ""), fields["guardian_email"], fields.get("guardian_permission"))
        made["guardian"] = guardian if guardian.email or guardian.name else None
    return made
