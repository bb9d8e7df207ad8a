"""What an agreement asks: every model has a section of its own, every question a key of its own, and what is essential must be answered."""

from itertools import combinations

import pytest

from pairing.agreements.template import questions_of, sections_of, unanswered
from pairing.agreements.texts import COMMON
from pairing.pairings.words import MODELS


@pytest.mark.parametrize("model", MODELS)
def test_every_model_adds_a_section_with_a_question(model):
    own = sections_of([model])[len(COMMON) :]
    assert len(own) == 1 and own[0].states and own[0].questions


def test_no_two_questions_share_a_key():
    asked = [question.key for section in sections_of(MODELS) for question in section.questions]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("models", [*combinations(MODELS, 2), ()])
def test_mixed_models_have_the_sections_of_each(models):
    assert len(sections_of(models)) == len(COMMON) + len(models)


def test_it_settles_channel_response_roles_feedback_and_when():
    assert {"way", "place", "often", "times", "channel", "answered", "mentor_role", "mentee_role", "feedback"} == set(unanswered([], {}))


def test_what_may_stay_open_is_not_asked_for():
    answers = {key: "x" for key, question in questions_of(["ad_hoc"]).items() if question.required}
    assert unanswered(["ad_hoc"], answers) == []
    assert unanswered(["ad_hoc"], {**answers, "boundaries": ""}) == ["boundaries"]


def test_the_limit_of_confidentiality_is_stated_whatever_the_models_are():
    said = [sentence for section in COMMON for sentence in section.states]
    assert any("safeguarding lead is told" in sentence for sentence in said)
