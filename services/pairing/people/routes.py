"""API of people: list, show, import."""

from dataclasses import asdict, replace
from operator import itemgetter
from typing import Any

from chassis.web import answer_not_kept, api_blueprint, cursor_page, principal, unit
from pairing.people import commands, repository
from pairing.people.files import check_name
from pairing.people.headings import Reading
from pairing.people.imports import Plan, import_people, plan_import
from pairing.people.mapping import columns_of
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.people.schemas import (
    ImportArguments,
    ImportFile,
    ImportSchema,
    NewVettingSchema,
    PeopleArguments,
    PersonSchema,
    TrainingSchema,
)
from pairing.people.spreadsheet import MOST_BYTES
from pairing.programmes.commands import check_runs

bp = api_blueprint("people", service="pairing", prefix="")


@bp.get("/programmes/<id:programme_id>/people")
@bp.arguments(PeopleArguments, location="query")
@bp.response(200, cursor_page(PersonSchema))
def index(arguments: dict[str, Any], programme_id: str) -> list[Person]:
    """Mentors and mentees of a programme."""
    return repository.page(unit(), programme_id, arguments["after"], arguments["limit"], arguments["role"])


@bp.get("/people/<id:person_id>")
@bp.response(200, PersonSchema)
def show(person_id: str) -> Person:
    """One person; what staff noted about others is for staff alone."""
    person, who = unit().get(PEOPLE, person_id), principal()
    return person if who.has("coordinator") else replace(person, not_with=(), family="", pupils=())


@bp.post("/people/<id:person_id>/vettings")
@bp.arguments(NewVettingSchema)
@bp.response(200, PersonSchema)
def record_vetting(outcome: dict[str, Any], person_id: str) -> Person:
    """Record the outcome of a mentor's background check that the caller has looked at; the one before is kept. No document is taken."""
    return commands.record_vetting(unit(), person_id, **outcome)


@bp.post("/people/<id:person_id>/training")
@bp.arguments(TrainingSchema)
@bp.response(200, PersonSchema)
def record_training(training: dict[str, Any], person_id: str) -> Person:
    """Record the day on which a mentor did the data-protection training."""
    return commands.record_training(unit(), person_id, training["day"])


@bp.post("/imports")
@answer_not_kept
@bp.arguments(ImportArguments, location="query")
@bp.arguments(ImportFile, location="files")
@bp.response(200, ImportSchema)
def import_file(arguments: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Import a workbook or CSV file of mentors or mentees: rows without errors, in one go. The same file again changes nothing."""
    check_runs(principal().programmes, arguments["programme_id"])
    content = files["file"].read(MOST_BYTES + 1)
    check_name(files["file"].filename or "", content)
    reading = Reading(files["sheet"], columns_of(files["mapping"], arguments["role"]))
    plan = plan_import(unit(), arguments["programme_id"], arguments["role"], content, runs=principal().programmes, reading=reading)
    if arguments["confirm"]:
        import_people(unit(), plan)
    return shown(plan)


def shown(plan: Plan) -> dict[str, Any]:
    """The figures and findings of a plan, what it changes, and what it could not place."""
    added = [{"row": row, "change": "new", "columns": []} for row, _ in plan.added]
    changed = [{"row": row, "change": "changed", "columns": sorted(fields)} for row, _, fields in plan.changed]
    return {
        "good": plan.good,
        **asdict(plan.outcome),
        "changes": sorted(added + changed, key=itemgetter("row")),
        "unmapped": plan.unknown_headings,
        "sheets": plan.sheets,
        "errors": plan.errors,
        "warnings": plan.warnings,
    }
