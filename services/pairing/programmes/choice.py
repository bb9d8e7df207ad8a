"""Which of several programmes a page is about."""

from collections.abc import Sequence

from chassis.errors import NotFound
from pairing.programmes.model import Programme
from pairing.programmes.stages import CLOSED


def chosen_programme(programmes: Sequence[Programme], asked: str | None) -> Programme | None:
    """The one asked for, else the first that is not closed, else the first; none when there are none.

    Raises NotFound when the one asked for is not among them.
    """
    if not asked:
        return next((programme for programme in programmes if programme.state != CLOSED), programmes[0] if programmes else None)
    found = next((programme for programme in programmes if programme.id == asked), None)
    if found is None:
        raise NotFound("programme")
    return found
