"""Logs carry no personal data."""

import json
import subprocess
import sys

import pytest

PROCESS = """
import logging
from chassis import logs

logs.configure("INFO")
logs.correlate("c-1")
log = logs.logger("chassis.test")
log.info("relay waits", seconds=2)
log.debug("not asked for")
logging.getLogger("some.library").warning("sent to %s", "anna@example.org", extra={"email": "anna@example.org", "count": 3})
log.info("asked", body="secret", query="secret", path="/people?name=secret&x=1", who=["Anna <anna.b+c@example.org>"],
         inner={"email": "secret", "n": 1})
try:
    raise ValueError("no account for anna@example.org")
except ValueError as error:
    log.error("failed", exc_info=error)
"""


@pytest.fixture(scope="module")
def lines():
    told = subprocess.run([sys.executable, "-c", PROCESS], capture_output=True, text=True, check=True).stderr
    return {line["event"]: line for line in map(json.loads, told.splitlines())}


def test_a_line_is_json_with_the_correlation_id(lines):
    line = lines["relay waits"]
    assert (line["seconds"], line["correlation_id"], line["level"], line["logger"]) == (2, "c-1", "info", "chassis.test")
    assert line["timestamp"].endswith("Z")


def test_less_than_the_level_is_left_out(lines):
    assert "not asked for" not in lines


def test_libraries_log_the_same_way(lines):
    line = lines["sent to [removed]"]
    assert (line["count"], line["level"], line["correlation_id"]) == (3, "warning", "c-1")
    assert "email" not in line


def test_addresses_bodies_and_queries_stay_out(lines):
    assert lines["asked"].keys() == {"event", "path", "who", "inner", "correlation_id", "level", "logger", "timestamp"}
    assert (lines["asked"]["path"], lines["asked"]["who"], lines["asked"]["inner"]) == ("/people?[removed]", ["Anna <[removed]>"], {"n": 1})


def test_tracebacks_keep_no_address(lines):
    assert lines["failed"]["exception"].endswith("ValueError: no account for [removed]")
