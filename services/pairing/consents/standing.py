"""How things stand with one kind of consent of one person, read from the person and the records together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pairing.consents.model import CONSENT, Consent
from pairing.consents.texts import current_version
from pairing.people.model import Person


@dataclass(frozen=True)
class Standing:
    """`given_on` is none when it is lacking; `newer` is whether another text counts now than the one agreed to."""

    kind: str
    given_on: date | None
    withdrawn: bool
    newer: bool
    record: Consent | None


def standing(person: Person, records: Sequence[Consent], kind: str) -> Standing:
    """Where this kind stands; `records` are the person's, the newest first. A permission that was imported has no record."""
    own = [record for record in records if record.kind == kind]
    held = next((record for record in own if record.in_force), None)
    withdrawn = held is None and bool(own)
    noted = held.given_on if held else None
    given_on = noted if kind == CONSENT else person.guardian.permission if person.guardian else None
    newer = held is not None and held.text_version < current_version(kind)
    return Standing(kind, given_on, withdrawn, newer, held)
