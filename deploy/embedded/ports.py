"""Ports: the public one that was asked for, and the inner ones that are found once and remembered."""

import errno
import random
import socket

from embedded.files import read_json, write_json
from embedded.home import Home
from embedded.problems import Problem

INNER = range(20_000, 32_000)
"""Below the range from which operating systems take ports for outgoing connections."""


def listen(host: str, port: int) -> socket.socket:
    """The socket that people reach (port 0: any free one); raises `Problem` when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _refused(error, host, port) from error
    return listener


def _refused(error: Exception, host: str, port: int) -> Problem:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return Problem(
            f"Port {port} on {host} is used by another program.", f"Stop that program, or choose another port: make up PORT={port + 1}."
        )
    if number == errno.EACCES:
        return Problem(f"Port {port} needs rights that you do not have.", "Choose a port above 1023: make up PORT=8080.")
    return Problem(f"The address {host}:{port} cannot be used ({error}).", "Use --host 127.0.0.1 and a port from 1024 to 65535.")


def free(port: int) -> bool:
    """Whether a program on this machine could listen on the port now."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def inner(home: Home, names: tuple[str, ...]) -> dict[str, int]:
    """One port per name: the one of the last start while it is free, else a new one."""
    remembered = read_json(home.ports)
    chosen: dict[str, int] = {}
    for name in names:
        port = remembered.get(name)
        usable = isinstance(port, int) and port in INNER and free(port)
        chosen[name] = int(port or 0) if usable else _another(set(chosen.values()))
    write_json(home.ports, remembered | chosen)
    return chosen


def _another(taken: set[int]) -> int:
    candidates = random.sample(INNER, 200)
    port = next((port for port in candidates if port not in taken and free(port)), None)
    if port is None:
        raise Problem("No free port was found between 20000 and 32000.", "Stop programs that listen on many ports.")
    return port


def answers(port: int) -> bool:
    """Whether something on this machine accepts connections on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.3).close()
    except OSError:
        return False
    return True
