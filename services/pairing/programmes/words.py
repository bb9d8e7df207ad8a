"""The words for what a programme weighs: the same wherever a criterion is named."""

from pairing.programmes.model import CRITERIA
from ui import gettext as _
from ui.language import mark

NAMES = {
    "interests": mark("interests"),
    "free_time": mark("time together"),
    "wishes": mark("wishes"),
    "language": mark("language"),
    "place": mark("place"),
    "model": mark("way of working"),
    "goals": mark("goals"),
    "waiting": mark("time waited"),
}
MEANINGS = {
    "interests": mark("Shared fields of interest"),
    "free_time": mark("Common free time"),
    "wishes": mark("Wishes of both sides"),
    "language": mark("Shared language"),
    "place": mark("Place and way of meeting"),
    "model": mark("Way of mentoring"),
    "goals": mark("Goals of the mentee"),
    "waiting": mark("How long the mentee has waited"),
}


def criterion_name(code: str) -> str:
    """A criterion, as it stands within a sentence."""
    return _(NAMES[code])


def weighed() -> list[tuple[str, str, str]]:
    """Every criterion by code, with its name as a label and what it looks at."""
    return [(code, _capital(criterion_name(code)), _(MEANINGS[code])) for code in CRITERIA]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
