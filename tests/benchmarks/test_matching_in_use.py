"""Matching of very many people in the application itself: asked for, computed and kept by the clock, looked at, published by the clock."""

import resource
import time
from datetime import UTC, datetime

import pytest

from benchmarks import matching
from pairing.app import SERVICE, create_app
from pairing.matching import commands, publishing
from pairing.matching.computing import Wanted
from pairing.matching.gathering import MOST_BESIDE_A_FEW
from pairing.matching.model import NOBODY_LEFT_OUT
from pairing.programmes import commands as programmes
from support.house import House
from support.many_people import WEIGHTS, many_people
from support.small_cohort import AUTUMN
from support.stored_people import id_of, store

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3_000)]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Stopwatch:
    """Notes how long each step takes, in seconds."""

    def __init__(self):
        self.began, self.told = time.perf_counter(), {}

    def lap(self, step):
        now = time.perf_counter()
        self.told[step], self.began = round(now - self.began, 1), now


@pytest.mark.parametrize("size", [matching.NATIONAL, matching.EUROPEAN])
def test_very_many_people_are_matched_and_told_in_the_application(settings, size):
    mentors, mentees = size
    house, watch = House(SERVICE, create_app, settings), Stopwatch()
    programme = house.do(programmes.create, **{**AUTUMN, "weights": WEIGHTS}, now=NOW)
    store(house, programme.id, many_people(mentors, mentees, seed=1))
    watch.lap("stored")
    marit = house.caller("00000000-0000-4000-8000-00000000000c", "coordinator", programmes=[programme.id])
    assert house.do(commands.ask, programme.id, Wanted(NOBODY_LEFT_OUT), now=NOW) is None
    watch.lap("asked")
    assert house.slow_clock.step()
    watch.lap("computed")
    (run,) = house.database["match_runs"].find()
    shown = marit.page(f"/pairing/matching/{run['_id']}")
    watch.lap("shown")
    listed = marit.page(f"/pairing/matching?programme={programme.id}")
    watch.lap("listed")
    someone = marit.page(f"/pairing/matching/{run['_id']}/people/{id_of('e00000')}")
    watch.lap("one person")
    house.do(publishing.publish, run["_id"])
    watch.lap("publishing asked")
    while house.clock.step():
        pass
    watch.lap("published")
    print(f"\n{mentees} × {mentors}: {watch.told}; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GB; {run['figures']}")
    published = house.database["match_runs"].find_one()
    assert (published["state"], published["sent"], published["not_sent"]) == ("published", run["figures"]["pairs"], [])
    assert (shown.status_code, listed.status_code, someone.status_code) == (200, 200, 200 if mentors <= MOST_BESIDE_A_FEW else 409)
    assert watch.told["computed"] < 900
    assert max(watch.told[step] for step in ("asked", "shown", "listed", "publishing asked")) < 2
    house.close()
