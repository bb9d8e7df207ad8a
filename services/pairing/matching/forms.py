"""Reads what coordinators send about a computation: what is best, the minimum fit, weights; anything else counts as not sent."""

from collections.abc import Mapping

from pairing.matching.grouping import LARGEST, SMALLEST, GroupsWanted
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES
from pairing.programmes.model import CRITERIA
from ui.language import mark

LATER = mark("This programme is large: the proposal is computed meanwhile. Look for it in the list in a minute.")
LARGEST_PAGE = 100_000
HIGHEST_WEIGHT, HIGHEST_FIT = 10, 100


def objective(sent: Mapping[str, str], usual: str = NOBODY_LEFT_OUT) -> str:
    """What is best."""
    wanted = sent.get("objective", "")
    return wanted if wanted in OBJECTIVES else usual


def minimum(sent: Mapping[str, str], usual: int = 0) -> int:
    """The least fit of 100 at which a pair is made."""
    return whole(sent.get("minimum", ""), usual, HIGHEST_FIT)


def weights(sent: Mapping[str, str], usual: Mapping[str, int]) -> dict[str, int]:
    """The weight of every criterion."""
    return {name: whole(sent.get(f"weight_{name}", ""), usual.get(name, 0), HIGHEST_WEIGHT) for name in CRITERIA}


def groups(sent: Mapping[str, str]) -> GroupsWanted:
    """Of how many and of whom groups are to be formed; the larger of the two sizes is the most."""
    usual = GroupsWanted()
    sizes = (whole(sent.get("smallest", ""), usual.smallest, LARGEST), whole(sent.get("largest", ""), usual.largest, LARGEST))
    return GroupsWanted(max(SMALLEST, min(sizes)), max(SMALLEST, *sizes), sent.get("who") == "everybody")


def number(text: str) -> int:
    """The number of a page, from 1."""
    return max(1, whole(text, 1, LARGEST_PAGE))


def whole(text: str, usual: int, most: int) -> int:
    """A whole number from 0 to `most`, or the usual one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= most else usual
