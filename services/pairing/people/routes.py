"""API of people: list, show, import."""

from dataclasses import asdict
from typing import Any

from chassis.web import answer_not_kept, api_blueprint, cursor_page, principal, unit
from pairing.people import repository
from pairing.people.imports import Plan, import_people, plan_import
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.people.schemas import ImportArguments, ImportFile, ImportSchema, PeopleArguments, PersonSchema
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
    """One person."""
    return unit().get(PEOPLE, person_id)


@bp.post("/imports")
@answer_not_kept
@bp.arguments(ImportArguments, location="query")
@bp.arguments(ImportFile, location="files")
@bp.response(200, ImportSchema)
def import_file(arguments: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Import a CSV file of mentors or mentees: rows without errors, in one go. The same file again changes nothing."""
    check_runs(principal().programmes, arguments["programme_id"])
    content = files["file"].read(MOST_BYTES + 1)
    plan = plan_import(unit(), arguments["programme_id"], arguments["role"], content)
    if arguments["confirm"]:
        import_people(unit(), plan)
    return shown(plan)


def shown(plan: Plan) -> dict[str, Any]:
    """The figures and findings of a plan."""
    return {"good": plan.good, **asdict(plan.outcome), "errors": plan.errors, "warnings": plan.warnings}
