"""A lease in MongoDB: of all processes of a service, one at a time does what the lease is for."""

import os
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

COLLECTION = "leases"
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Lease:
    """Held for `seconds` after each `hold`; the holder calls it again well before."""

    def __init__(self, database: Database[dict[str, Any]], name: str, seconds: float = 5.0) -> None:
        self._leases, self._name, self._for = database[COLLECTION], name, timedelta(seconds=seconds)
        self._held_until = LONG_AGO
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{id(self)}"

    def hold(self) -> bool:
        """Takes or prolongs the lease, when a third of its time has gone; False when another holds it."""
        now = datetime.now(UTC)
        if now + self._for * 2 / 3 < self._held_until:
            return True
        free = {"_id": self._name, "$or": [{"holder": self.holder}, {"until": {"$lt": now}}]}
        try:
            self._leases.update_one(free, {"$set": {"holder": self.holder, "until": now + self._for}}, upsert=True)
        except DuplicateKeyError:
            self._held_until = LONG_AGO
            return False
        self._held_until = now + self._for
        return True

    def release(self) -> None:
        """Gives it back at once, so that the next one need not wait."""
        self._held_until = LONG_AGO
        self._leases.delete_one({"_id": self._name, "holder": self.holder})
