"""Where somebody is on the way to a match: what is lacking, which steps are done, and who has to act."""

from dataclasses import dataclass
from datetime import date, datetime

from pairing.consents.request import DECLINED, GuardianRequest
from pairing.people.model import Person

GUARDIANS = frozenset({"guardian_none", "guardian_not_asked", "guardian_waits", "guardian_declined", "guardian_too_late"})
"""What can be lacking of a guardian's permission; the other codes are consent, vetting, training and times."""
DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class Journey:
    """The person, what is lacking (the most urgent first), and her steps as code and state."""

    person: Person
    side: str
    since: date | None
    lacks: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]

    @property
    def asks_guardian(self) -> bool:
        """Whether a guardian's answer, or the consent, is what is lacking."""
        return any(lack in GUARDIANS or lack == "consent" for lack in self.lacks)


def journey_of(person: Person, request: GuardianRequest | None, ends_on: date, now: datetime) -> Journey:
    """Where this person without a pairing is, in a programme that lasts until `ends_on`; `request` is the last asked of her guardian."""
    side = "mentee" if "mentee" in person.roles else "mentor"
    lacks = tuple(_lacks(person, side, request, ends_on, now))
    return Journey(person, side, person.joined_on, lacks, _steps(person, side, lacks, now.date()))


def _lacks(person: Person, side: str, request: GuardianRequest | None, ends_on: date, now: datetime) -> list[str]:
    wanting = ["consent"] if person.consent_withdrawn else []
    if side == "mentee" and not person.has_permission(now.date()):
        wanting.append(_of_guardian(person, request, now))
    if side == "mentor" and not person.vetting_valid_until(ends_on):
        wanting.append("vetting")
    if side == "mentor" and (person.data_protection_training is None or person.data_protection_training > now.date()):
        wanting.append("training")
    return wanting if person.availability else [*wanting, "times"]


def _of_guardian(person: Person, request: GuardianRequest | None, now: datetime) -> str:
    if person.guardian is None or not person.guardian.email:
        return "guardian_none"
    if request is None or request.email != person.guardian.email:
        return "guardian_not_asked"
    if request.answer == DECLINED:
        return "guardian_declined"
    if request.answered_at is not None:
        return "guardian_not_asked"
    return "guardian_waits" if request.is_open(now) else "guardian_too_late"


def _steps(person: Person, side: str, lacks: tuple[str, ...], today: date) -> tuple[tuple[str, str], ...]:
    """The step that waits is "now"; with nothing lacking it is the search for a match."""
    if side == "mentor":
        before = {"vetting": "vetting" not in lacks, "training": "training" not in lacks}
    else:
        before = {"guardian": person.has_permission(today)} if person.is_minor(today) else {}
    waits = next((code for code, done in before.items() if not done), "match")
    states = {code: DONE if done else NOW if code == waits else LATER for code, done in before.items()}
    return (("form", DONE), *states.items(), ("match", NOW if waits == "match" else LATER), ("proposal", LATER))
