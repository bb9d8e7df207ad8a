"""Which models of mentoring and which way of meeting suit one mentor and one mentee, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from pairing.people.choices import MODELS

ON_THE_JOB, STRUCTURED, AD_HOC, COLLABORATIVE = MODELS
MODEL_FOR_NEED = {"hands_on": ON_THE_JOB, "structured": STRUCTURED, "flexible": AD_HOC, "group": COLLABORATIVE}
"""The course's table: what a mentee needs, and the model that answers it."""
MODEL_FOR_LEVEL = {"new": STRUCTURED, "developing": ON_THE_JOB, "experienced": AD_HOC}
MODEL_FOR_STYLE = {"doing": ON_THE_JOB, "visual": ON_THE_JOB, "listening": STRUCTURED, "reading": AD_HOC}
"""How experience and learning style lean: FabConnect's own judgement, so they support a need and decide only where none is named."""


@dataclass(frozen=True)
class Suggestion:
    """One model to consider. `reasons` are codes: "need_…", "level_…", "style_…" with the mentee's answer, "offered", "usual"."""

    model: str
    reasons: tuple[str, ...]


def suggest(
    needs: Iterable[str], level: str, style: str, offered: Iterable[str] = (), allowed: Iterable[str] = ()
) -> tuple[Suggestion, ...]:
    """The models for a mentee's answers, the best first; several may be combined. Never empty, and only what the programme allows.

    `offered` are the mentor's models, where one is known: those that she offers come alone. `allowed`: none named is all.
    """
    possible, offers = tuple(allowed) or MODELS, tuple(offered)
    needed = _reasons(MODEL_FOR_NEED, "need", needs)
    leaning = _reasons(MODEL_FOR_LEVEL, "level", [level]) + _reasons(MODEL_FOR_STYLE, "style", [style])
    wanted = [model for model in _once(needed) if model in possible] or [model for model in _once(leaning) if model in possible]
    chosen = [model for model in wanted if model in offers] or [model for model in offers if model in possible] or wanted
    why = needed + leaning + [(model, "offered") for model in offers]
    return tuple(
        Suggestion(model, tuple(reason for about, reason in why if about == model) or ("usual",))
        for model in dict.fromkeys(chosen or [_usual(possible)])
    )


def wanted_models(needs: Iterable[str]) -> tuple[str, ...]:
    """The models that answer these needs, in the order of the needs."""
    return tuple(MODEL_FOR_NEED[need] for need in needs if need in MODEL_FOR_NEED)


def choose_model(needs: Iterable[str], offered: Iterable[str], allowed: Iterable[str] = ()) -> str:
    """The model for one pair, one that the programme allows: wanted and offered, else offered, else wanted, else planned sessions."""
    possible = tuple(allowed) or MODELS
    offers = [model for model in offered if model in possible]
    wishes = [model for model in wanted_models(needs) if model in possible]
    fitting = [model for model in wishes if model in offers]
    return (fitting or offers or wishes or [_usual(possible)])[0]


def choose_format(mentor: str, mentee: str, *, same_place: bool) -> str:
    """How the two meet: "online", "in_person", "either", or "" when they cannot; in person needs the same place."""
    online = "in_person" not in (mentor, mentee)
    in_person = same_place and "online" not in (mentor, mentee)
    if online and in_person:
        return "either"
    return "online" if online else "in_person" if in_person else ""


def _reasons(table: dict[str, str], kind: str, answers: Iterable[str]) -> list[tuple[str, str]]:
    """(model, reason) for each answer that the table knows."""
    return [(table[answer], f"{kind}_{answer}") for answer in answers if answer in table]


def _once(reasons: list[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(model for model, _ in reasons))


def _usual(possible: tuple[str, ...]) -> str:
    return STRUCTURED if STRUCTURED in possible else possible[0]
