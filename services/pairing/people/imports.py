"""Importing people from a file: what it would do, and doing it in one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import STAFF
from pairing.consents.repository import taken_back
from pairing.people import repository
from pairing.people.commands import add_person, change_people, enrolled
from pairing.people.draft import Outcome
from pairing.people.files import open_file
from pairing.people.findings import Finding, found
from pairing.people.headings import AS_NAMED, Heading, Reading, headings
from pairing.people.intake import Entry, Intake, parse_rows
from pairing.people.merging import is_elsewhere, settled
from pairing.people.model import SPOKEN, Person
from pairing.people.repository import NAMING
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES

OTHER = {"mentor": "mentee", "mentee": "mentor"}


@dataclass
class Plan:
    """What an import would do: rows with people to add, rows with people to change and their new fields, and how many stay as they are."""

    programme: Programme
    role: str
    errors: list[Finding]
    warnings: list[Finding]
    headings: list[Heading]
    sheets: tuple[str, ...]
    sheet: str
    added: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    changed: list[tuple[int, Person, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def good(self) -> int:
        """How many rows can be imported."""
        return len(self.added) + len(self.changed) + self.unchanged

    @property
    def outcome(self) -> Outcome:
        """The plan in figures."""
        return Outcome(created=len(self.added), updated=len(self.changed), unchanged=self.unchanged)

    @property
    def unknown_headings(self) -> list[Heading]:
        """The headings of which nobody has said what they are."""
        return [heading for heading in self.headings if heading.column is None]


def plan_import(
    uow: UnitOfWork,
    programme_id: str,
    role: str,
    content: bytes,
    *,
    runs: frozenset[str],
    reading: Reading = AS_NAMED,
    today: date | None = None,
) -> Plan:
    """Compares a file with the people who are known, by e-mail address; writes nothing. Raises Invalid when it cannot be read at all.

    `runs` are the programmes of whoever imports: what others answer for stays as it is.
    """
    programme = uow.get(PROGRAMMES, programme_id)
    sheet = open_file(content, role, reading.sheet)
    intake = parse_rows(sheet, role, today or uow.now.date(), reading)
    found_headings = headings(sheet, role, reading)
    plan = Plan(programme, role, list(intake.errors), list(intake.warnings), found_headings, sheet.sheets, sheet.sheet)
    known = repository.of_addresses(uow, (entry.fields["email"] for entry in intake.entries))
    refused = taken_back(uow, [person.id for person in known.values() if not (person.guardian and person.guardian.permission)])
    for entry in intake.entries:
        person = known.get(entry.fields["email"])
        entry = _without_own_check(plan, entry) if person and person.id == uow.actor else entry
        entry = _without_permission(plan, entry) if person and person.id in refused else entry
        _plan_entry(plan, entry, person, runs, uow.actor)
    plan.warnings += _unknown(uow, plan, intake)
    for findings in (plan.errors, plan.warnings):
        findings.sort(key=lambda finding: finding.row)
    return plan


def _plan_entry(plan: Plan, entry: Entry, person: Person | None, runs: frozenset[str], actor: str | None) -> None:
    if person is None:
        plan.added.append((entry.row, {"language": plan.programme.language, **entry.fields, **_language(entry)}))
        return
    taken = other_role(plan.role, person)
    brought = person.differs(**settled(person, entry.fields), **_language(entry))
    different = brought | person.differs(**enrolled(person, plan.programme.id, plan.role))
    if taken:
        plan.errors.append(found(entry.row, "email", entry.fields["email"], "email-other-role", role=taken))
    elif brought and is_elsewhere(person, runs, actor):
        plan.errors.append(found(entry.row, "email", entry.fields["email"], "email-elsewhere"))
    elif different:
        plan.changed.append((entry.row, person, different))
    else:
        plan.unchanged += 1


def _without_own_check(plan: Plan, entry: Entry) -> Entry:
    """The row of whoever imports without her background check, which somebody else has to look at."""
    if entry.fields.get("vetting"):
        plan.warnings.append(found(entry.row, "vetting_type", "", "vetting-own"))
    return Entry(entry.row, {name: value for name, value in entry.fields.items() if name != "vetting"})


def _without_permission(plan: Plan, entry: Entry) -> Entry:
    """The row without a permission that the guardian has taken back or refused, which no file gives again."""
    guardian = entry.fields.get("guardian")
    if guardian is None or guardian.permission is None:
        return entry
    plan.warnings.append(found(entry.row, "guardian_permission", str(guardian.permission), "permission-taken-back"))
    return Entry(entry.row, {**entry.fields, "guardian": replace(guardian, permission=None)})


def other_role(role: str, person: Person) -> str:
    """The role that keeps this person from having `role`, or "": nobody is mentor and mentee, no member of staff is a mentee."""
    taken = {OTHER[role]} if role == "mentor" else {OTHER[role], *STAFF}
    return next((held for held in person.roles if held in taken), "")


def _language(entry: Entry) -> dict[str, str]:
    """The language to write in: the first of the person's own that the system speaks, if it speaks any."""
    spoken = next((code for code in entry.fields["languages"] if code in SPOKEN), "")
    return {"language": spoken} if spoken else {}


def _unknown(uow: UnitOfWork, plan: Plan, intake: Intake) -> Iterator[Finding]:
    """Addresses that name nobody: wishes for the other role of the programme, people to be kept apart. None before others are here."""
    named = {email for entry in intake.entries for name in NAMING for email in entry.fields.get(name, ())}
    if not named or not repository.count(uow, plan.programme.id, OTHER[plan.role]):
        return
    known = repository.of_addresses(uow, named)
    here = {email for email, person in known.items() if plan.programme.id in person.programme_ids and OTHER[plan.role] in person.roles}
    anybody = known.keys() | {entry.fields["email"] for entry in intake.entries}
    for entry in intake.entries:
        for name in NAMING:
            code, meant = ("wish-unknown", here) if name == "wishes" else ("other-unknown", anybody)
            yield from (found(entry.row, name, email, code, email=email) for email in entry.fields.get(name, ()) if email not in meant)


def import_people(uow: UnitOfWork, plan: Plan) -> Outcome:
    """Carries the plan out: adds and changes people and their accounts. Who is as before gets no new version and no event.

    Raises Refused when the programme is coming to its end.
    """
    plan.programme.check_before_closing()
    for _, fields in plan.added:
        add_person(uow, **fields, roles=(plan.role,), programme_ids=(plan.programme.id,))
    change_people(uow, [(person, different) for _, person, different in plan.changed])
    return plan.outcome
