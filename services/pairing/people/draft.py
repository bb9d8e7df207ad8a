"""An uploaded intake file that waits for its confirmation, and what is remembered of it for the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pairing.people.headings import Reading

LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    """What an import did, in people."""

    created: int
    updated: int
    unchanged: int


@dataclass
class Draft:
    """The bytes of a file, kept for an hour so that nothing must be chosen twice; `outcome` once it was imported.

    `columns` says which heading is which column, None as long as nobody was asked; `sheet` names one of a workbook, "" the first.
    """

    id: str
    owner_id: str
    programme_id: str
    role: str
    filename: str
    content: bytes
    expires_at: datetime
    outcome: Outcome | None = None
    sheet: str = ""
    columns: tuple[tuple[str, str], ...] | None = None
    version: int = 0

    @property
    def reading(self) -> Reading:
        """How the file is to be read, as far as somebody said."""
        return Reading(self.sheet, dict(self.columns or ()))


@dataclass
class Mapping:
    """Which heading was which column in the last file of this role in this programme; "" for one that was not read."""

    id: str
    columns: tuple[tuple[str, str], ...] = ()
    version: int = 0
