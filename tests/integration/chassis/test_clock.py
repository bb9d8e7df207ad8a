"""The clock: due jobs run once, survive a crash, come back after a fault, and stay with their reason when nothing helps."""

import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
from pymongo.errors import AutoReconnect

from chassis import clock as clockwork
from chassis.clock import Clock
from chassis.service import Job, Service
from chassis.transaction import connect, transact
from support.stage import EFFECTS, Effect


def note(uow, name, outcome=""):
    uow.add(EFFECTS, Effect(f"{name}{outcome}"))


def clock_of(stage, job, **more):
    return Clock(Service(name="sessions", collections=(EFFECTS,), jobs={"note": job}), stage.listener, stage.settings, **more)


def plan(stage, name, due=None):
    transact(
        stage.listener, stage.settings, "sessions", lambda uow: uow.schedule("note", due or uow.now - timedelta(seconds=1), name, name=name)
    )


def jobs(stage):
    return list(stage.listener[clockwork.COLLECTION].find())


def test_what_is_due_runs_once_and_what_is_not_waits(stage):
    plan(stage, "now")
    plan(stage, "later", datetime.now(UTC) + timedelta(hours=1))
    clock = clock_of(stage, Job(command=note))
    assert clock.step()
    assert not clock.step()
    assert stage.effects() == ["now"]
    assert [job["_id"] for job in jobs(stage)] == ["later"]


def test_the_same_key_replaces_what_was_planned_and_can_be_taken_back(stage):
    plan(stage, "a")
    plan(stage, "a", datetime.now(UTC) + timedelta(hours=1))
    assert len(jobs(stage)) == 1
    transact(stage.listener, stage.settings, "sessions", lambda uow: uow.unschedule("a"))
    assert jobs(stage) == []


def test_the_effect_runs_before_and_gives_its_outcome(stage):
    plan(stage, "mail")
    clock_of(stage, Job(command=note, effect=lambda reader, name: f" sent to {name}")).step()
    assert stage.effects() == ["mail sent to mail"]


def test_a_fault_comes_back_later_and_is_parked_in_the_end(stage):
    plan(stage, "a")

    def fail(uow, name):
        raise ValueError("no")

    clock = clock_of(stage, Job(command=fail))
    for _ in range(clockwork.ATTEMPTS):
        assert clock.step()
        stage.listener[clockwork.COLLECTION].update_one({"parked": None}, {"$set": {"due": datetime.now(UTC)}})
    (job,) = jobs(stage)
    assert job["parked"] == "ValueError"
    assert not clock.step()
    assert stage.effects() == []


def test_killed_in_the_middle_it_runs_when_the_lease_is_over(stage):
    plan(stage, "a")
    killed = clock_of(stage, Job(command=note))
    killed._take()
    other = clock_of(stage, Job(command=note))
    assert not other.step()
    stage.listener[clockwork.COLLECTION].update_one({}, {"$set": {"leased_until": datetime.now(UTC) - timedelta(seconds=1)}})
    assert other.step()
    assert stage.effects() == ["a"]


def test_a_job_of_which_every_process_dies_is_parked_and_kills_no_more(stage, monkeypatch):
    monkeypatch.setattr(clockwork, "ATTEMPTS", 2)
    here = os.getpid()
    plan(stage, "a")

    def die(reader, name):
        assert os.getpid() != here, "it was tried once more"
        os.kill(os.getpid(), signal.SIGKILL)

    def work():
        deadly = Service(name="sessions", collections=(EFFECTS,), jobs={"note": Job(command=note, effect=die)})
        Clock(deadly, connect(stage.settings)[stage.listener.name], stage.settings).step()

    for _ in range(2):
        process = multiprocessing.get_context("fork").Process(target=work)
        process.start()
        process.join(20)
        assert process.exitcode == -signal.SIGKILL
        stage.listener[clockwork.COLLECTION].update_one({}, {"$set": {"leased_until": datetime.now(UTC) - timedelta(seconds=1)}})
    survivor = clock_of(stage, Job(command=note, effect=die))
    assert survivor.step()
    assert [job["parked"] for job in jobs(stage)] == ["NeverEnded"]
    assert not survivor.step() and stage.effects() == []


def test_a_database_that_fails_for_long_parks_no_job(stage, monkeypatch):
    monkeypatch.setattr(clockwork, "ATTEMPTS", 2)
    plan(stage, "a")
    faults = iter([AutoReconnect("away")] * 5)

    def work(uow, name):
        for fault in faults:
            raise fault
        note(uow, name)

    clock = clock_of(stage, Job(command=work))
    for _ in range(5):
        with pytest.raises(AutoReconnect):
            clock.step()
        stage.listener[clockwork.COLLECTION].update_one({}, {"$set": {"leased_until": datetime.now(UTC) - timedelta(seconds=1)}})
    assert clock.step()
    assert (stage.effects(), jobs(stage)) == (["a"], [])


def test_a_slow_process_that_lost_its_lease_writes_nothing(stage):
    plan(stage, "a")
    slow = clock_of(stage, Job(command=note))
    job = slow._take()
    stage.listener[clockwork.COLLECTION].update_one({}, {"$set": {"leased_until": datetime.now(UTC) + timedelta(seconds=99)}})
    with pytest.raises(clockwork.Overtaken):
        slow._perform(job, slow.service.jobs["note"])
    assert stage.effects() == []


def test_slow_jobs_run_beside_the_others(stage):
    plan(stage, "a")
    slow = Job(command=note, slow=True)
    assert not clock_of(stage, slow).step()
    assert clock_of(stage, slow, slow=True).step()
    assert stage.effects() == ["a"]
    plan(stage, "b")
    assert not clock_of(stage, Job(command=note), slow=True).step()


def test_a_job_that_nobody_knows_is_parked_and_not_forgotten(stage):
    plan(stage, "a")
    clock = Clock(Service(name="sessions", collections=(EFFECTS,)), stage.listener, stage.settings)
    assert clock.step()
    (job,) = jobs(stage)
    assert (job["attempts"], job["leased_until"]) == (1, None)


def test_the_lease_of_a_slow_job_is_renewed_while_it_runs(stage, monkeypatch):
    monkeypatch.setattr(clockwork, "LEASE", timedelta(seconds=0.6))
    plan(stage, "a")
    other, meanwhile = clock_of(stage, Job(command=note, slow=True), slow=True), []

    def compute(reader, name):
        for _ in range(4):
            time.sleep(0.4)
            meanwhile.append(other.step())
        return "!"

    assert clock_of(stage, Job(command=note, effect=compute, slow=True), slow=True).step()
    assert (stage.effects(), meanwhile) == (["a!"], [False] * 4)


def test_parts_go_before_the_command_each_in_its_own_transaction_and_again_after_a_fault(stage):
    plan(stage, "a")
    faults = [True, False]

    def parts(outcome):
        yield lambda uow: uow.put(EFFECTS, Effect(f"first {outcome}"))
        if faults.pop(0):
            raise ValueError("no")
        yield lambda uow: uow.put(EFFECTS, Effect(f"second {outcome}"))

    clock = clock_of(stage, Job(command=note, effect=lambda reader, name: "part", parts=parts))
    clock.step()
    assert stage.effects() == ["first part"]
    stage.listener[clockwork.COLLECTION].update_one({}, {"$set": {"due": datetime.now(UTC)}})
    clock.step()
    assert sorted(stage.effects()) == ["apart", "first part", "second part"]
    assert jobs(stage) == []


def test_who_lost_the_lease_overwrites_no_part_of_what_another_finished(stage):
    plan(stage, "a")

    def parts(outcome):
        yield lambda uow: uow.put(EFFECTS, Effect(f"part {outcome}"))

    other = clock_of(stage, Job(command=note, effect=lambda reader, name: "of the other", parts=parts))

    def compute(reader, name):
        stage.listener[clockwork.COLLECTION].update_one({}, {"$set": {"leased_until": datetime.now(UTC) - timedelta(seconds=1)}})
        assert other.step()
        return "of who was too slow"

    assert clock_of(stage, Job(command=note, effect=compute, parts=parts)).step()
    assert sorted(stage.effects()) == ["aof the other", "part of the other"]
    assert jobs(stage) == []
