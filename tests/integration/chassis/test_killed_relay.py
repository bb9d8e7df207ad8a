"""A relay that is killed again and again in the middle of its work: every event arrives, each acts once."""

import os
import signal
import subprocess
import sys
import time

import pytest

ROUNDS, EACH = 3, 3_000


@pytest.mark.chaos
def test_a_relay_killed_in_the_middle_of_its_work_loses_nothing_and_doubles_no_effect(stage, environment):
    interrupted = 0
    for number in range(ROUNDS):
        stage.accept(*(f"{number}-{each:04}" for each in range(EACH)))
        relay = subprocess.Popen([sys.executable, "-m", "pairing", "worker", "--only", "relay"], env=environment)
        try:
            before = stage.waiting()
            wait_until(lambda before=before: stage.waiting() < before)
        finally:
            os.kill(relay.pid, signal.SIGKILL)
            relay.wait(10)
        interrupted += bool(stage.waiting())
    assert interrupted, "every kill came too late to interrupt anything"
    stage.speaker["leases"].delete_many({})
    stage.relay_all()
    expected = sorted(f"{number}-{each:04}" for number in range(ROUNDS) for each in range(EACH))
    stage.consume_until(lambda: stage.listener["effects"].count_documents({}) == len(expected), seconds=40)
    assert stage.effects() == expected
    assert stage.waiting() == 0
    assert stage.listener["inbox"].count_documents({}) == len(expected)


def wait_until(done, seconds=30):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.001)
