"""Instances with the real database, broker, sink and supervisor; services are reduced to a few lines, so that a start takes a second."""

import os

import pytest

from embedded.environment import SERVICES
from embedded.run import Instance

WORKER = """
import os, pathlib, signal, sys, time
home = pathlib.Path(os.environ["FABCONNECT_HOME"])
name = pathlib.Path(__file__).parent.name
if sys.argv[1] == "sign-in-link":
    print("some words")
    print(os.environ["PUBLIC_URL"] + "/pairing/sign-in#once")
    sys.exit()
if (home / f"broken-{name}").exists():
    print("cannot work: the reason", flush=True)
    sys.exit(7)
def drain(*_):
    time.sleep(0.3)
    with open(home / "stops", "a") as file: file.write(name + " drained\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, drain)
pathlib.Path(os.environ["READY_FILE"]).touch()
while True:
    time.sleep(0.1)
"""

APPLICATION = """
import os, time
import flask
def create_app(settings=None):
    app = flask.Flask(__name__)
    name = __name__.partition(".")[0]
    @app.get(f"/{name}/slow")
    def slow():
        open(os.environ["FABCONNECT_HOME"] + "/slow-began", "w").close()
        time.sleep(1)
        with open(os.environ["FABCONNECT_HOME"] + "/stops", "a") as file: file.write("web answered\\n")
        return "finished"
    @app.get(f"/{name}/readyz")
    def readyz():
        broken = os.path.exists(os.environ["FABCONNECT_HOME"] + f"/unready-{name}")
        return {"status": "no" if broken else "ok"}, 503 if broken else 200
    @app.get(f"/{name}/", defaults={"path": ""})
    @app.get(f"/{name}/<path:path>")
    def here(path):
        return {"service": name, "script": flask.request.script_root, "path": flask.request.path}
    return app
"""


@pytest.fixture(scope="session")
def reduced_services(tmp_path_factory):
    """A folder with four packages that stand before the real ones on the path of subprocesses."""
    folder = tmp_path_factory.mktemp("services")
    for name in SERVICES:
        (folder / name).mkdir()
        for file, content in (("__init__.py", ""), ("__main__.py", WORKER), ("app.py", APPLICATION)):
            (folder / name / file).write_text(content)
    return folder


@pytest.fixture(scope="session")
def surroundings(reduced_services, tmp_path_factory):
    """Environment of a supervisor that finds the reduced services, and whose own HOME and TMPDIR are to stay empty."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    return {"PYTHONPATH": str(reduced_services), "HOME": str(elsewhere), "TMPDIR": str(elsewhere), "XDG_RUNTIME_DIR": str(elsewhere)}


@pytest.fixture(scope="module")
def instance(surroundings, tmp_path_factory):
    """A running instance, shared by the tests of a module."""
    with Instance(tmp_path_factory.mktemp("home"), environment=surroundings) as running:
        yield running


@pytest.fixture
def command_environment(surroundings):
    """Environment for `python -m embedded` as a user calls it."""
    return {**os.environ, **surroundings}
