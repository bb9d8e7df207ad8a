"""Prepares what an instance needs before its services start: signing keys, secret, and MongoDB's replica set of one node.

Run again, it changes nothing that is there. Files belong to the group of the services; only the signing key stays with its owner.
"""

import contextlib
import os
import secrets
import sys
import time
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import AutoReconnect, OperationFailure

from chassis import keys

ALREADY_INITIALIZED = 23


def make_keys(folder: Path) -> None:
    """Creates the key pair unless it is there; others than the owner read the public part only."""
    keys.make(folder)
    folder.chmod(0o755)


def make_secret(path: Path) -> None:
    """Creates the instance's secret of 256 bits unless it is there."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w") as file:
            file.write(secrets.token_hex(32) + "\n")


def make_replica_set(host: str, seconds: float = 120) -> None:
    """Waits for mongod at `host` ("name:port"), initiates the set of one node unless it is made, and waits for a primary."""
    with MongoClient(f"mongodb://{host}", directConnection=True, serverSelectionTimeoutMS=int(seconds * 1000)) as client:
        with contextlib.suppress(AutoReconnect):
            initiate(client, host)
        deadline = time.monotonic() + seconds
        while not client.admin.command("hello").get("isWritablePrimary"):
            if time.monotonic() > deadline:
                sys.exit(f"{host} has no primary after {seconds:.0f} s: look at its log")
            time.sleep(0.2)


def initiate(client: MongoClient, host: str) -> None:
    """Makes `host` the one member of the set rs0."""
    try:
        client.admin.command("replSetInitiate", {"_id": "rs0", "members": [{"_id": 0, "host": host}]})
    except OperationFailure as refused:
        if refused.code != ALREADY_INITIALIZED:
            raise


if __name__ == "__main__":
    make_keys(Path(os.environ["KEYS_DIR"]))
    make_secret(Path(os.environ["SECRET_FILE"]))
    for replica_set_host in sys.argv[1:]:
        make_replica_set(replica_set_host)
