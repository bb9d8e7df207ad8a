"""Fixtures that every test can ask for: a running back end, an instance of its own on it, and that instance's settings."""

import dataclasses
import os
import secrets
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from pymongo import MongoClient
from pymongo.database import Database

from backends import choice
from backends.backend import Backend
from backends.process import Unavailable
from chassis import keys
from chassis.config import Settings
from chassis.migrations import STATE

ROOT = Path(__file__).parent.parent
MARK = "FABCONNECT_TEST_RUN"
MOST_EMPTIED = 500
"""Documents of one collection that are deleted rather than dropped with their database."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file stay together when several processes share the work, and so do all that use the one browser.

    First, because the one who hands the work out reads these marks in the same hook.
    """
    for item in items:
        place = item.path.relative_to(ROOT / "tests")
        item.add_marker(pytest.mark.xdist_group("browser" if place.parts[0] == "browser" else str(place)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuses to run when the groups do not reach the one who hands the work out, as with pytest 9.2 and xdist 3.8."""
    if session.config.getoption("loadgroup", False) and not all("@" in item.nodeid for item in session.items):
        raise pytest.UsageError("Tests of one file would be torn apart. Install what deploy/constraints.txt pins.")


def pytest_report_header() -> str:
    """Says on which back end the run is."""
    return f"back end: {choice.chosen()} (FABCONNECT_BACKEND)"


@pytest.fixture(scope="session", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fails the run, and ends them, when processes that a test started outlive it."""
    mark = uuid.uuid4().hex
    os.environ[MARK] = mark
    yield
    left = [process for process in psutil.process_iter() if process.pid != os.getpid() and carries(process, mark)]
    _, left = psutil.wait_procs(left, timeout=5)
    told = [describe(process) for process in left]
    for process in left:
        process.kill()
    assert not told, f"processes left behind: {told}"


def carries(process: psutil.Process, mark: str) -> bool:
    """Whether the process inherited the environment of this run."""
    try:
        return bool(process.environ().get(MARK) == mark) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def describe(process: psutil.Process) -> str:
    """The process's number and command line."""
    try:
        return f"{process.pid} {' '.join(process.cmdline())}"
    except psutil.Error:
        return str(process.pid)


@pytest.fixture(scope="session")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The database and broker of this run; skips, with the reason, where they cannot run."""
    try:
        started = choice.start(tmp_path_factory.mktemp("backend"))
    except Unavailable as reason:
        if os.environ.get("FABCONNECT_BACKEND_REQUIRED"):
            pytest.fail(f"back end {choice.chosen()}: {reason}")
        pytest.skip(f"back end {choice.chosen()}: {reason}")
    yield started
    started.close()


@pytest.fixture
def instance(backend: Backend) -> Iterator[str]:
    """The name of an instance that nobody else uses; afterwards its databases go and the back end is whole again."""
    name = new_name()
    yield name
    backend.mend()
    drop(backend, name)


@pytest.fixture(scope="session")
def kept_instance(backend: Backend) -> Iterator[list[str]]:
    """The name of the instance that tests use one after the other, if there is one."""
    names: list[str] = []
    yield names
    for name in names:
        drop(backend, name)


@pytest.fixture
def emptied_instance(backend: Backend, kept_instance: list[str]) -> Iterator[str]:
    """An instance whose every collection is empty but for the number of its last migration, and of which no broker ever heard.

    To make its many collections and indexes anew takes a second every time.
    """
    name = kept_instance.pop() if kept_instance else new_name()
    yield name
    backend.mend()
    if empty(backend, name):
        kept_instance.append(name)
    else:
        drop(backend, name)


def new_name() -> str:
    """A name that no instance had."""
    return f"t{uuid.uuid4().hex[:8]}"


def databases(client: MongoClient[dict[str, Any]], instance: str) -> list[Database[dict[str, Any]]]:
    """What the services of an instance keep."""
    return [client[name] for name in client.list_database_names() if name.startswith(f"{instance}_")]


def drop(backend: Backend, instance: str) -> None:
    """Drops all databases of an instance."""
    with MongoClient(backend.mongo_url) as client:
        for database in databases(client, instance):
            client.drop_database(database)


def empty(backend: Backend, instance: str) -> bool:
    """Empties all databases of an instance; False, with nothing done, when that does not make it as good as new.

    Events stay on the broker. Keys of deleted documents stay in indexes for minutes, where every search walks over them: past thousands
    of them an import took four seconds longer.
    """
    with MongoClient(backend.mongo_url) as client:
        found = [database[name] for database in databases(client, instance) for name in collections(database)]
        if any((each.name == "topics" and each.find_one()) or each.estimated_document_count() > MOST_EMPTIED for each in found):
            return False
        for each in found:
            each.delete_many({})
    return True


def collections(database: Database[dict[str, Any]]) -> list[str]:
    """The names of all collections, but for the number of the last migration."""
    return [name for name in database.list_collection_names(filter={"type": "collection"}) if name != STATE]


@pytest.fixture(scope="session")
def keys_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one Ed25519 key pair: `signing.json` for the service that signs, `public.json` for those that verify."""
    folder = tmp_path_factory.mktemp("keys")
    keys.make(folder)
    return folder


@pytest.fixture(scope="session")
def secret_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the instance's secret, ended by a newline as an editor would."""
    path = tmp_path_factory.mktemp("secret") / "secret"
    path.write_text(secrets.token_hex(32) + "\n")
    return path


@pytest.fixture
def make_settings(backend: Backend, instance: str, keys_directory: Path, secret_file: Path) -> Callable[..., Settings]:
    """A factory of settings of this test's instance; keyword arguments replace fields."""
    quick = {"kafka_session_timeout_ms": 6_000, "kafka_heartbeat_ms": 1_000, "kafka_fetch_max_wait_ms": 50, "rate_limits": False}
    where = {"instance": instance, "mongo_url": backend.mongo_url, "kafka_bootstrap": backend.bootstrap}
    files = {"keys_dir": keys_directory, "secret_file": secret_file}

    def make(**replaced: object) -> Settings:
        return Settings(**{**quick, **where, **files, **replaced})

    return make


@pytest.fixture
def settings(make_settings: Callable[..., Settings]) -> Settings:
    """Settings of this test's instance."""
    return make_settings()


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The environment of a child process of this test's instance, such as `python -m pairing worker`."""
    told = {name.upper(): str(value) for name, value in dataclasses.asdict(settings).items()}
    sources = os.pathsep.join(str(ROOT / folder) for folder in ("services", "shared", "deploy", "tests"))
    return {**os.environ, **told, "PYTHONPATH": sources}


@pytest.fixture
def database(settings: Settings) -> Iterator[Callable[[str], Database]]:
    """`database("pairing")` is what that service of this test's instance keeps."""
    with MongoClient(settings.mongo_url, tz_aware=True) as client:
        yield lambda service: client[settings.database_name(service)]
