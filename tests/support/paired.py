"""A pairing in a small cohort that both sides have accepted, and what tests ask about it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contracts.sessions import MeetingHeld
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.pairings import commands
from support.small_cohort import Cohort


@dataclass
class Paired:
    """Femke and Yara, a minor, are a pair."""

    cohort: Cohort
    id: str

    @property
    def house(self) -> Any:
        return self.cohort.house

    @property
    def document(self) -> dict[str, Any]:
        """The pairing as it is stored."""
        found: dict[str, Any] = self.house.database["pairings"].find_one({"_id": self.id})
        return found

    @property
    def state(self) -> str:
        return str(self.document["state"])

    def said(self, *kinds: type) -> list[Any]:
        """The events of these kinds about any pairing."""
        return [event for event in self.house.said() if isinstance(event, kinds)]

    def change(self, person: Any, **fields: Any) -> None:
        """Facts of a person change in the database, unnoticed."""
        self.house.database["people"].update_one({"_id": person.id}, {"$set": fields})

    def job(self, name: str) -> Any:
        """What the clock plans for the pairing under this name."""
        return self.house.database["jobs"].find_one({"_id": f"{name}:{self.id}"})

    def meet(self, held_at: datetime, now: datetime | None = None) -> None:
        """A session was held."""
        who = {"mentor_id": self.cohort.femke.id, "mentee_id": self.cohort.yara.id, "programme_id": self.cohort.programme_id}
        self.house.hear(MeetingHeld(meeting_id=f"meeting-{held_at}", pairing_id=self.id, held_at=held_at, minutes=60, **who), now=now)

    def lead(self) -> Any:
        """A safeguarding lead, who has no programme."""
        return self.house.caller("00000000-0000-4000-8000-0000000000aa", "safeguarding_lead")

    def other_coordinator(self) -> Any:
        """A coordinator of another programme."""
        return self.house.caller("00000000-0000-4000-8000-0000000000cc", "coordinator", programmes=["00000000-0000-4000-8000-0000000000ee"])


def pair_up(cohort: Cohort) -> Paired:
    """Matches the cohort, publishes, and both say yes to the proposal of Femke to Yara."""
    now = datetime.now(UTC)
    run = cohort.house.do(matching.compute, cohort.programme_id, now=now)
    cohort.house.do(publishing.publish, run.id, now=now)
    found = cohort.house.database["pairings"].find_one({"mentee_ids": cohort.yara.id})
    paired = Paired(cohort, found["_id"])
    for person in (cohort.femke, cohort.yara):
        cohort.house.do(commands.accept, paired.id, person.id, now=now)
    return paired
