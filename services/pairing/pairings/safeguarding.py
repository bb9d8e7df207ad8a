"""The safeguarding gate: who must not work with whom, judged on one day, and what would open it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

from chassis.errors import Refused
from pairing.country_packs.repository import pack_of
from pairing.pairings.model import Pairing
from pairing.people.model import Person, age
from pairing.programmes.model import Programme
from ui.language import mark


@dataclass(frozen=True)
class Terms:
    """What people are judged by: the `day`, the day `until` which what is needed has to last, the `country` whose pack holds ("": none)."""

    day: date
    until: date
    country: str = ""


Judgement = Callable[[Person, Person, Terms], bool]


@dataclass(frozen=True)
class Rule:
    """A rule of the gate by its code. `named` is what is wrong in a few words; `forbids(mentor, mentee, terms)` says whether it is.

    `beforehand` says so and names the remedy when they are to be paired until the programme ends, `meanwhile` when they are paired already.
    """

    code: str
    named: str
    forbids: Judgement
    beforehand: str
    meanwhile: str


@dataclass(frozen=True)
class Breach:
    """A rule that stands between a mentor and a mentee."""

    rule: Rule
    mentor_id: str
    mentee_id: str

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code


def is_trained(mentor: Person, day: date) -> bool:
    """Whether the mentor did the data-protection training by this day."""
    return mentor.data_protection_training is not None and mentor.data_protection_training <= day


def are_close(mentor: Person, mentee: Person) -> bool:
    """Whether they are of one family or ward and guardian, one teaches the other, or staff noted that they must not be paired."""
    family = {" ".join(person.family.casefold().split()) for person in (mentor, mentee)}
    barred = mentee.email in (*mentor.not_with, *mentor.pupils) or mentor.email in (*mentee.not_with, *mentee.pupils)
    guards = mentee.id in mentor.ward_ids or (mentee.guardian is not None and mentee.guardian.email == mentor.email)
    return barred or guards or (len(family) == 1 and family != {""})


def are_too_young(mentor: Person, mentee: Person, terms: Terms) -> bool:
    """Whether one of them is younger than the country's pack asks that day; an age that is not known is not judged."""
    if not terms.country:
        return False
    pack = pack_of(terms.country, terms.day)
    least = ((mentor, pack.mentor_minimum_age.value), (mentee, pack.mentee_minimum_age.value))
    return any(person.birth_date is not None and age(person.birth_date, terms.day) < years for person, years in least)


RULES = (
    Rule(
        "vetting",
        mark("no valid vetting of the mentor"),
        lambda mentor, mentee, terms: mentee.is_minor(terms.day) and not mentor.vetting_valid_until(terms.until),
        mark(
            "The mentee is a minor, and no background check of the mentor is on record that lasts until the programme ends. "
            "Record one, then try again."
        ),
        mark("The mentee is a minor, and no background check of the mentor is on record that is valid today. Record one, then try again."),
    ),
    Rule(
        "training",
        mark("no data-protection training of the mentor"),
        lambda mentor, mentee, terms: not is_trained(mentor, terms.day),
        mark("The mentor has not done the data-protection training yet. Record the date of the training, then try again."),
        mark("The mentor has not done the data-protection training yet. Record the date of the training, then try again."),
    ),
    Rule(
        "consent",
        mark("consent was withdrawn"),
        lambda mentor, mentee, terms: bool(mentor.consent_withdrawn or mentee.consent_withdrawn),
        mark("One of the two has withdrawn consent to the use of personal data. Ask whether it is given again, then try again."),
        mark("One of the two has withdrawn consent to the use of personal data. Ask whether it is given again, or end the pairing."),
    ),
    Rule(
        "conflict-of-interest",
        mark("a conflict of interest"),
        lambda mentor, mentee, terms: are_close(mentor, mentee),
        mark("The two are of one family, teacher and pupil, or noted as not to be paired. Choose somebody else, or correct what is noted."),
        mark("The two are of one family, teacher and pupil, or noted as not to be paired. End the pairing, or correct what is noted."),
    ),
    Rule(
        "guardian-permission",
        mark("no permission of a guardian"),
        lambda mentor, mentee, terms: not mentee.has_permission(terms.day),
        mark("The mentee is a minor, and no permission of a guardian is on record. Record the permission, then try again."),
        mark("The mentee is a minor, and no permission of a guardian is on record. Record the permission, then try again."),
    ),
    Rule(
        "age",
        mark("age outside the country's rules"),
        are_too_young,
        mark("One of the two is younger or older than the country's rules allow. Check the birth dates, or choose somebody else."),
        mark("One of the two is younger than the country's rules allow. Correct the birth date if it is wrong, or end the pairing."),
    ),
)
"""Every rule of the gate; the order is the one in which refusals are told."""
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}


def today(programme: Programme, now: datetime) -> date:
    """The calendar day where the programme is: ages and expiry dates are judged by it."""
    return now.astimezone(ZoneInfo(programme.time_zone)).date()


def beforehand(programme: Programme, day: date) -> Terms:
    """How people are judged who are to be paired: what is needed has to last until the programme ends."""
    return Terms(day, max(day, programme.ends_on), programme.country_pack)


def meanwhile(programme: Programme, day: date) -> Terms:
    """How people are judged who are paired already: what is needed is needed on this day."""
    return Terms(day, day, programme.country_pack)


def breaches(mentor: Person, mentee: Person, terms: Terms) -> tuple[Breach, ...]:
    """The rules that stand between these two under these terms."""
    return tuple(Breach(rule, mentor.id, mentee.id) for rule in RULES if rule.forbids(mentor, mentee, terms))


def between(pairing: Pairing, people: Mapping[str, Person], terms: Terms) -> tuple[Breach, ...]:
    """The rules that stand between any mentor and any mentee of a pairing; whoever is not among `people` left and is passed over."""
    both = product(pairing.mentor_ids, pairing.mentee_ids)
    pairs = [(people[mentor], people[mentee]) for mentor, mentee in both if mentor in people and mentee in people]
    return tuple(breach for mentor, mentee in pairs for breach in breaches(mentor, mentee, terms))


def check(mentor: Person, mentee: Person, terms: Terms) -> None:
    """Passes, or raises Refused with the rule that forbids to pair these two, and its remedy."""
    for breach in breaches(mentor, mentee, terms):
        raise Refused(f"safeguarding-{breach.code}", breach.rule.beforehand)


def check_meanwhile(pairing: Pairing, people: Mapping[str, Person], terms: Terms) -> None:
    """Passes, or raises Refused with the rule that keeps this pairing from going on, and its remedy."""
    for breach in between(pairing, people, terms):
        raise Refused(f"safeguarding-{breach.code}", breach.rule.meanwhile)


def lapses_on(pairing: Pairing, people: Mapping[str, Person], day: date) -> date | None:
    """The first day after `day` on which something that is valid now has run out; None when nothing will."""
    vettings = [people[id].vetting for id in pairing.mentor_ids if id in people]
    last_days = [vetting.expires for vetting in vettings if vetting and vetting.expires >= day]
    return date.fromordinal(min(last_days).toordinal() + 1) if last_days else None
