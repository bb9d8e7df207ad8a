"""Which model of mentoring and which way of meeting suit one mentor and one mentee."""

from collections.abc import Iterable

from pairing.people.choices import MODELS

MODEL_FOR_NEED = {"hands_on": "on_the_job", "structured": "structured", "flexible": "ad_hoc", "group": "collaborative"}
"""The course's table: what a mentee needs, and the model that answers it."""


def wanted_models(needs: Iterable[str]) -> tuple[str, ...]:
    """The models that answer these needs, in the order of the needs."""
    return tuple(MODEL_FOR_NEED[need] for need in needs if need in MODEL_FOR_NEED)


def choose_model(needs: Iterable[str], offered: Iterable[str], allowed: Iterable[str] = ()) -> str:
    """The model for one pair, one that the programme allows: wanted and offered, else offered, else wanted, else planned sessions."""
    possible = tuple(allowed) or MODELS
    offers = [model for model in offered if model in possible]
    wishes = [model for model in wanted_models(needs) if model in possible]
    fitting = [model for model in wishes if model in offers]
    return (fitting or offers or wishes or ["structured" if "structured" in possible else possible[0]])[0]


def choose_format(mentor: str, mentee: str, *, same_place: bool) -> str:
    """How the two meet: "online", "in_person", "either", or "" when they cannot; in person needs the same place."""
    online = "in_person" not in (mentor, mentee)
    in_person = same_place and "online" not in (mentor, mentee)
    if online and in_person:
        return "either"
    return "online" if online else "in_person" if in_person else ""
