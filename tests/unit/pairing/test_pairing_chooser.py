"""Which models are suggested for a mentee's answers, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.pairings.chooser import MODEL_FOR_LEVEL, MODEL_FOR_NEED, MODEL_FOR_STYLE, Suggestion, choose_model, suggest
from pairing.pairings.suggestions import REASONS
from pairing.people.choices import LEARNING_STYLES, LEVELS, MODELS, NEEDS

needs = st.lists(st.sampled_from(NEEDS), unique=True)
levels, styles = st.sampled_from(("", *LEVELS)), st.sampled_from(("", *LEARNING_STYLES))
several = st.lists(st.sampled_from(MODELS), unique=True)


@pytest.mark.parametrize(
    ("need", "model"), [("hands_on", "on_the_job"), ("structured", "structured"), ("flexible", "ad_hoc"), ("group", "collaborative")]
)
def test_the_table_of_the_course(need, model):
    assert suggest([need], "", "") == (Suggestion(model, (f"need_{need}",)),)


def test_several_needs_suggest_models_to_combine_in_the_order_of_the_needs():
    assert [one.model for one in suggest(["group", "structured"], "new", "")] == ["collaborative", "structured"]


def test_level_and_style_support_a_need():
    assert suggest(["hands_on"], "developing", "doing") == (Suggestion("on_the_job", ("need_hands_on", "level_developing", "style_doing")),)


def test_level_and_style_decide_where_no_need_is_named():
    assert suggest([], "new", "reading") == (Suggestion("structured", ("level_new",)), Suggestion("ad_hoc", ("style_reading",)))


def test_without_any_answer_planned_sessions_are_the_beginning():
    assert suggest([], "", "") == (Suggestion("structured", ("usual",)),)
    assert suggest([], "", "", allowed=["collaborative"]) == (Suggestion("collaborative", ("usual",)),)


def test_what_the_programme_does_not_allow_is_not_suggested():
    assert suggest(["hands_on", "group"], "", "", allowed=["collaborative", "ad_hoc"]) == (Suggestion("collaborative", ("need_group",)),)
    assert suggest(["hands_on"], "experienced", "", allowed=["ad_hoc"]) == (Suggestion("ad_hoc", ("level_experienced",)),)


def test_what_the_mentor_offers_counts():
    assert suggest(["hands_on", "group"], "", "", offered=["group", "collaborative"]) == (
        Suggestion("collaborative", ("need_group", "offered")),
    )
    assert suggest(["hands_on"], "", "", offered=["ad_hoc"]) == (Suggestion("ad_hoc", ("offered",)),)
    assert suggest(["hands_on"], "", "", offered=["ad_hoc"], allowed=["on_the_job"])[0].model == "on_the_job"


@given(needs, levels, styles, several, several)
def test_there_is_always_a_suggestion_that_is_allowed_told_once_and_has_a_reason(needs, level, style, offered, allowed):
    found = suggest(needs, level, style, offered, allowed)
    models = [one.model for one in found]
    assert models
    assert len(set(models)) == len(models)
    assert set(models) <= set(allowed or MODELS)
    assert all(one.reasons for one in found)
    assert {reason for one in found for reason in one.reasons} <= REASONS.keys()


@given(needs, levels, styles, several, several)
def test_the_first_suggestion_for_a_pair_is_the_model_that_a_need_chooses(needs, level, style, offered, allowed):
    if {MODEL_FOR_NEED[need] for need in needs} & set(allowed or MODELS):
        assert suggest(needs, level, style, offered, allowed)[0].model == choose_model(needs, offered, allowed)


def test_every_answer_of_the_intake_leans_somewhere():
    assert (set(MODEL_FOR_NEED), set(MODEL_FOR_LEVEL), set(MODEL_FOR_STYLE)) == (set(NEEDS), set(LEVELS), set(LEARNING_STYLES))
