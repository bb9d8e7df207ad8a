"""A component waits for its needs, comes back after a growing pause, and is given up only at the first start."""

import signal
import sys
import time

import pytest

from embedded.home import Home
from embedded.problems import Problem
from embedded.process import Component
from embedded.watch import DEATHS_AT_START, START_SECONDS, Watch


@pytest.fixture
def place(tmp_path):
    home = Home.at(tmp_path)
    home.prepare()
    return home


@pytest.fixture
def watch_of(place):
    watches = []

    def make(code, **options):
        component = Component(name="probe", command=(sys.executable, "-c", code), **{"ready": lambda: True, **options})
        watches.append(Watch(component, place))
        return watches[-1]

    yield make
    for watch in watches:
        if watch.child:
            watch.child.kill()


def die(watch, now):
    """Steps until the running child is found dead."""
    deadline = time.monotonic() + 10
    while watch.child and time.monotonic() < deadline:
        watch.step(now, set())
    assert watch.child is None


def test_it_starts_only_when_its_needs_are_ready(watch_of):
    watch = watch_of("import time; time.sleep(60)", needs=("mongod",))
    watch.step(0, set())
    assert watch.child is None
    watch.step(0, {"mongod"})
    assert watch.child is not None


def test_pauses_double_up_to_ten_seconds(watch_of):
    watch, now, pauses = watch_of("pass"), 0.0, []
    for _ in range(8):
        watch.step(now, set())
        die(watch, now)
        pauses.append(round(watch.next_start - now, 3))
        now = watch.next_start
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]
    assert watch.restarts == 8


def test_it_does_not_start_before_its_pause_is_over(watch_of):
    watch = watch_of("pass")
    watch.step(0, set())
    die(watch, 0)
    watch.step(0.1, set())
    assert watch.child is None


def test_thirty_healthy_seconds_make_earlier_deaths_forgotten(watch_of):
    watch = watch_of("import time; time.sleep(60)")
    watch.deaths_in_a_row = 5
    watch.step(0, set())
    watch.step(1, set())
    assert watch.deaths_in_a_row == 5
    watch.step(31, set())
    assert watch.deaths_in_a_row == 0


def test_a_killed_child_is_noticed_and_its_own_children_end_too(watch_of, place):
    watch = watch_of(
        "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(p.pid, flush=True); time.sleep(60)"
    )
    watch.step(0, set())
    while not (printed := place.log("probe").read_text().strip()):
        time.sleep(0.01)
    watch.child.process.send_signal(signal.SIGKILL)
    die(watch, 0)
    import psutil

    psutil.wait_procs([psutil.Process(int(printed))] if psutil.pid_exists(int(printed)) else [], timeout=5)
    assert not psutil.pid_exists(int(printed)) or psutil.Process(int(printed)).status() == psutil.STATUS_ZOMBIE


def test_a_process_that_keeps_dying_at_the_start_is_told_with_its_last_lines(watch_of, place):
    watch, now = watch_of("print('the reason', flush=True); raise SystemExit(3)"), 0.0
    for _ in range(DEATHS_AT_START):
        watch.check_start(now)
        watch.step(now, set())
        die(watch, now)
        now = watch.next_start
    with pytest.raises(Problem, match=r"`probe` keeps ending \(exit code 3\)") as problem:
        watch.check_start(now)
    assert problem.value.detail[-1] == "the reason"
    assert str(place.log("probe")) in problem.value.remedy


def test_a_known_death_is_told_in_its_own_words(watch_of):
    watch = watch_of("print('no room', flush=True)", explain=lambda log: ("Full.", "Free.") if "no room" in log else None)
    watch.step(0, set())
    die(watch, 0)
    watch.deaths_in_a_row = DEATHS_AT_START
    with pytest.raises(Problem, match=r"Full\. Free\."):
        watch.check_start(0)


def test_what_the_log_said_in_earlier_runs_explains_nothing(watch_of, place):
    place.log("probe").write_text("no room\n")
    watch = watch_of("pass", explain=lambda log: ("Full.", "Free.") if "no room" in log else None)
    watch.deaths_in_a_row = DEATHS_AT_START
    with pytest.raises(Problem, match="keeps ending"):
        watch.check_start(0)


def test_one_that_never_becomes_ready_is_told(watch_of):
    watch = watch_of("import time; time.sleep(60)", ready=lambda: False)
    watch.step(0, set())
    watch.check_start(START_SECONDS)
    with pytest.raises(Problem, match="does not become ready"):
        watch.check_start(START_SECONDS + 1)
