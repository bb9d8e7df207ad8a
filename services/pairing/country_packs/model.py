"""A country pack: one country's rules from a day on, each a fact with its source and whether somebody confirmed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")

NOTES = ("registered_organisation", "renewal_advised", "renewal_required", "volunteers_too", "local_policy")
"""What there is to know about a country's vetting; `words` has the sentences."""

HOUSE_DEFAULT = "FabConnect default"
"""The source of a value that no law or guidance on record gives: a careful choice, never confirmed."""


@dataclass(frozen=True)
class Fact(Generic[T]):
    """One value with its source, an article of law or guidance; unless `confirmed`, ask before relying on it."""

    value: T
    confirmed: bool
    source: str


@dataclass(frozen=True)
class VettingRule:
    """Which checks count, after how many months they are renewed (none: no period on record), and one of NOTES."""

    types: tuple[str, ...]
    renewal_months: int | None
    note: str


@dataclass(frozen=True, kw_only=True)
class CountryPack:
    """The rules of one country (ISO 3166-1 code) from `valid_from` until the next version; ages in completed years.

    `digital_consent_age`: from when somebody consents herself to online services (GDPR, article 8). `adults_per_group`: how many
    adults a group of minors needs.
    """

    country: str
    valid_from: date
    digital_consent_age: Fact[int]
    majority_age: Fact[int]
    vetting: Fact[VettingRule]
    mentor_minimum_age: Fact[int]
    mentee_minimum_age: Fact[int]
    mentee_maximum_age: Fact[int]
    adults_per_group: Fact[int]
    language: Fact[str]
    time_zone: Fact[str]


def valid_on(versions: Iterable[CountryPack], day: date) -> CountryPack | None:
    """The latest of these versions that is valid on that day; none before the first."""
    begun = [version for version in versions if version.valid_from <= day]
    return max(begun, key=lambda version: version.valid_from, default=None)
