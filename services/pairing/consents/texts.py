"""What people agree to, word for word; a text is never changed: a new wording gets the next version and is asked again."""

from collections.abc import Mapping
from dataclasses import dataclass

from pairing.consents.model import CONSENT, PERMISSION
from ui.language import mark


@dataclass(frozen=True)
class Text:
    """A text in English; the catalogues have it in the other languages. `question` stands beside the box that is ticked."""

    title: str
    points: tuple[str, ...]
    question: str


TEXTS: Mapping[tuple[str, int], Text] = {
    (CONSENT, 1): Text(
        title=mark("Use of data"),
        points=(
            mark("We note name, e-mail address, birth date, place, languages, interests and free times, to find the right match."),
            mark("The coordinators of the programme see all of it. A match sees the name and what the two have in common."),
            mark("Nothing is sold, and nothing is given to other organisations."),
            mark("The data are deleted some time after the programme ends, or earlier when asked for."),
            mark("This can be taken back at any time, without a reason. From then on the data are no longer used for matching."),
        ),
        question=mark("I agree that these data are used to find a match and to run the mentoring."),
    ),
    (PERMISSION, 1): Text(
        title=mark("Permission to take part"),
        points=(
            mark("Mentor and mentee meet regularly, online or in a place that the programme knows. It costs nothing."),
            mark("Mentors of minors have a valid background check and did a training on data protection."),
            mark("A guardian sees when and how they meet and with whom, but not what they talk about."),
            mark("Anybody can tell the programme when something feels wrong, at any time."),
            mark("The permission can be taken back at any time, without a reason."),
        ),
        question=mark("I am a parent or guardian, and I allow taking part in this mentoring programme."),
    ),
}


def current_version(kind: str) -> int:
    """The newest version of the text of this kind."""
    return max(version for known, version in TEXTS if known == kind)


def current(kind: str) -> Text:
    """The text that is shown now."""
    return TEXTS[kind, current_version(kind)]
