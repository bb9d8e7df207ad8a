"""Pages to steer a programme's matching: one person's possible partners, locks, exclusions, and a pair made by hand with its cost."""

from typing import Any

from flask import flash, redirect, request
from marshmallow import ValidationError

from chassis.errors import DomainError, NotFound
from chassis.web import page_blueprint, principal, unit
from pairing.match_setups import commands
from pairing.match_setups.schemas import ExclusionSchema, PairSchema
from pairing.matching import forms, shown
from pairing.matching.repository import RUNS
from pairing.programmes.repository import PROGRAMMES
from ui import gettext as _
from ui import page

pages = page_blueprint("match_setups", service="pairing")


@pages.get("/matching/<id:run_id>/people/<id:person_id>")
def person(run_id: str, person_id: str) -> str:
    """Everybody with whom one person could be paired, why she is not, and what forbids it."""
    return _person(run_id, person_id)


@pages.post("/matching/<id:run_id>/lock")
def lock(run_id: str) -> Any:
    """Keeps a pair."""
    commands.lock(unit(), run_id, *_pair(), principal().id)
    return _back(run_id, _("Locked: every later proposal keeps this pair."))


@pages.post("/matching/<id:run_id>/unlock")
def unlock(run_id: str) -> Any:
    """Lets go of a lock."""
    commands.unlock(unit(), run_id, *_known("mentee_id"))
    return _back(run_id, _("Unlocked: the next proposal may choose somebody else."))


@pages.post("/matching/<id:run_id>/exclude")
def exclude(run_id: str) -> Any:
    """Never makes a pair; asks again, with what was typed, when the reason is missing."""
    sent = _sent("mentor_id", "mentee_id", "reason")
    try:
        wanted = ExclusionSchema().load(sent)
    except ValidationError as wrong:
        return _person(run_id, request.form.get("person_id", ""), sent, wrong.messages_dict), 422
    commands.exclude(unit(), run_id, **wanted, by=principal().id)
    return _back(run_id, _("Excluded: no later proposal makes this pair."))


@pages.post("/matching/<id:run_id>/allow")
def allow(run_id: str) -> Any:
    """Takes an exclusion back."""
    commands.allow(unit(), run_id, *_pair())
    return _back(run_id, _("Allowed again: the next proposal may make this pair."))


@pages.get("/matching/<id:run_id>/by-hand")
def by_hand(run_id: str) -> Any:
    """Choose two people; once both are chosen, what it would cost the whole to pair them, or which rule forbids it."""
    # here, because numerical libraries would make every idle process larger
    from pairing.matching.trying import asked_again, check_few_enough, cost_of_pair

    run = unit().get(RUNS, run_id)
    check_few_enough(unit(), run.programme_id)
    mentee_id, mentor_id = request.args.get("mentee", ""), request.args.get("mentor", "")
    gathered, cost, problem = asked_again(unit(), run), None, None
    if mentee_id and mentor_id:
        try:
            cost = cost_of_pair(unit(), run, mentor_id, mentee_id)
        except DomainError as refused:
            problem = refused
    return page(
        "matching/by_hand.html",
        run=run,
        programme=gathered.programme,
        mentees=shown.choices(gathered.people, (mentee.id for mentee in gathered.cohort.mentees)),
        mentors=shown.choices(gathered.people, (mentor.id for mentor in gathered.cohort.mentors if mentor.places)),
        mentee_id=mentee_id,
        mentor_id=mentor_id,
        cost=shown.cost(cost, gathered.people) if cost else None,
        refused=_(problem.message, **problem.params) if problem else "",
    )


@pages.post("/matching/<id:run_id>/by-hand")
def pair_by_hand(run_id: str) -> Any:
    """Makes the pair and computes the others around it."""
    made = commands.pair_by_hand(unit(), run_id, *_pair(), principal().id)
    if made is None:
        return _back(run_id, _(forms.LATER))
    return _back(made.id, _("Paired by hand. The others were computed anew around this pair."))


def _person(run_id: str, person_id: str, values: dict[str, str] | None = None, errors: dict[str, Any] | None = None) -> str:
    from pairing.matching.options import options_of  # here, because numerical libraries would make every idle process larger

    run = unit().get(RUNS, run_id)
    found = options_of(unit(), run, person_id)
    return page(
        "matching/person.html",
        run=run,
        programme=unit().get(PROGRAMMES, run.programme_id),
        found=found,
        fitting=shown.fitting(found),
        forbidden=shown.forbidden(found),
        others=[(other.id, other.name) for other in sorted(found.others, key=lambda other: other.name.casefold())],
        values=values or {},
        errors={
            name: _("Choose somebody.") if name.endswith("_id") else _("Write the reason, in at most 300 characters.")
            for name in errors or {}
        },
    )


def _pair() -> tuple[str, str]:
    mentor_id, mentee_id = _known("mentor_id", "mentee_id")
    return mentor_id, mentee_id


def _known(*names: str) -> list[str]:
    """These ids of the form, in this order."""
    try:
        loaded = PairSchema(only=names).load(_sent(*names))
    except ValidationError:
        raise NotFound("person") from None
    return [loaded[name] for name in names]


def _sent(*names: str) -> dict[str, str]:
    return {name: request.form.get(name, "") for name in names}


def _back(run_id: str, said: str) -> Any:
    flash(said, "good")
    return redirect(f"/pairing/matching/{run_id}", 303)
