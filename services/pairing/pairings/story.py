"""The life of a pairing in words: its steps, why it stands still, how it ended, and what happened when."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from contracts.pairing import ABSENCES
from pairing.pairings import words
from pairing.pairings.life import CONCERN
from pairing.pairings.model import EARLY, NO_FAULT, PLANNED, SAFEGUARDING, Pairing
from pairing.pairings.safeguarding import BY_CODE
from ui import gettext as _
from ui.language import mark

PAUSES = {
    "illness": mark("somebody is ill"),
    "away": mark("somebody is away"),
    "wish": mark("they asked for a break"),
    "other": mark("another reason"),
    CONCERN: mark("a concern about safety"),
}
"""Why staff pauses a pairing; what the gate finds has its own words."""

ENDINGS = {
    PLANNED: mark("as planned"),
    EARLY: mark("earlier than planned"),
    NO_FAULT: mark("without blame: it did not fit"),
    SAFEGUARDING: mark("closed for safeguarding"),
}
HAPPENED = {
    "accepted": mark("All said yes."),
    "declined": mark("%(who)s said no."),
    "lapsed": mark("The time to answer was over."),
    "begun": mark("The first session was held."),
    "paused": mark("Paused (%(who)s): %(about)s."),
    "resumed": mark("It goes on (%(who)s)."),
    "silent": mark("90 days without a session."),
    "talked": mark("Talked with them (%(who)s): they go on."),
    "left": mark("Somebody left the group, which goes on."),
    "closing": mark("It comes to its end (%(who)s): %(about)s."),
    "looked-back": mark("%(who)s looked back."),
    "closed": mark("It ended: %(about)s."),
}
STEPS = (mark("Proposed"), mark("All said yes"), mark("Sessions"), mark("Looking back"), mark("Ended"))
REACHED = {"proposed": 0, "accepted": 2, "active": 2, "paused": 2, "closing": 3, "closed": 5}
"""State to the one of STEPS that it is time for; what was declined or lapsed has no steps."""


def reason(code: str) -> str:
    """Why a pairing is paused, in a few words."""
    return _(BY_CODE[code].named) if code in BY_CODE else _(PAUSES[code]) if code in PAUSES else code


def reasons(codes: Iterable[str]) -> str:
    """Several of them: "no valid vetting of the mentor and somebody is ill"."""
    return words.listed([reason(code) for code in codes])


def pauses() -> list[tuple[str, str]]:
    """What staff can choose as the reason of a pause."""
    return [(code, _(PAUSES[code])) for code in (*ABSENCES, CONCERN)]


def endings() -> list[tuple[str, str]]:
    """How a coordinator can end a pairing that she does not close at once."""
    return [(code, _(ENDINGS[code])) for code in (PLANNED, EARLY, NO_FAULT)]


def steps(state: str) -> list[tuple[str, str]]:
    """The steps of a pairing with where it is: done, now or later; none when nothing came of it."""
    if state not in REACHED:
        return []
    at = REACHED[state]
    return [(_(label), "done" if place < at else "now" if place == at else "later") for place, label in enumerate(STEPS)]


def history(pairing: Pairing, names: Mapping[str, str]) -> list[tuple[datetime, str]]:
    """What happened, the newest first; `names` of those who did it, by id."""
    told = []
    for line in reversed(pairing.course.happened):
        who = names.get(line.by) or (_("somebody who left") if line.by else _("by itself"))
        about = _(ENDINGS[line.about]) if line.about in ENDINGS else reason(line.about)
        told.append((line.at, _(HAPPENED[line.what], who=who, about=about) if line.what in HAPPENED else line.what))
    return told
