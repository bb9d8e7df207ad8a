"""A small cohort in a pairing service, for tests of matching and of answering proposals."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pairing.matching import repository
from pairing.matching.model import Proposed
from pairing.people.commands import add_person
from pairing.people.model import Guardian, Person, Vetting
from pairing.programmes import commands as programmes
from support.house import House

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ENDS_ON = date(2027, 6, 30)
AUTUMN = {
    "name": "Autumn 2026",
    "starts_on": date(2026, 12, 7),
    "ends_on": ENDS_ON,
    "languages": ("nl", "en"),
    "time_zone": "Europe/Amsterdam",
}
COMMON = {
    "language": "nl",
    "time_zone": "Europe/Amsterdam",
    "country": "NL",
    "city": "Sneek",
    "languages": ("nl", "en"),
    "availability": ("Wed 19:00-22:00",),
}
MENTOR = {
    "roles": ("mentor",),
    "expertise": ("robotics",),
    "models": ("structured",),
    "vetting": Vetting("vog", date(2026, 1, 1), ENDS_ON),
    "data_protection_training": date(2026, 9, 1),
}
MENTEE = {
    "roles": ("mentee",),
    "interests": ("robotics",),
    "needs": ("structured",),
    "guardian": Guardian("Sanne", "sanne@example.org", date(2026, 11, 1)),
}


@dataclass
class Cohort:
    """A programme with two mentors (Femke with two places, Jildou with one) and three mentees; Noor is of age."""

    house: House
    programme_id: str
    femke: Person
    jildou: Person
    yara: Person
    lotte: Person
    noor: Person

    def coordinator(self) -> Any:
        """Somebody who runs the programme."""
        return self.house.caller("00000000-0000-4000-8000-00000000000c", "coordinator", programmes=[self.programme_id])

    def proposed(self, run: Any) -> list[Proposed]:
        """The pairs of a match run."""
        return self.house.do(repository.proposed, run.id)

    def left_out(self, run: Any) -> list[str]:
        """The mentees whom a match run leaves without a mentor."""
        return self.house.do(repository.left_out, run.id)

    def signed_in(self, person: Person) -> Any:
        """A participant at her browser or API client."""
        return self.house.caller(person.id, *person.roles, programmes=[self.programme_id], time_zone="Europe/Amsterdam")


def small_cohort(house: House) -> Cohort:
    """Sets the cohort up; Yara wishes for Femke, Jildou for Lotte."""
    programme = house.do(programmes.create, **AUTUMN, now=NOW)

    def add(name: str, family: str, kind: dict[str, Any], **fields: Any) -> Person:
        who = {"given_name": name, "family_name": family, "email": f"{name.lower()}@example.org", "programme_ids": (programme.id,)}
        return house.do(add_person, **{**COMMON, **who, **kind, **fields}, now=NOW)

    return Cohort(
        house=house,
        programme_id=programme.id,
        femke=add("Femke", "Hoekstra", MENTOR, capacity=2),
        jildou=add("Jildou", "Postma", MENTOR, capacity=1, wishes=("lotte@example.org",)),
        yara=add("Yara", "Visser", MENTEE, birth_date=date(2011, 5, 1), wishes=("femke@example.org",)),
        lotte=add("Lotte", "Bakker", MENTEE, birth_date=date(2010, 2, 1)),
        noor=add("Noor", "Jansen", MENTEE, birth_date=date(2006, 3, 1)),
    )
