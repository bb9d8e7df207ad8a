"""Brings an instance up in this process: claims the folder, checks what could go wrong, then supervises until told to stop."""

import ipaddress
import logging
import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from embedded import broker, components, credentials, given, leftovers, mongo, ports
from embedded.environment import SERVICES, Addresses, for_services
from embedded.home import Home
from embedded.process import Component
from embedded.supervisor import Report, Supervisor


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the user asked for. `attached`: stop when standard input closes."""

    home: Home
    host: str = "127.0.0.1"
    port: int = 8080
    workers: tuple[str, ...] = SERVICES
    attached: bool = False


def run(plan: Plan, report: Report) -> None:
    """Supervises the instance until SIGTERM or SIGINT; raises `Problem` when it cannot start."""
    home = plan.home
    with home.held():
        home.prepare()
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr, force=True)
        home.state.unlink(missing_ok=True)
        leftovers.clear(home)
        with ports.listen(plan.host, plan.port) as listener:
            credentials.make(home)
            environment, parts = compose(plan, listener, os.environ)
            facts = {"url": address(plan.host, listener), "environment": environment}
            Supervisor(home, parts, facts, report).run(listener.close, plan.attached)


def address(host: str, listener: socket.socket) -> str:
    """The address for a browser on this machine."""
    bound, port = listener.getsockname()[:2]
    if ipaddress.ip_address(bound).is_unspecified:
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def compose(plan: Plan, listener: socket.socket, environ: Mapping[str, str]) -> tuple[dict[str, str], list[Component]]:
    """The environment of the services and all processes to run; what the user gave an address for is checked and left out."""
    home, inner = plan.home, ports.inner(plan.home, ("mongod", "broker", "mail"))
    mongo_url, bootstrap, smtp_url = (environ.get(name, "") for name in ("MONGO_URL", "KAFKA_BOOTSTRAP", "SMTP_URL"))
    back = _back(home, inner, mongo_url, bootstrap)
    addresses = Addresses(
        url=address(plan.host, listener),
        mongo_url=mongo_url or mongo.url(inner["mongod"]),
        bootstrap=bootstrap or f"127.0.0.1:{inner['broker']}",
        smtp_url=smtp_url or f"smtp://127.0.0.1:{inner['mail']}",
    )
    environment = for_services(home, addresses, environ)
    needs = tuple(part.name for part in back)
    if not smtp_url:
        environment["MAIL_SINK"] = str(home.mail)
        back.append(components.mail(home, inner["mail"], environment))
    front = components.workers(home, environment, needs, plan.workers)
    front.append(components.web(home, environment, listener.fileno(), tuple(name for name in needs if name == "mongod")))
    return environment, back + front


def _back(home: Home, inner: Mapping[str, int], mongo_url: str, bootstrap: str) -> list[Component]:
    """Database and broker, those that the user did not give."""
    back: list[Component] = []
    if mongo_url:
        given.check_mongo(mongo_url)
    else:
        back.append(mongo.component(home, inner["mongod"]))
    if bootstrap:
        given.check_kafka(bootstrap)
    else:
        back.append(broker.component(inner["broker"]))
    return back
