"""An uploaded intake file that waits for its confirmation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    """What an import did, in people."""

    created: int
    updated: int
    unchanged: int


@dataclass
class Draft:
    """The bytes of a file, kept for an hour so that nothing must be chosen twice; `outcome` once it was imported."""

    id: str
    owner_id: str
    programme_id: str
    role: str
    filename: str
    content: bytes
    expires_at: datetime
    outcome: Outcome | None = None
    version: int = 0
