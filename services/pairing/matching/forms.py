"""Reads what coordinators send about a computation: what is best, the minimum fit, weights, sizes of groups."""

from collections.abc import Mapping

from chassis.errors import Invalid
from pairing.matching.grouping import LARGEST, SMALLEST, GroupsWanted
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES
from pairing.programmes.model import CRITERIA
from ui.language import mark

LATER = mark("This programme is large: the proposal is computed meanwhile. Look for it in the list in a minute.")
MINIMUM_IS = mark("The minimum fit is a whole number from %(least)s to %(most)s. Go back and write it again.")
WEIGHT_IS = mark("Every weight is a whole number from %(least)s to %(most)s. Go back and write it again.")
SIZE_IS = mark("The size of a group is a whole number from %(least)s to %(most)s. Go back and write it again.")
LARGEST_PAGE = 100_000
HIGHEST_WEIGHT, HIGHEST_FIT = 10, 100


def objective(sent: Mapping[str, str], usual: str = NOBODY_LEFT_OUT) -> str:
    """What is best."""
    wanted = sent.get("objective", "")
    return wanted if wanted in OBJECTIVES else usual


def minimum(sent: Mapping[str, str], usual: int = 0) -> int:
    """The least fit of 100 at which a pair is made; the usual one when none is sent. Raises Invalid for any other number."""
    return _sent(sent, "minimum", usual, (0, HIGHEST_FIT), MINIMUM_IS)


def weights(sent: Mapping[str, str], usual: Mapping[str, int]) -> dict[str, int]:
    """The weight of every criterion; the usual one where none is sent. Raises Invalid for any other number."""
    return {name: _sent(sent, f"weight_{name}", usual.get(name, 0), (0, HIGHEST_WEIGHT), WEIGHT_IS) for name in CRITERIA}


def groups(sent: Mapping[str, str]) -> GroupsWanted:
    """Of how many and of whom groups are to be formed; the larger of the two sizes is the most. Raises Invalid for other numbers."""
    usual = GroupsWanted()
    sizes = [_sent(sent, name, getattr(usual, name), (SMALLEST, LARGEST), SIZE_IS) for name in ("smallest", "largest")]
    return GroupsWanted(min(sizes), max(sizes), sent.get("who") == "everybody")


def number(text: str) -> int:
    """The number of a page, from 1."""
    return max(1, _whole(text, LARGEST_PAGE) or 1)


def _sent(sent: Mapping[str, str], name: str, usual: int, bounds: tuple[int, int], sentence: str) -> int:
    text, (least, most) = sent.get(name, "").strip(), bounds
    if not text:
        return usual
    found = _whole(text, most)
    if found is None or found < least:
        raise Invalid({name: [sentence % {"least": least, "most": most}]}, sentence, least=least, most=most)
    return found


def _whole(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, if it is one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= most else None
