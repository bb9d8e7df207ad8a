"""One consent to the use of data, or one guardian's permission to take part: who gave it to which text, when, how, and until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.pairing import ConsentWithdrawn
from pairing.people.model import Person, age

CONSENT, PERMISSION = KINDS = ("consent", "guardian_permission")
PERSON, GUARDIAN, STAFF = ROLES = ("person", "guardian", "staff")
FORM, LINK, ACCOUNT, PAPER, BEFORE = WAYS = ("form", "guardian_link", "account", "paper", "before")
"""Given in the intake form, by a guardian's link, signed in, on paper and recorded by staff, or before such records were kept."""
PROOF_KEPT = timedelta(days=400)
"""How long a record stays after its person is erased: as long as the certificate of the erasure."""
SELF_CONSENT_AGE = 16
"""From this age a person consents herself, where no country's pack says otherwise (GDPR, Art. 8(1))."""


@dataclass
class Consent:
    """A record that is never changed but by its withdrawal. `text_version` and `language` name the text that was shown.

    `given_by` and `withdrawn_by` are ids of people, empty where only the role is known. It outlives its person, as proof that her data was
    used with consent (GDPR, Art. 7(1)), until `keep_until`.
    """

    id: str
    person_id: str
    kind: str
    text_version: int
    language: str
    given_role: str
    given_by: str
    given_on: date
    way: str
    recorded_at: datetime
    recorded_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_role: str = ""
    withdrawn_by: str = ""
    keep_until: datetime | None = None
    version: int = 0

    @property
    def in_force(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    def withdraw(self, role: str, by: str, programme_ids: tuple[str, ...], now: datetime) -> ConsentWithdrawn | None:
        """Takes it back, at any time and without a reason (GDPR, Art. 7(3)); a second time changes nothing."""
        if not self.in_force:
            return None
        self.withdrawn_at, self.withdrawn_role, self.withdrawn_by = now, role, by
        return ConsentWithdrawn(consent_id=self.id, person_id=self.person_id, kind=self.kind, programme_ids=programme_ids)


def old_enough(person: Person, on: date, least: int) -> bool:
    """Whether this person has completed `least` years on that day; of unknown age only mentors have."""
    if person.birth_date is None:
        return not person.is_minor(on)
    return age(person.birth_date, on) >= least
