"""Suggested ways of mentoring in sentences, for the coordinator who decides."""

from dataclasses import dataclass

from pairing.pairings import words
from pairing.pairings.chooser import suggest
from pairing.people.model import Person
from pairing.programmes.model import Programme
from ui import gettext as _
from ui.language import mark

REASONS = {
    "need_hands_on": mark("She wants to learn by working on something real, with feedback at once."),
    "need_structured": mark("She wants guidance with a plan and clear goals."),
    "need_flexible": mark("She wants support that is informal and there when she asks."),
    "need_group": mark("She wants to learn with others."),
    "level_new": mark("She is new to this, and regular meetings give her a start."),
    "level_developing": mark("She knows the basics and grows by using them."),
    "level_experienced": mark("She finds her own way and asks when she is stuck."),
    "style_doing": mark("She learns best by doing."),
    "style_visual": mark("She learns best by seeing how it is done."),
    "style_listening": mark("She learns best by talking things through."),
    "style_reading": mark("She learns best by reading up, and then brings questions."),
    "offered": mark("The mentor offers it."),
    "usual": mark("Her answers point to no way yet; this is a good beginning."),
}


@dataclass(frozen=True)
class Told:
    """A way of mentoring and the reasons for it, in the reader's language."""

    model: str
    why: str


def told(mentee: Person, programme: Programme) -> list[Told]:
    """The models that a mentee's answers suggest in a programme, the best first, without regard to any mentor."""
    found = suggest(mentee.needs, mentee.experience_level, mentee.learning_style, allowed=programme.models)
    return [Told(words.model(one.model), " ".join(_(REASONS[reason]) for reason in one.reasons)) for one in found]
