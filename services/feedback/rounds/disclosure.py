"""What may be shown of a round's answers, so that no figure points at a person.

Threshold rule with a minimum group size, and a higher one for free text, as in statistical disclosure control
(Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 5).
"""

from collections.abc import Sequence

from contracts.feedback import Figure
from feedback.questionnaires.model import Questionnaire
from feedback.rounds.answer import Answer

COMMENTS_FROM = 8


def comments_from(threshold: int) -> int:
    """From how many answers free texts are shown: eight, and never before the figures."""
    return max(COMMENTS_FROM, threshold)


def shown(number: int, threshold: int) -> int | None:
    """A number of people, or none when it is below the threshold."""
    return number if number >= threshold else None


def figures(questionnaire: Questionnaire, answers: Sequence[Answer], threshold: int) -> tuple[Figure, ...]:
    """Mean rating of every statement, to one decimal; without number and mean when fewer than `threshold` answered."""
    return tuple(
        _figure(question.key, [answer.ratings[question.key] for answer in answers], threshold) for question in questionnaire.scales
    )


def comments(answers: Sequence[Answer], threshold: int) -> tuple[str, ...]:
    """The free texts, in an order that says nothing; none of them when fewer than `comments_from(threshold)` people answered."""
    if len(answers) < comments_from(threshold):
        return ()
    return tuple(answer.comment for answer in sorted(answers, key=lambda answer: answer.id) if answer.comment)


def _figure(question: str, ratings: Sequence[int], threshold: int) -> Figure:
    if shown(len(ratings), threshold) is None:
        return Figure(question=question, n=None, mean=None)
    return Figure(question=question, n=len(ratings), mean=round(sum(ratings) / len(ratings), 1))
