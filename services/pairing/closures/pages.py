"""Pages of closures: looking back on a pairing, and the certificate."""

from typing import Any

from flask import Response, flash, redirect, request
from marshmallow import ValidationError

from chassis.errors import Invalid
from chassis.web import page_blueprint, principal, unit
from pairing.closures import certificate, commands
from pairing.closures.model import QUESTIONS
from pairing.closures.repository import of_pairing
from pairing.closures.schemas import Answers
from pairing.pairings import own
from pairing.pairings.repository import PAIRINGS
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES
from ui import gettext as _
from ui import page
from ui.language import LANGUAGES

pages = page_blueprint("closures", service="pairing")


@pages.get("/pairings/<id:pairing_id>/closure")
def show(pairing_id: str) -> str:
    """One of a pairing looks back on it, and reads what the others share."""
    return _closure(pairing_id, {})


@pages.post("/pairings/<id:pairing_id>/closure")
def look_back(pairing_id: str) -> Any:
    """One of a pairing saves her answers."""
    try:
        answers = Answers().load({key: request.form.get(key, "") for key in QUESTIONS})
        commands.look_back(unit(), pairing_id, principal().id, answers, shared="shared" in request.form)
    except (Invalid, ValidationError) as wrong:
        errors = wrong.errors if isinstance(wrong, Invalid) else wrong.normalized_messages()
        return _closure(pairing_id, {name: [_(sentence) for sentence in said] for name, said in errors.items()}), 422
    flash(_("Thank you. What you wrote is saved."), "good")
    return redirect(f"/pairing/pairings/{pairing_id}/closure", 303)


@pages.get("/pairings/<id:pairing_id>/certificates/<id:person_id>")
def certificate_file(pairing_id: str, person_id: str) -> Response:
    """The certificate of one of a pairing as a PDF, in the language that is asked for (`in`), else in her own."""
    found = certificate.certificate_of(unit(), pairing_id, person_id)
    asked = request.args.get("in", "")
    document = certificate.printed(found, asked if asked in LANGUAGES else found.person.language)
    headers = {"Content-Disposition": f'attachment; filename="certificate-{found.number}.pdf"', "Cache-Control": "no-store"}
    return Response(document, mimetype="application/pdf", headers=headers)


def _closure(pairing_id: str, errors: dict[str, list[str]]) -> str:
    pairing, me = unit().get(PAIRINGS, pairing_id), principal().id
    people, written = unit().get_many(PEOPLE, pairing.members), of_pairing(unit(), pairing_id)
    view = own.own_view(pairing, me, people, looked_back=me in written)
    if not (view.can_look_back or me in written):
        commands.require_open(unit(), pairing)
    names = {id: own.called(people.get(id), whole=id in pairing.mentor_ids) for id in pairing.members}
    mine = written[me].answers if me in written else {}
    return page(
        "closures/show.html",
        own=view,
        open=commands.is_open(unit(), pairing),
        questions=[(key, _(text)) for key, text in QUESTIONS.items()],
        answers={key: request.form.get(key, mine.get(key, "")) for key in QUESTIONS},
        shared="shared" in request.form if request.method == "POST" else me in written and written[me].shared,
        others=[(names[id], each.answers) for id, each in written.items() if id != me and each.shared],
        sessions=pairing.course.sessions_held,
        keep_months=unit().get(PROGRAMMES, pairing.programme_id).keep_months,
        person_id=me,
        languages_printed=LANGUAGES,
        errors=errors,
    )
