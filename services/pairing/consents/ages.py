"""From which age somebody consents to the use of her own data: the rule of the country whose pack her programmes follow."""

from collections.abc import Iterable

from chassis.unit_of_work import UnitOfWork
from pairing.consents.model import SELF_CONSENT_AGE, old_enough
from pairing.country_packs.model import CountryPack
from pairing.country_packs.repository import pack_of
from pairing.people.model import Person
from pairing.programmes.repository import of_ids


def least_age(uow: UnitOfWork, programme_ids: Iterable[str]) -> int:
    """The age in these programmes, the highest where they differ; in completed years."""
    packs = packs_of(uow, programme_ids).values()
    return max((pack.digital_consent_age.value for pack in packs), default=SELF_CONSENT_AGE)


def packs_of(uow: UnitOfWork, programme_ids: Iterable[str]) -> dict[str, CountryPack]:
    """The rules of today of every country whose pack one of these programmes follows."""
    countries = {programme.country_pack for programme in of_ids(uow, programme_ids)} - {""}
    return {country: pack_of(country, uow.now.date()) for country in sorted(countries)}


def consents_herself(uow: UnitOfWork, person: Person) -> bool:
    """Whether this person is old enough to consent to the use of her data today."""
    return old_enough(person, uow.now.date(), least_age(uow, person.programme_ids))
