"""Checks the database and the broker that the user gave instead of the embedded ones."""

import socket

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from embedded.problems import Problem

WAIT_SECONDS = 3


def check_mongo(url: str) -> None:
    """Raises `Problem` when MONGO_URL leads to no replica set that answers in time."""
    try:
        with MongoClient[dict[str, object]](url, serverSelectionTimeoutMS=WAIT_SECONDS * 1000) as client:
            hello = client.admin.command("hello")
    except (PyMongoError, ValueError) as error:
        reason = str(error).split(",")[0].split("(")[0].strip()
        raise Problem(
            f"The database of MONGO_URL does not answer: {reason}.", "Correct MONGO_URL, or unset it to use the embedded one."
        ) from error
    if "setName" not in hello and hello.get("msg") != "isdbgrid":
        raise Problem(
            "The database of MONGO_URL is a single server, and transactions need a replica set.", "Start it with --replSet and initiate it."
        )


def check_kafka(bootstrap: str) -> None:
    """Raises `Problem` when no broker of KAFKA_BOOTSTRAP accepts connections."""
    if any(_answers(address.strip()) for address in bootstrap.split(",")):
        return
    raise Problem(f"No broker answers at KAFKA_BOOTSTRAP={bootstrap}.", "Correct KAFKA_BOOTSTRAP, or unset it to use the embedded broker.")


def _answers(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=WAIT_SECONDS).close()
    except (OSError, ValueError):
        return False
    return True
