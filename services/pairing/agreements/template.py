"""What an agreement asks and states: sections for every pairing, and those of the models that it works by."""

from collections.abc import Iterable, Mapping

from pairing.agreements.texts import COMMON, OF_MODEL, Question, Section

TEMPLATE = 1
"""Number of the present wording; a change that alters what people sign gets a new one."""


def sections_of(models: Iterable[str]) -> list[Section]:
    """The sections for a pairing that works by these models: the common ones, then those of each model."""
    return [*COMMON, *(OF_MODEL[model] for model in models if model in OF_MODEL)]


def questions_of(models: Iterable[str]) -> dict[str, Question]:
    """All questions of these sections by key."""
    return {question.key: question for section in sections_of(models) for question in section.questions}


def unanswered(models: Iterable[str], answers: Mapping[str, str]) -> list[str]:
    """The keys of the questions that must be answered before anybody signs and are not."""
    return [key for key, question in questions_of(models).items() if question.required and not answers.get(key)]
