"""Pages to find a substitute for the mentor of a pairing."""

from typing import Any

from flask import flash, redirect, request

from chassis.web import page_blueprint, principal, unit
from pairing.matching import sentences
from pairing.pairings.repository import PAIRINGS
from pairing.people.repository import PEOPLE
from ui import gettext as _
from ui import page

pages = page_blueprint("substitutes", service="pairing")


@pages.get("/pairings/<id:pairing_id>/substitute")
def show(pairing_id: str) -> str:
    """Free mentors for the mentee of a pairing, and why each fits."""
    from pairing.matching.substitutes import substitutes  # here, because numerical libraries would make every idle process larger

    pairing = unit().get(PAIRINGS, pairing_id)
    found = substitutes(unit(), pairing_id)
    people = unit().get_many(PEOPLE, pairing.members)
    mentors, mentees = ([people[id].name for id in ids] for ids in (pairing.mentor_ids, pairing.mentee_ids))
    return page("matching/substitute.html", pairing=pairing, mentor=mentors[0], mentee=mentees[0], found=found, told=sentences.PAIR)


@pages.post("/pairings/<id:pairing_id>/substitute")
def propose(pairing_id: str) -> Any:
    """Proposes the chosen one to the mentee."""
    from pairing.matching.substitutes import substitute  # here, because numerical libraries would make every idle process larger

    made = substitute(unit(), pairing_id, request.form.get("mentor_id", ""), principal().id)
    flash(_("The substitute is proposed: both get a message. The other pairing stands still until you let it go on or end it."), "good")
    return redirect(f"/pairing/pairings/{made.id}", 303)
