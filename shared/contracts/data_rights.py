"""What answers to erasure requests are made of: kinds and numbers of what was erased, kinds and reasons of what stays; no person."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Erased:
    """How many things of one `kind` a service erased, such as 3 "debriefs"."""

    kind: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A `kind` of record that stays, and the code of the reason `why`; neither says who the person was."""

    kind: str
    why: str
