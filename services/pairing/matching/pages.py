"""Pages of matching: choose a programme and compute, read a proposal, publish it."""

from typing import Any

from flask import redirect, request

from chassis.web import page_blueprint, principal, unit
from pairing.matching import commands, presentation, repository, sentences
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES, MatchRun
from pairing.matching.repository import RUNS
from pairing.pairings.commands import today
from pairing.pairings.repository import open_in
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, count
from pairing.programmes.choice import chosen_programme
from pairing.programmes.commands import check_runs
from pairing.programmes.repository import PROGRAMMES, of_ids
from ui import page

pages = page_blueprint("matching", service="pairing")


@pages.get("/matching")
def index() -> str:
    """One programme's numbers, the button that computes, and its earlier runs."""
    programmes = of_ids(unit(), principal().programmes)
    chosen = chosen_programme(programmes, request.args.get("programme"))
    context: dict[str, Any] = {"choices": [(each.id, each.name) for each in programmes], "programme": chosen, "sentences": sentences}
    if chosen:
        placed = sum(len(pairing.mentee_ids) for pairing in open_in(unit(), chosen.id))
        mentees, mentors = (count(unit(), chosen.id, role) for role in ("mentee", "mentor"))
        context |= {"waiting": mentees - placed, "mentors": mentors, "placed": placed, "objective": NOBODY_LEFT_OUT}
        context |= {"runs": repository.of_programme(unit(), chosen.id), "weights": presentation.weights(chosen.weights)}
    return page("matching/index.html", **context)


@pages.post("/matching")
def compute() -> Any:
    """Computes a proposal and shows it."""
    programme_id, objective = request.form.get("programme_id", ""), request.form.get("objective", "")
    check_runs(principal().programmes, programme_id)
    run = commands.compute(unit(), programme_id, objective if objective in OBJECTIVES else NOBODY_LEFT_OUT)
    return redirect(f"/pairing/matching/{run.id}", 303)


@pages.get("/matching/<id:run_id>")
def show(run_id: str) -> str:
    """One proposal: figures, pairs with their reasons, who is left out and what would change it."""
    run = unit().get(RUNS, run_id)
    programme = unit().get(PROGRAMMES, run.programme_id)
    people, day = _people(run), today(programme, run.made_at)
    return page(
        "matching/show.html",
        run=run,
        programme=programme,
        objective=sentences.OBJECTIVES[run.objective],
        state=sentences.STATES[run.state],
        pairs=presentation.pair_rows(run, people, day),
        left_out=presentation.left_out_rows(run, people, day),
        shares=presentation.share_names(),
    )


@pages.post("/matching/<id:run_id>/publish")
def publish(run_id: str) -> Any:
    """Proposes every pair to both sides and shows the pairings."""
    run = commands.publish(unit(), run_id)
    return redirect(f"/pairing/pairings?programme={run.programme_id}&done=published", 303)


def _people(run: MatchRun) -> dict[str, Person]:
    proposed = {id for proposal in run.proposals for id in (proposal.mentor_id, proposal.mentee_id)}
    others = {other.mentor_id for proposal in run.proposals for other in proposal.alternatives}
    return unit().get_many(PEOPLE, proposed | others | {left.mentee_id for left in run.unmatched})
