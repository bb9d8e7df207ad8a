"""An agreement as somebody reads it, in her language: what is settled, who signed, what is to be done next."""

from dataclasses import dataclass
from datetime import datetime

from chassis.unit_of_work import UnitOfWork
from pairing.agreements.commands import WRITABLE
from pairing.agreements.model import Agreement, Version
from pairing.agreements.parties import GUARDIAN, guardian_names, names, places
from pairing.agreements.repository import of_pairing
from pairing.agreements.template import sections_of, unanswered
from pairing.agreements.texts import Question
from pairing.pairings.model import Pairing
from pairing.people.repository import PEOPLE
from ui import gettext as _


@dataclass(frozen=True)
class Part:
    """A section in words: title, what always holds, and (question, answer) with "–" for what is open."""

    title: str
    states: list[str]
    answers: list[tuple[str, str]]


@dataclass(frozen=True)
class Place:
    """One place to sign in: whose, and when it was signed, if it was; `can_sign` is False while nobody has an account for it.

    `name` begins a line, `within` is the same within a sentence.
    """

    name: str
    within: str
    at: datetime | None
    can_sign: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One version of an agreement, or none (`shown` is None); `to_sign` and `to_write` are what the reader can do with it."""

    title: str
    shown: Version | None
    newest: int
    history: list[Version]
    parts: list[Part]
    places: list[Place]
    open_questions: list[str]
    to_sign: bool
    to_write: bool

    @property
    def is_signed(self) -> bool:
        """Whether everybody signed the version shown."""
        return bool(self.shown) and all(place.at for place in self.places)

    @property
    def still_to_sign(self) -> list[str]:
        """Whose signatures the latest version lacks, as names within a sentence; nobody's for an earlier version."""
        latest = self.shown is not None and self.shown.number == self.newest
        return [place.within for place in self.places if not place.at] if latest else []


def read_agreement(uow: UnitOfWork, pairing: Pairing, reader_id: str, *, staff: bool, number: int = 0) -> Reading | None:
    """Version `number`, 0 for the latest, as this reader sees it; None when there is no such version."""
    agreement = of_pairing(uow, pairing.id) or Agreement(id=pairing.id, programme_id=pairing.programme_id)
    if not 0 <= number <= agreement.number:
        return None
    shown = agreement.versions[number - 1] if number else agreement.latest
    called = names(uow.get_many(PEOPLE, pairing.members), pairing, _("somebody who left"), whole=staff)
    holders = places(uow, pairing)
    open_questions = unanswered(pairing.models, shown.answers) if shown else []
    signers = {place: _signer(place, holder, shown) for place, holder in holders.items()}
    called |= guardian_names(uow, signers, reader_id, staff=staff)
    mine = [place for place, holder in holders.items() if holder == reader_id]
    writable = pairing.state in WRITABLE and shown is agreement.latest
    return Reading(
        title=_("Agreement of %(mentors)s and %(mentees)s", **_both(pairing, called)),
        shown=shown,
        newest=agreement.number,
        history=list(agreement.versions[::-1]),
        parts=parts(pairing, shown),
        places=[_place(place, holder, shown, called) for place, holder in holders.items()],
        open_questions=open_questions,
        to_sign=writable and shown is not None and not open_questions and bool(shown.lacks(mine)),
        to_write=writable and reader_id in pairing.members,
    )


def parts(pairing: Pairing, version: Version | None) -> list[Part]:
    """The sections of the pairing's models with the answers of this version."""
    answers = version.answers if version else {}
    return [
        Part(
            _(section.title),
            [_(sentence) for sentence in section.states],
            [(_(question.label), answer_in_words(question, answers.get(question.key, ""))) for question in section.questions],
        )
        for section in sections_of(pairing.models)
    ]


def answer_in_words(question: Question, answer: str) -> str:
    """A choice in the reader's language, or the words that were typed; "–" when it is open."""
    return (_(question.choices[answer]) if answer in question.choices else answer) or "–"


def _both(pairing: Pairing, called: dict[str, str]) -> dict[str, str]:
    return {"mentors": ", ".join(called[id] for id in pairing.mentor_ids), "mentees": ", ".join(called[id] for id in pairing.mentee_ids)}


def _signer(place: str, holder: str, version: Version | None) -> str:
    signature = version.signed_in(place) if version else None
    return signature.by if signature else holder


def _place(place: str, holder: str, version: Version | None, called: dict[str, str]) -> Place:
    signature = version.signed_in(place) if version else None
    at, name = signature.at if signature else None, called[place.removeprefix(GUARDIAN)]
    if place.startswith(GUARDIAN) and place in called:
        both = _("%(guardian)s (guardian of %(name)s)", guardian=called[place], name=name)
        return Place(both, both, at, bool(holder))
    if place.startswith(GUARDIAN):
        return Place(_("Guardian of %(name)s", name=name), _("guardian of %(name)s", name=name), at, bool(holder))
    return Place(name, name, at, bool(holder))
