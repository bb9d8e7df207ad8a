"""An agreement of one pairing: filled in together, a new version with every change, signed version by version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.errors import Forbidden, Refused
from chassis.striking import Strike
from contracts.pairing import AgreementOffered, AgreementSigned


@dataclass(frozen=True)
class Signature:
    """Who signed when, having read it in which language; `place` is a member's id, or "guardian:" and the id of the minor."""

    place: str
    by: str
    at: datetime
    language: str


@dataclass(frozen=True)
class Version:
    """One wording: the answers to the questions of template number `template`, who wrote it, and who signed it."""

    number: int
    template: int
    written_by: str
    written_at: datetime
    answers: dict[str, str]
    signatures: tuple[Signature, ...] = ()

    def signed_in(self, place: str) -> Signature | None:
        """The signature in this place, or none."""
        return next((signature for signature in self.signatures if signature.place == place), None)

    def lacks(self, places: Iterable[str]) -> list[str]:
        """Those of the places in which nobody has signed."""
        return [place for place in places if not self.signed_in(place)]


@dataclass
class Agreement:
    """`id` is the pairing's. Versions stay; the last one counts."""

    id: str
    programme_id: str
    versions: tuple[Version, ...] = ()
    version: int = 0

    @property
    def latest(self) -> Version | None:
        """The wording that counts, or none while nothing is written."""
        return self.versions[-1] if self.versions else None

    @property
    def number(self) -> int:
        """The number of the latest version; 0 while nothing is written."""
        return len(self.versions)

    def write(self, answers: Mapping[str, str], template: int, by: str, now: datetime) -> None:
        """Makes a new version, which nobody has signed; the same answers again change nothing."""
        if self.latest and (self.latest.answers, self.latest.template) == (dict(answers), template):
            return
        self.versions = (*self.versions, Version(self.number + 1, template, by, now, dict(answers)))

    def sign(
        self, number: int, by: str, language: str, places: Mapping[str, str], now: datetime
    ) -> AgreementOffered | AgreementSigned | None:
        """Signs the version of this number wherever this person has a place; again changes nothing. Raises Forbidden, Refused.

        `places` gives for each place who may sign in it, "" while nobody can. The first signature asks the others for theirs, the last one
        completes the agreement.
        """
        latest = self._readable(number)
        mine = [place for place, holder in places.items() if holder == by]
        if not mine:
            raise Forbidden("not-your-agreement", "Only the people of this pairing and guardians of minors sign. Sign in as one of them.")
        new = tuple(Signature(place, by, now, language) for place in latest.lacks(mine))
        if not new:
            return None
        kept = replace(latest, signatures=(*latest.signatures, *new))
        self.versions = (*self.versions[:-1], kept)
        return self._progress(kept, places, first=not latest.signatures)

    def forget(self, person_id: str, strike: Strike) -> None:
        """One of a group is erased, which goes on: what she wrote goes from all versions, and her names from what others wrote."""
        hers: set[tuple[str, str]] = set()
        before: dict[str, str] = {}
        for each in self.versions:
            hers |= (each.answers.items() - before.items()) if each.written_by == person_id else set()
            before = each.answers
        left = [{key: strike(words) for key, words in each.answers.items() if (key, words) not in hers} for each in self.versions]
        self.versions = tuple(replace(each, answers=answers) for each, answers in zip(self.versions, left, strict=True))

    def _readable(self, number: int) -> Version:
        if self.latest is None or self.latest.number != number:
            raise Refused("agreement-changed", "The agreement was changed since you read it. Read the new version, then sign it.")
        return self.latest

    def _progress(self, kept: Version, places: Mapping[str, str], *, first: bool) -> AgreementOffered | AgreementSigned | None:
        lacking = kept.lacks(places)
        told: dict[str, Any] = {"pairing_id": self.id, "programme_id": self.programme_id, "number": kept.number}
        if not lacking:
            return AgreementSigned(**told, signed_by=tuple(dict.fromkeys(each.by for each in kept.signatures)))
        asked = tuple(dict.fromkeys(places[place] for place in lacking if places[place]))
        return AgreementOffered(**told, signed_by=kept.signatures[0].by, asked=asked) if first else None
