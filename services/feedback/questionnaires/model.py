"""The built-in questionnaires, versioned as data: a changed question is a new version, so that figures stay comparable."""

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.errors import Invalid, NotFound
from ui.language import mark

LOWEST, HIGHEST = 1, 5
LONGEST_COMMENT = 2_000


@dataclass(frozen=True)
class Question:
    """One question; `text` is an English sentence and `label` its subject in a word or two for charts (both message ids)."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Questionnaire:
    """Statements rated from 1 to 5 (`low` and `high` are the words at the ends) and one open question that may stay empty."""

    key: str
    version: int
    title: str
    low: str
    high: str
    scales: tuple[Question, ...]
    comment: Question

    def require_whole(self, ratings: Mapping[str, int], comment: str) -> None:
        """Passes when every statement has a rating; raises Invalid that names each fault."""
        known = {question.key for question in self.scales}
        faults = {key: [mark("This questionnaire has no such statement. Leave it out.")] for key in ratings if key not in known}
        faults |= {key: [mark("Choose a number from 1 to 5.")] for key in known if ratings.get(key) not in range(LOWEST, HIGHEST + 1)}
        if len(comment) > LONGEST_COMMENT:
            faults["comment"] = [mark("Write at most 2,000 characters.")]
        if faults:
            raise Invalid(faults)


FIRST_IMPRESSIONS = Questionnaire(
    key="first_impressions",
    version=1,
    title=mark("First impressions"),
    low=mark("not at all"),
    high=mark("fully"),
    scales=(
        Question("communication", mark("Communication"), mark("My mentor and I understand each other well.")),
        Question("effectiveness", mark("Effect of the sessions"), mark("Our sessions bring me closer to what I want to reach.")),
        Question("experience", mark("Overall experience"), mark("All in all, having a mentor is a good experience for me.")),
        Question("growth", mark("Support to grow"), mark("My mentor encourages me to grow and to try new things.")),
    ),
    comment=Question("improvement", mark("What to change"), mark("What should we do differently from now on?")),
)
QUESTIONNAIRES = {(each.key, each.version): each for each in (FIRST_IMPRESSIONS,)}


def newest(key: str) -> Questionnaire:
    """The latest version of a questionnaire; raises NotFound."""
    versions = [version for known, version in QUESTIONNAIRES if known == key]
    if not versions:
        raise NotFound("questionnaire")
    return QUESTIONNAIRES[key, max(versions)]
