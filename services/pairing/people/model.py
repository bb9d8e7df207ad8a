"""A person: who they are, how they can take part, and the facts that safeguarding needs."""

from dataclasses import dataclass
from datetime import date

from contracts.people import PersonChanged

SPOKEN = ("en", "nl", "es", "pt", "is")
"""The languages that the pages and mails are written in."""

MAJORITY = 18


@dataclass(frozen=True)
class Vetting:
    """The outcome of a background check, never the certificate itself; the last valid day is `expires`."""

    type: str
    issued: date
    expires: date


@dataclass(frozen=True)
class Guardian:
    """Who answers for a minor; `permission` is the day they allowed taking part."""

    name: str
    email: str
    permission: date | None = None


@dataclass
class Person:
    """One mentor, mentee or member of staff. `wishes` are e-mail addresses, the first most wished for."""

    id: str
    email: str
    given_name: str
    family_name: str
    roles: tuple[str, ...]
    language: str
    time_zone: str
    programme_ids: tuple[str, ...] = ()
    country: str = ""
    city: str = ""
    languages: tuple[str, ...] = ()
    birth_date: date | None = None
    format: str = "either"
    availability: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    # of a mentor
    organisation: str = ""
    expertise: tuple[str, ...] = ()
    capacity: int = 1
    models: tuple[str, ...] = ()
    vetting: Vetting | None = None
    data_protection_training: date | None = None
    # of a mentee
    interests: tuple[str, ...] = ()
    career_goal: str = ""
    learning_style: str = ""
    experience_level: str = ""
    needs: tuple[str, ...] = ()
    motivation: str = ""
    guardian: Guardian | None = None
    # of a guardian
    ward_ids: tuple[str, ...] = ()
    version: int = 0

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def is_minor(self, on: date) -> bool:
        """Whether the person is under 18 on that day; someone without a birth date counts as a minor, unless staff or mentor."""
        if self.birth_date is None:
            return "mentee" in self.roles
        return age(self.birth_date, on) < MAJORITY

    def vetting_valid_until(self, day: date) -> bool:
        """Whether a background check is on record whose last valid day is `day` or later."""
        return self.vetting is not None and self.vetting.expires >= day

    def may_take_part(self, on: date) -> bool:
        """Whether a minor's guardian has given permission; adults need none."""
        return not self.is_minor(on) or (self.guardian is not None and self.guardian.permission is not None)

    def changed(self) -> PersonChanged:
        """The present state, for everybody who keeps a copy."""
        return PersonChanged(
            person_id=self.id,
            roles=self.roles,
            given_name=self.given_name,
            family_name=self.family_name,
            email=self.email,
            language=self.language,
            time_zone=self.time_zone,
            programme_ids=self.programme_ids,
            availability=self.availability,
        )

    def differs(self, **wanted: object) -> dict[str, object]:
        """Those of the given fields that have another value here."""
        return {name: value for name, value in wanted.items() if getattr(self, name) != value}

    def change(self, **wanted: object) -> PersonChanged | None:
        """Takes over the given fields; nothing happened when all of them are as before."""
        different = self.differs(**wanted)
        for name, value in different.items():
            setattr(self, name, value)
        return self.changed() if different else None


def age(born: date, on: date) -> int:
    """Completed years on that day; who was born on 29 February comes of age on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
