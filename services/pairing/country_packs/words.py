"""A country's rules in the reader's language, one row per fact, for pages that show or use them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from babel import Locale

from pairing.country_packs.model import HOUSE_DEFAULT, CountryPack, Fact, VettingRule
from pairing.pairings.words import languages, listed
from ui import gettext as _
from ui import ngettext, reader
from ui.language import LOCALES, mark

VETTING = {
    "garda_vetting": mark("Garda vetting"),
    "vog": mark("certificate of good conduct (VOG)"),
    "sexual_offences_certificate": mark("certificate of no sexual offences"),
    "criminal_record_certificate": mark("criminal-record certificate"),
    "local_policy": mark("check by your own policy"),
}
NOTES = {
    "registered_organisation": mark("Only an organisation that is registered with the National Vetting Bureau can ask for it."),
    "renewal_advised": mark("A new one in time is advice, not law."),
    "renewal_required": mark("The law asks for a new one in time."),
    "volunteers_too": mark("Volunteers need it too."),
    "local_policy": mark("No national rule is on record. Write down your own policy with your safeguarding lead."),
}
OWN_CHOICE = mark("A careful choice of FabConnect")


@dataclass(frozen=True)
class Row:
    """One fact as a page shows it: its name, its value, where it comes from, and whether somebody confirmed it."""

    label: str
    value: str
    source: str
    confirmed: bool


def rows(pack: CountryPack) -> list[Row]:
    """Every rule of a pack that people must know, in the order in which it matters to them."""
    return [
        *of_consent(pack),
        *of_matching(pack),
        _row(_("Usual language"), pack.language, lambda code: languages([code])),
        _row(_("Usual time zone"), pack.time_zone, str),
    ]


def of_consent(pack: CountryPack) -> list[Row]:
    """The rules by which it is judged who consents for herself."""
    return [
        _row(_("Age of own consent to online services"), pack.digital_consent_age, _years),
        _row(_("Comes of age at"), pack.majority_age, _years),
    ]


def of_matching(pack: CountryPack) -> list[Row]:
    """The rules by which it is judged who may be paired or grouped."""
    return [
        _row(_("Background check of mentors"), pack.vetting, vetting),
        _row(_("Youngest mentor"), pack.mentor_minimum_age, _years),
        _row(_("Youngest mentee"), pack.mentee_minimum_age, _years),
        _row(_("Oldest mentee"), pack.mentee_maximum_age, _years),
        _row(_("Adults in a group with minors"), pack.adults_per_group, str),
    ]


def country(code: str) -> str:
    """The name of a country (ISO 3166-1 code) in the reader's language."""
    return Locale.parse(LOCALES[reader().language]).territories.get(code, code)


def vetting(rule: VettingRule) -> str:
    """A vetting rule in a sentence or two."""
    kinds = listed([_(VETTING[kind]) for kind in rule.types])
    renewed = ngettext("New every month.", "New every %(num)s months.", rule.renewal_months) if rule.renewal_months else ""
    return " ".join(part for part in (f"{kinds[:1].upper()}{kinds[1:]}.", renewed, _(NOTES[rule.note])) if part)


def _row(label: str, fact: Fact[Any], said: Callable[[Any], str]) -> Row:
    source = _(OWN_CHOICE) if fact.source == HOUSE_DEFAULT else fact.source
    return Row(label, said(fact.value), source, fact.confirmed)


def _years(age: int) -> str:
    return ngettext("%(num)s year", "%(num)s years", age)
