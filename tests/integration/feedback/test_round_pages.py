"""The pages of a round: the questionnaire by plain form, the figures, and the plain word on who sees what."""

import pytest

from feedback.questionnaires.model import FIRST_IMPRESSIONS

from .conftest import ELSEWHERE, FEMKE, MARIT, PROGRAMME

KEYS = [question.key for question in FIRST_IMPRESSIONS.scales]
ANSWER = {**dict.fromkeys(KEYS, "5"), "comment": "More <gears>"}


def test_a_round_is_opened_answered_and_closed_with_forms_alone(house, marit, mentees):
    opened = marit.submit("/feedback/rounds", {"programme_id": PROGRAMME, "closes_at": ""}, on="/feedback/")
    assert opened.status_code == 303
    here = opened.location
    assert "Give my answers" in mentees[0].page("/feedback/").text
    assert "Not anonymous yet" in mentees[0].page(here).text
    assert "under 5" in marit.page(here).text
    for mentee in mentees[:8]:
        assert mentee.submit(f"{here}/answers", ANSWER, on=here).status_code == 303
    assert "You have answered" in mentees[0].page(here).text
    assert "Nothing to answer now" in mentees[0].page("/feedback/").text
    assert "8" in marit.page(here).text
    assert marit.submit(f"{here}/close", {}, on=here).status_code == 303
    figures = marit.page(here).text
    assert "8 answers" in figures and "5.0" in figures
    assert figures.count("More &lt;gears&gt;") == 8
    assert "This round is closed" in mentees[0].page(here).text


def test_a_round_with_few_answers_says_withheld_and_no_number(marit, mentees, round_id):
    here = f"/feedback/rounds/{round_id}"
    for mentee in mentees[:3]:
        mentee.submit(f"{here}/answers", ANSWER, on=here)
    assert "fewer than 5 answers" in marit.page("/feedback/").text
    marit.submit(f"{here}/close", {}, on=here)
    text = marit.page(here).text
    assert "Withheld" in text
    assert "gears" not in text and "5.0" not in text


def test_a_form_with_faults_comes_back_with_what_was_typed(house, marit, mentees, round_id):
    here = f"/feedback/rounds/{round_id}"
    answer = mentees[0].submit(f"{here}/answers", {KEYS[0]: "4", "comment": "Keep this"}, on=here)
    assert (answer.status_code, answer.text.count("Choose a number from 1 to 5")) == (422, 6)
    assert "Keep this" in answer.text and 'value="4" checked' in answer.text
    strange = mentees[0].submit(f"{here}/answers", {**ANSWER, "comment": "\u202e"}, on=here)
    assert strange.status_code == 422
    late = marit.submit("/feedback/rounds", {"programme_id": PROGRAMME, "closes_at": "yesterday"}, on="/feedback/")
    assert late.status_code == 422
    foreign = marit.submit("/feedback/rounds", {"programme_id": ELSEWHERE}, on="/feedback/")
    assert foreign.status_code == 403
    assert (house.database["answers"].count_documents({}), len(house.said())) == (0, 1)


def test_who_sees_what_is_for_everybody(house):
    text = house.app.test_client().get("/feedback/who-sees-what").text
    assert "it is not anonymous" in text.lower() or "not anonymous yet" in text
    assert "administrator" in text


def test_a_mentor_is_not_asked(house, round_id):
    femke = house.caller(FEMKE, "mentor", programmes=[PROGRAMME])
    assert "Nothing to answer now" in femke.page("/feedback/").text
    assert femke.page(f"/feedback/rounds/{round_id}").status_code == 403


@pytest.mark.parametrize("language", ["nl", "es", "pt", "is"])
def test_pages_speak_five_languages(house, round_id, language):
    marit = house.caller(MARIT, "coordinator", programmes=[PROGRAMME], language=language)
    for path in ("/feedback/", f"/feedback/rounds/{round_id}", "/feedback/who-sees-what"):
        assert "What happens to an answer" not in marit.page(path).text
