"""The topology of an embedded instance on one page: which processes there are and what each needs."""

import shutil
import sys
from collections.abc import Mapping

from embedded.environment import SERVICES
from embedded.home import Home
from embedded.process import Component

MAIL, WEB = "mail", "web"
BACK_STAGE, WORKERS_STAGE, WEB_STAGE = 1, 2, 3
"""A stop goes through the stages from the highest down: no new requests, then workers, then what they use."""


def mail(home: Home, port: int, listening: Mapping[str, str]) -> Component:
    """The sink that keeps all mail."""
    return _python(home, MAIL, ("embedded.mail_sink", str(home.mail), str(port)), listening, stage=BACK_STAGE, stop_seconds=3)


def worker(home: Home, service: str, environment: Mapping[str, str], needs: tuple[str, ...]) -> Component:
    """The relay, consumer and clock of one service."""
    return _python(home, service, (service, "worker"), environment, needs=needs, stage=WORKERS_STAGE, stop_seconds=22)


def workers(home: Home, environment: Mapping[str, str], needs: tuple[str, ...], names: tuple[str, ...] = SERVICES) -> list[Component]:
    """One worker per service."""
    return [worker(home, name, environment, needs) for name in names]


def web(home: Home, environment: Mapping[str, str], listener: int, needs: tuple[str, ...]) -> Component:
    """One web server for the four applications, on a socket that the supervisor keeps open while the server restarts."""
    command = ("gunicorn", "--no-control-socket", "-c", "python:embedded.gunicorn_settings", "embedded.wsgi:application")
    surroundings = {**environment, "WEB_LISTENER": str(listener)}
    return _python(home, WEB, command, surroundings, needs=needs, stage=WEB_STAGE, inherited=(listener,))


def _python(
    home: Home, name: str, command: tuple[str, ...], environment: Mapping[str, str], *, needs: tuple[str, ...] = (), stage: int,
    stop_seconds: float = 10, inherited: tuple[int, ...] = (),
) -> Component:  # fmt: skip
    """A Python process that touches READY_FILE when it is ready and counts in a folder of its own."""
    ready_file, metrics = home.ready(name), home.metrics(name)

    def prepare() -> None:
        ready_file.unlink(missing_ok=True)
        shutil.rmtree(metrics, ignore_errors=True)
        metrics.mkdir(parents=True)

    return Component(
        name=name,
        command=(sys.executable, "-m", *command),
        ready=ready_file.exists,
        needs=needs,
        stage=stage,
        stop_seconds=stop_seconds,
        environment={**environment, "READY_FILE": str(ready_file), "PROMETHEUS_MULTIPROC_DIR": str(metrics)},
        inherited=inherited,
        prepare=prepare,
    )
