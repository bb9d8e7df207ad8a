"""Pages of feedback: the rounds, the questionnaire, the figures, and who sees what."""

from typing import Any

from flask import flash, redirect, request
from marshmallow import ValidationError

from chassis.errors import Forbidden, Invalid
from chassis.web import page_blueprint, principal, principal_or_none, unit
from chassis.web.schemas import Text
from feedback.programmes import repository as programmes
from feedback.questionnaires.model import FIRST_IMPRESSIONS, LONGEST_COMMENT
from feedback.rounds import commands, repository, shown
from feedback.rounds.disclosure import comments_from
from feedback.rounds.repository import ROUNDS
from ui import from_reader, page
from ui import gettext as _

pages = page_blueprint("rounds", service="feedback")
Reply = Any
COMMENT = Text(max=LONGEST_COMMENT, lines=True)


@pages.get("/")
def index() -> str:
    """What waits for an answer; for coordinators all rounds and the way to open one."""
    return _index()


def _index(errors: dict[str, list[str]] | None = None) -> str:
    uow, who = unit(), principal()
    concerned = shown.programmes_of(who, uow)
    rounds = [shown.to(who, uow, each) for each in repository.of_programmes(uow, concerned)]
    known = programmes.of_ids(uow, concerned)
    return page(
        "rounds/index.html",
        rounds=rounds,
        programmes=[each for each in known if who.has("coordinator") and each.id in who.programmes],
        names={each.id: each.name for each in known},
        errors=_translated(errors),
        form=request.form,
    )


@pages.post("/rounds")
def open_round() -> Reply:
    """Open a round in a programme that one coordinates."""
    programme_id = request.form.get("programme_id", "")
    if programme_id not in principal().programmes:
        raise Forbidden("not_your_programme", "You do not coordinate this programme. Choose one of yours.")
    try:
        closes_at = from_reader(request.form["closes_at"]) if request.form.get("closes_at") else None
        opened = commands.open_round(unit(), programme_id, FIRST_IMPRESSIONS.key, closes_at)
    except Invalid as wrong:
        return _index(wrong.errors), 422
    except (ValueError, OverflowError):
        return _index({"closes_at": [_("Give a day and a time, or leave it empty for two weeks from now.")]}), 422
    flash(_("The round is open. All mentees of the programme are being asked."), "good")
    return redirect(f"/feedback/rounds/{opened.id}", 303)


@pages.get("/rounds/<id:round_id>")
def show(round_id: str) -> str:
    """The questionnaire for those who are asked, the figures for coordinators."""
    return _round(round_id)


def _round(round_id: str, errors: dict[str, list[str]] | None = None) -> str:
    seen = shown.to(principal(), unit(), unit().get(ROUNDS, round_id))
    return page(
        "rounds/show.html" if seen.coordinates else "rounds/answer.html",
        seen=seen,
        round=seen.round,
        questions=seen.round.questions,
        programme=programmes.name_of(unit(), seen.round.programme_id),
        open=seen.round.state == "open" and unit().now < seen.round.closes_at,
        errors=_translated(errors),
        form=request.form,
    )


@pages.post("/rounds/<id:round_id>/answers")
def answer(round_id: str) -> Reply:
    """Hand in the questionnaire."""
    ratings = {question.key: request.form.get(question.key, 0, type=int) for question in unit().get(ROUNDS, round_id).questions.scales}
    try:
        commands.answer(unit(), round_id, ratings, COMMENT.deserialize(request.form.get("comment", "")), by=principal().id)
    except ValidationError as wrong:
        return _round(round_id, {"comment": [str(sentence) for sentence in wrong.messages]}), 422
    except Invalid as wrong:
        return _round(round_id, wrong.errors), 422
    flash(_("Thank you. Your answers are in."), "good")
    return redirect(f"/feedback/rounds/{round_id}", 303)


@pages.post("/rounds/<id:round_id>/close")
def close(round_id: str) -> Reply:
    """End the round now."""
    commands.close(unit(), round_id)
    flash(_("The round is closed."), "good")
    return redirect(f"/feedback/rounds/{round_id}", 303)


@pages.get("/who-sees-what")
def who_sees_what() -> str:
    """What happens to an answer, said plainly."""
    found = shown.thresholds(principal_or_none(), unit())
    return page("rounds/who_sees_what.html", thresholds=[(number, comments_from(number), names) for number, names in found.items()])


def _translated(errors: dict[str, list[str]] | None) -> dict[str, list[str]]:
    return {name: [_(sentence) for sentence in sentences] for name, sentences in (errors or {}).items()}
