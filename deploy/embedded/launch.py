"""Starts a supervisor in a process of its own and listens to what it reports until the instance is up."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from embedded.problems import Problem
from embedded.up import Plan

Heard = Callable[[dict[str, Any]], None]


def start(plan: Plan, heard: Heard, environment: Mapping[str, str] = os.environ) -> subprocess.Popen[bytes]:
    """Returns when all processes are ready; `heard` gets each report on the way. Raises `Problem` when the start fails."""
    with plan.home.held():
        plan.home.prepare()
    reader, writer = os.pipe()
    with plan.home.log("supervisor").open("ab") as log:
        process = subprocess.Popen(
            _command(plan, writer), stdin=subprocess.PIPE if plan.attached else subprocess.DEVNULL, stdout=log, stderr=log,
            env=dict(environment), pass_fds=(writer,), start_new_session=True,
        )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as reports:
            if any(_is_up(json.loads(line), heard) for line in reports):
                return process
    except BaseException:
        process.terminate()
        process.wait()
        raise
    code = process.wait()
    raise Problem(f"The supervisor ended with code {code} before the instance was ready.", f"Read {plan.home.log('supervisor')}.")


def _command(plan: Plan, writer: int) -> list[str]:
    command = [sys.executable, "-m", "embedded", "up", "--foreground", "--report-to", str(writer)]
    command += ["--home", str(plan.home.root), "--host", plan.host, "--port", str(plan.port), "--workers", ",".join(plan.workers)]
    return [*command, "--attached"] if plan.attached else command


def _is_up(report: dict[str, Any], heard: Heard) -> bool:
    if "problem" in report:
        raise Problem(report["problem"], report["remedy"], report["detail"])
    heard(report)
    return "up" in report


def reporter(descriptor: int) -> Callable[[dict[str, Any]], None]:
    """What the supervisor calls to report; without effect once nobody listens any more."""

    def report(fact: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            os.write(descriptor, json.dumps(fact).encode() + b"\n")

    return report
