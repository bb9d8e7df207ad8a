"""Pages to try other weights beside a proposal, and to take them."""

from typing import Any

from flask import flash, redirect, request

from chassis.web import page_blueprint, unit
from pairing.match_setups import commands
from pairing.matching import forms, shown
from pairing.matching.repository import RUNS
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.words import weighed
from ui import gettext as _
from ui import page

pages = page_blueprint("what_if", service="pairing")


@pages.get("/matching/<id:run_id>/what-if")
def show(run_id: str) -> str:
    """The proposal beside what other weights would give; nothing is kept."""
    from pairing.matching.trying import what_if  # here, because numerical libraries would make every idle process larger

    run = unit().get(RUNS, run_id)
    objective, minimum = forms.objective(request.args, run.objective), forms.minimum(request.args, run.minimum)
    weights = forms.weights(request.args, run.weights)
    tried = what_if(unit(), run, weights, objective, minimum)
    people = unit().get_many(PEOPLE, {id for move in tried.moves for id in (move.mentee_id, move.before, move.after) if id})
    return page(
        "matching/what_if.html",
        run=run,
        programme=unit().get(PROGRAMMES, run.programme_id),
        objective=objective,
        minimum=minimum,
        weights=weights,
        criteria=weighed(),
        rows=shown.trial(tried),
        moves=[shown.move(move, people) for move in tried.moves],
        tried=bool(request.args),
    )


@pages.post("/matching/<id:run_id>/weights")
def use(run_id: str) -> Any:
    """Makes the weights the programme's own, and computes with them."""
    run = unit().get(RUNS, run_id)
    weights = forms.weights(request.form, run.weights)
    made = commands.use_weights(
        unit(), run_id, weights, forms.objective(request.form, run.objective), forms.minimum(request.form, run.minimum)
    )
    if made is None:
        flash(_(forms.LATER), "good")
        return redirect(f"/pairing/matching?programme={run.programme_id}", 303)
    flash(_("These weights are the programme's own now, and this proposal was computed with them."), "good")
    return redirect(f"/pairing/matching/{made.id}", 303)
