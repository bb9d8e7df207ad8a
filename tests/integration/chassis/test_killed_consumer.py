"""A consumer process that dies between its transaction and its offset: the events come again and act no second time."""

import signal
import subprocess
import sys

import pytest


@pytest.mark.chaos
def test_killed_after_the_transaction_and_before_the_offset(stage, environment):
    stage.accept("a", "b", "c")
    stage.relay_all()
    killed = subprocess.run([sys.executable, "-m", "support.dying_consumer"], env=environment, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert stage.effects() == ["a", "b", "c"]
    stage.accept("d")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a", "b", "c", "d"], seconds=40)
    assert stage.listener["inbox"].count_documents({}) == 4
