"""What every MongoDB of the tests is: a replica set of one node, initiated, with a primary before anybody uses it."""

import contextlib

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from backends.process import Process, wait_until

NAME = "rs0"
ALREADY_INITIALIZED = 23


def url(port: int) -> str:
    """How clients reach the set."""
    return f"mongodb://127.0.0.1:{port}/?replicaSet={NAME}"


def direct(port: int) -> MongoClient:
    """A client of the one node, whatever state the set is in."""
    return MongoClient("127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=500)


def is_primary(port: int) -> bool:
    """Whether the node answers as the primary."""
    with contextlib.suppress(PyMongoError), direct(port) as client:
        return bool(client.admin.command("hello").get("isWritablePrimary"))
    return False


def answers(port: int) -> bool:
    """Whether the node answers at all."""
    with contextlib.suppress(PyMongoError), direct(port) as client:
        return bool(client.admin.command("ping"))
    return False


def initiate(port: int, process: Process | None = None) -> None:
    """Makes the set unless it is made already; returns when the node is the primary."""
    wait_until(lambda: answers(port), "mongod", process=process)
    with direct(port) as client:
        try:
            client.admin.command("replSetInitiate", {"_id": NAME, "members": [{"_id": 0, "host": f"127.0.0.1:{port}"}]})
        except OperationFailure as refused:
            if refused.code != ALREADY_INITIALIZED:
                raise
    wait_until(lambda: is_primary(port), "the primary", process=process)


def step_down(port: int, seconds: int = 1) -> None:
    """The primary becomes a secondary and stands for election again after `seconds`."""
    with direct(port) as client:
        client.admin.command("replSetStepDown", seconds, secondaryCatchUpPeriodSecs=0, force=True)
