"""The waiting list leaf by leaf: mentees and mentors are turned over apart, and turning one keeps the other in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pairing.intake.journey import Journey

PER_LEAF = 50
WHERE = {"mentee": "mentees", "mentor": "mentors"}
"""The name in the address that says which leaf of a side is shown."""


@dataclass(frozen=True)
class Leaf:
    """Up to fifty of one side; `total` and `ready` count the whole side; the addresses are "" where there is no leaf."""

    people: Sequence[Journey]
    total: int
    ready: int
    next_url: str
    previous_url: str


def leaves(waiting: Mapping[str, Sequence[Journey]], programme_id: str, asked: Mapping[str, str]) -> dict[str, Leaf]:
    """By side, the leaf that `asked` (the query of the address) wants; the last one where it wants one too far."""
    numbers = {side: _number(asked.get(WHERE[side], ""), len(everybody)) for side, everybody in waiting.items()}
    return {side: _leaf(everybody, side, numbers, programme_id) for side, everybody in waiting.items()}


def _leaf(everybody: Sequence[Journey], side: str, numbers: Mapping[str, int], programme_id: str) -> Leaf:
    number, last = numbers[side], _last(len(everybody))

    def address(other: int) -> str:
        places = {WHERE[each]: other if each == side else at for each, at in numbers.items()}
        return f"/pairing/waiting?{urlencode({'programme': programme_id, **places})}"

    return Leaf(
        people=everybody[(number - 1) * PER_LEAF : number * PER_LEAF],
        total=len(everybody),
        ready=sum(not journey.lacks for journey in everybody),
        next_url=address(number + 1) if number < last else "",
        previous_url=address(number - 1) if number > 1 else "",
    )


def _number(text: str, total: int) -> int:
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(1, asked), _last(total))


def _last(total: int) -> int:
    return max(1, -(-total // PER_LEAF))
