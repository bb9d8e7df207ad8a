"""Any number of invented mentors and mentees, alike as real ones are: by country, town, language, evenings and fields that go together."""

from datetime import date
from typing import Any

import numpy as np

from pairing.matching.candidates import AgeRules, Cohort, Mentee, Mentor, Terms
from pairing.people.choices import GOALS, LEVELS, MODELS, NEEDS

WEIGHTS = {"interests": 8, "free_time": 6, "language": 5, "place": 3, "model": 4, "wishes": 5, "goals": 4, "waiting": 3}
TERMS = Terms(
    starts_on=date(2026, 12, 7),
    ends_on=date(2027, 6, 30),
    weights=WEIGHTS,
    ages=AgeRules(mentor_minimum=18, mentee_minimum=12, mentee_maximum=20),
)
COUNTRIES = {
    "NL": (0.4, "Europe/Amsterdam", "nl", ("Leeuwarden", "Sneek", "Drachten", "Groningen", "Zwolle", "Utrecht", "Amsterdam", "Eindhoven")),
    "IE": (0.15, "Europe/Dublin", "en", ("Dundalk", "Dublin", "Cork", "Galway", "Limerick")),
    "ES": (0.25, "Europe/Madrid", "es", ("Bilbao", "León", "Madrid", "Barcelona", "Sevilla", "Valencia")),
    "PT": (0.15, "Europe/Lisbon", "pt", ("Porto", "Lisboa", "Braga", "Coimbra")),
    "IS": (0.05, "Atlantic/Reykjavik", "is", ("Reykjavík", "Akureyri")),
}
"""Share of all people, time zone, first language and towns of each country."""
CIRCLES = (
    ("programming", "data_and_ai", "game_design", "robotics"),
    ("robotics", "electronics", "mechanical_engineering", "digital_fabrication", "wearables"),
    ("digital_fabrication", "digital_design", "architecture", "wearables", "music_technology"),
    ("life_sciences", "climate_science", "mathematics", "space"),
    ("entrepreneurship", "digital_design", "data_and_ai"),
)
"""Fields that people like together."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def many_people(mentors: int, mentees: int, seed: int) -> Cohort:
    """A cohort of that size; the same for the same seed. Mentors have one to three places. About three in ten pairs are forbidden."""
    chance = np.random.default_rng(seed)
    return Cohort(
        mentors=tuple(_mentor(f"m{index:05}", mentees, chance) for index in range(mentors)),
        mentees=tuple(_mentee(f"e{index:05}", mentors, chance) for index in range(mentees)),
        terms=TERMS,
    )


def _mentor(id: str, mentees: int, chance: np.random.Generator) -> Mentor:
    return Mentor(
        id=id,
        **_person(chance, speaks_english=0.97),
        wishes=_wishes("e", mentees, 0.1, chance),
        expertise=_fields(3, chance),
        goals=_some(GOALS, 2, chance),
        models=_some(MODELS, 3, chance),
        places=int(chance.choice([1, 2, 3], p=[0.4, 0.35, 0.25])),
        vetted=bool(chance.random() < 0.93),
        trained=bool(chance.random() < 0.96),
        age=int(chance.integers(18, 65)),
    )


def _mentee(id: str, mentors: int, chance: np.random.Generator) -> Mentee:
    age = int(chance.integers(12, 20))
    return Mentee(
        id=id,
        **_person(chance, speaks_english=0.86),
        wishes=_wishes("m", mentors, 0.2, chance),
        interests=_fields(3, chance),
        goal=str(chance.choice(GOALS)),
        needs=_some(NEEDS, 2, chance),
        minor=age < 18,
        permitted=bool(chance.random() < 0.98),
        waited_days=int(chance.choice([0, 30, 120, 240], p=[0.7, 0.15, 0.1, 0.05])),
        age=age,
        level=str(chance.choice(LEVELS)),
    )


def _person(chance: np.random.Generator, speaks_english: float) -> dict[str, Any]:
    country = str(chance.choice(list(COUNTRIES), p=[share for share, *_ in COUNTRIES.values()]))
    _, zone, language, towns = COUNTRIES[country]
    others = ("en",) if language != "en" and chance.random() < speaks_english else ()
    nearness = 1 / np.arange(1, len(towns) + 1)
    return {
        "country": country,
        "city": str(chance.choice(towns, p=nearness / nearness.sum())),
        "time_zone": zone,
        "languages": (language, *others),
        "format": str(chance.choice(["either", "online", "in_person"], p=[0.65, 0.3, 0.05])),
        "availability": tuple(_slot(chance) for _ in range(chance.integers(2, 6))),
    }


def _slot(chance: np.random.Generator) -> str:
    day = int(chance.integers(7))
    first = int(chance.integers(9, 20)) if day > 4 else int(chance.integers(15, 21))
    half, length = int(chance.integers(2)), int(chance.integers(1, 4))
    return f"{DAYS[day]} {first:02}:{30 * half:02}-{min(23, first + length):02}:{30 * half:02}"


def _fields(most: int, chance: np.random.Generator) -> tuple[str, ...]:
    circle = CIRCLES[int(chance.choice(len(CIRCLES), p=[0.3, 0.25, 0.2, 0.15, 0.1]))]
    return _some(circle, most, chance)


def _some(words: tuple[str, ...], most: int, chance: np.random.Generator) -> tuple[str, ...]:
    return tuple(str(word) for word in chance.permutation(words)[: chance.integers(1, most + 1)])


def _wishes(letter: str, others: int, share: float, chance: np.random.Generator) -> tuple[str, ...]:
    """Three at most; those at the front of the list are wished for more often."""
    if not others or chance.random() > share:
        return ()
    return tuple(f"{letter}{int(others * chance.random() ** 2):05}" for _ in range(chance.integers(1, 4)))
