"""Importing people from a file: what it would do, and doing it in one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import STAFF
from pairing.people import repository
from pairing.people.commands import add_person, change_people, enrolled
from pairing.people.draft import Outcome
from pairing.people.findings import Finding, found
from pairing.people.intake import Entry, Intake, parse
from pairing.people.model import SPOKEN, Person
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES

OTHER = {"mentor": "mentee", "mentee": "mentor"}


@dataclass
class Plan:
    """What an import would do: people to add, people to change with their new fields, and how many stay as they are."""

    programme: Programme
    role: str
    errors: list[Finding]
    warnings: list[Finding]
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Person, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def good(self) -> int:
        """How many rows can be imported."""
        return len(self.added) + len(self.changed) + self.unchanged

    @property
    def outcome(self) -> Outcome:
        """The plan in figures."""
        return Outcome(created=len(self.added), updated=len(self.changed), unchanged=self.unchanged)


def plan_import(uow: UnitOfWork, programme_id: str, role: str, content: bytes, today: date | None = None) -> Plan:
    """Compares a file with the people who are known, by e-mail address; writes nothing. Raises Invalid when it cannot be read at all."""
    programme = uow.get(PROGRAMMES, programme_id)
    intake = parse(content, role, today or uow.now.date())
    plan = Plan(programme, role, list(intake.errors), list(intake.warnings))
    known = repository.of_addresses(uow, (entry.fields["email"] for entry in intake.entries))
    for entry in intake.entries:
        _plan_entry(plan, entry, known.get(entry.fields["email"]))
    plan.warnings += _unknown_wishes(uow, plan, intake)
    for findings in (plan.errors, plan.warnings):
        findings.sort(key=lambda finding: finding.row)
    return plan


def _plan_entry(plan: Plan, entry: Entry, person: Person | None) -> None:
    if person is None:
        plan.added.append(_settled(plan, entry.fields))
        return
    taken = _other_role(plan.role, person)
    if taken:
        plan.errors.append(found(entry.row, "email", entry.fields["email"], "email-other-role", role=taken))
        return
    different = person.differs(**_settled(plan, entry.fields), **enrolled(person, plan.programme.id, plan.role))
    if different:
        plan.changed.append((person, different))
    else:
        plan.unchanged += 1


def _other_role(role: str, person: Person) -> str:
    """The role that keeps this person from having `role`, or "": nobody is mentor and mentee, no member of staff is a mentee."""
    taken = {OTHER[role]} if role == "mentor" else {OTHER[role], *STAFF}
    return next((held for held in person.roles if held in taken), "")


def _settled(plan: Plan, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the language to write in: the first of the person's own that the system speaks, else the programme's."""
    language = next((code for code in fields["languages"] if code in SPOKEN), plan.programme.language)
    return {**fields, "language": language}


def _unknown_wishes(uow: UnitOfWork, plan: Plan, intake: Intake) -> Iterator[Finding]:
    """Wishes for people who are not in the programme; none as long as the other file has not been imported."""
    wished = {email for entry in intake.entries for email in entry.fields.get("wishes", ())}
    if not wished or not repository.count(uow, plan.programme.id, OTHER[plan.role]):
        return
    known = repository.of_addresses(uow, wished)
    here = {email for email, person in known.items() if plan.programme.id in person.programme_ids and OTHER[plan.role] in person.roles}
    for entry in intake.entries:
        for email in entry.fields.get("wishes", ()):
            if email not in here:
                yield found(entry.row, "wishes", email, "wish-unknown", email=email)


def import_people(uow: UnitOfWork, plan: Plan) -> Outcome:
    """Carries the plan out: adds and changes people and their accounts. Who is as before gets no new version and no event.

    Raises Refused when the programme is coming to its end.
    """
    plan.programme.check_before_closing()
    for fields in plan.added:
        add_person(uow, **fields, roles=(plan.role,), programme_ids=(plan.programme.id,))
    change_people(uow, plan.changed)
    return plan.outcome
