"""A person: who they are, how they can take part, and the facts that safeguarding needs."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.striking import Strike, names_of, striking
from contracts.people import PersonChanged

SPOKEN = ("en", "nl", "es", "pt", "is")
"""The languages that the pages and mails are written in."""

MAJORITY = 18
PASSED, NOT_PASSED, PENDING = VETTING_RESULTS = ("passed", "not_passed", "pending")
KEPT_OUTCOMES = 20


@dataclass(frozen=True)
class Vetting:
    """The outcome of a background check, never the certificate itself.

    `expires` is the last valid day, of a check that was not passed the day itself; `checked_by` the id of who looked at it.
    """

    type: str
    issued: date
    expires: date
    result: str = PASSED
    checked_by: str = ""


@dataclass(frozen=True)
class Guardian:
    """Who answers for a minor; `permission` is the day they allowed taking part."""

    name: str
    email: str
    permission: date | None = None


@dataclass
class Person:
    """One mentor, mentee, guardian or member of staff.

    `wishes` are e-mail addresses, the first most wished for; `not_with` those of people never to be paired with, `pupils` those of a
    teacher's pupils. People with the same `family` are of one family. `joined_on` is the day from which somebody waits. `ward_ids` are the
    people whom a guardian answers for; `consent_withdrawn` the day since which her data may not be used for matching (GDPR, Art. 7(3)).
    """

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
    not_with: tuple[str, ...] = ()
    family: str = ""
    joined_on: date | None = None
    consent_withdrawn: date | None = None
    # of a mentor
    organisation: str = ""
    expertise: tuple[str, ...] = ()
    capacity: int = 1
    models: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    pupils: tuple[str, ...] = ()
    vetting: Vetting | None = None
    vetting_history: tuple[Vetting, ...] = ()
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

    @property
    def names(self) -> tuple[str, ...]:
        """Everything by which she is called."""
        return names_of(self.given_name, self.family_name, self.email)

    @property
    def strike(self) -> Strike:
        """What takes her names out of what others wrote about their time together."""
        return striking(*self.names)

    @property
    def strike_whole(self) -> Strike:
        """What takes her whole name and address out of other words, where a given name alone may be somebody else's."""
        return striking(self.name, self.email)

    def is_minor(self, on: date) -> bool:
        """Whether the person is under 18 on that day; someone without a birth date counts as a minor, unless staff or mentor."""
        if self.birth_date is None:
            return "mentee" in self.roles
        return age(self.birth_date, on) < MAJORITY

    def vetting_valid_until(self, day: date) -> bool:
        """Whether a background check was passed whose last valid day is `day` or later."""
        return self.vetting is not None and self.vetting.result == PASSED and self.vetting.expires >= day

    def may_take_part(self, on: date) -> bool:
        """Whether consent was not withdrawn and, for a minor, a guardian has given permission."""
        return self.consent_withdrawn is None and self.has_permission(on)

    def has_permission(self, on: date) -> bool:
        """Whether a minor's guardian has given permission to take part; adults need none."""
        return not self.is_minor(on) or (self.guardian is not None and self.guardian.permission is not None)

    def guards(self, ward: "Person", now: datetime) -> bool:
        """Whether this is a guardian of that person, who is a minor still where she is; who is of age answers for herself alone."""
        return "guardian" in self.roles and ward.id in self.ward_ids and ward.is_minor(now.astimezone(ZoneInfo(ward.time_zone)).date())

    @property
    def of_age_on(self) -> date | None:
        """The first day on which a mentee is no minor; None for others, and while her birth date is not known."""
        return comes_of_age(self.birth_date) if self.birth_date and "mentee" in self.roles else None

    def record_vetting(self, vetting: Vetting) -> PersonChanged | None:
        """Takes over the outcome of a check; the one before goes to the history. The same again changes nothing."""
        if vetting == self.vetting:
            return None
        earlier = (self.vetting,) if self.vetting else ()
        return self.change(vetting=vetting, vetting_history=(*earlier, *self.vetting_history)[:KEPT_OUTCOMES])

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
            ward_ids=self.ward_ids,
            of_age_on=self.of_age_on,
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


def comes_of_age(born: date) -> date:
    """The day from which somebody is no minor; who was born on 29 February comes of age on 1 March."""
    year = born.year + MAJORITY
    return date(year, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=year)


def age(born: date, on: date) -> int:
    """Completed years on that day; who was born on 29 February comes of age on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
