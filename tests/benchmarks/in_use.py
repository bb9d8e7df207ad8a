"""Matching of very many people in the application itself: asked for, computed and kept by the clock, looked at, published by the clock."""

import resource
import statistics
import time
import uuid
from dataclasses import replace

from benchmarks.matching import COHORT, EUROPEAN, NATIONAL, SEED
from benchmarks.measure import Measured
from chassis.config import Settings
from pairing.app import SERVICE, create_app
from pairing.matching import commands, publishing
from pairing.matching.computing import Wanted
from pairing.matching.gathering import MOST_BESIDE_A_FEW
from pairing.programmes import commands as programmes
from support.house import Caller, House
from support.many_people import WEIGHTS, many_people
from support.small_cohort import AUTUMN, NOW
from support.stored_people import id_of, store

AT_ONCE, SHOWN, COMPUTED, PUBLISHED = 0.2, 2.0, 600.0, 120.0
"""Seconds that a request for a cohort, a page, a computation with its explanations, and the publication of all pairs may take."""
LARGEST_TRIED = (500, 2_000)
MARIT = "00000000-0000-4000-8000-00000000000c"


class Stopwatch:
    """Notes how long each step takes, in seconds."""

    def __init__(self) -> None:
        self.began, self.told = time.perf_counter(), dict[str, float]()

    def lap(self, step: str) -> None:
        """The step ends here, and the next one begins."""
        now = time.perf_counter()
        self.told[step], self.began = now - self.began, now


def measure(settings: Settings) -> list[Measured]:
    """The steps of a national and of a European programme; takes about ten minutes."""
    many = [figure for size in (NATIONAL, EUROPEAN) for figure in steps(_anew(settings), *size)]
    return [request(_anew(settings)), trial(_anew(settings)), *many]


def request(settings: Settings) -> Measured:
    """A cohort's proposal from the question to the answer of the API: read, scored, solved, explained, kept and shown."""
    house = House(SERVICE, create_app, settings)
    programme_id, marit = _programme(house, *COHORT)
    seconds = []
    for _ in range(10):
        began = time.perf_counter()
        answer = marit.post("/pairing/api/match-runs", {"programme_id": programme_id})
        seconds.append(time.perf_counter() - began)
        assert answer.status_code == 201, answer.text
    house.close()
    told = f"median of ten; the first, which loads the numerical libraries, {seconds[0]:.2f} s"
    return Measured("40 mentors, 60 mentees in the application: the whole request", statistics.median(seconds), AT_ONCE, "s", False, told)


def trial(settings: Settings) -> Measured:
    """The most people for whom other weights are tried while a page waits: the page with both ways beside each other."""
    house = House(SERVICE, create_app, settings)
    programme_id, marit = _programme(house, *LARGEST_TRIED)
    assert house.do(commands.ask, programme_id, Wanted(), now=NOW) is None
    assert house.slow_clock.step()
    run_id, seconds = house.database["match_runs"].find_one()["_id"], []
    for weight in range(5, 10):
        began = time.perf_counter()
        answer = marit.page(f"/pairing/matching/{run_id}/what-if?weight_wishes={weight}")
        seconds.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.text
    house.close()
    return Measured(
        "500 mentors, 2,000 mentees in the application: other weights tried", statistics.median(seconds), SHOWN, "s", False, "the page"
    )


def steps(settings: Settings, mentors: int, mentees: int) -> list[Measured]:
    """One programme of that size, from the question to the last proposal; raises AssertionError when something is not as it should be."""
    house, watch = House(SERVICE, create_app, settings), Stopwatch()
    programme_id, marit = _programme(house, mentors, mentees)
    watch.lap("stored")
    assert house.do(commands.ask, programme_id, Wanted(), now=NOW) is None
    assert house.slow_clock.step()
    watch.lap("computed")
    run = house.database["match_runs"].find_one()
    for step in ("shown at first", "shown"):
        pages = [
            marit.page(path).status_code for path in (f"/pairing/matching?programme={programme_id}", f"/pairing/matching/{run['_id']}")
        ]
        watch.lap(step)
    one = marit.page(f"/pairing/matching/{run['_id']}/people/{id_of('e00000')}").status_code
    assert (pages, one) == ([200, 200], 200 if mentors <= MOST_BESIDE_A_FEW else 409)
    watch.lap("one person")
    house.do(publishing.publish, run["_id"], now=NOW)
    while house.clock.step():
        pass
    watch.lap("published")
    published = house.database["match_runs"].find_one()
    assert (published["state"], published["sent"], published["not_sent"]) == ("published", run["figures"]["pairs"], [])
    house.close()
    size = f"{mentors:,} mentors, {mentees:,} mentees in the application"
    detail = f"{run['figures']['pairs']:,} pairs, whole process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GB"
    return [
        Measured(f"{size}: computed and kept", watch.told["computed"], COMPUTED, "s", False, detail),
        Measured(f"{size}: two pages of it", watch.told["shown"], SHOWN, "s", False, "the list of proposals, and this one"),
        Measured(f"{size}: published", watch.told["published"], PUBLISHED, "s", False, f"{publishing.PER_SHEET} pairs at a time"),
    ]


def _anew(settings: Settings) -> Settings:
    return replace(settings, instance=f"b{uuid.uuid4().hex[:6]}")


def _programme(house: House, mentors: int, mentees: int) -> tuple[str, Caller]:
    """A programme of that size, and its coordinator."""
    programme = house.do(programmes.create, **{**AUTUMN, "weights": WEIGHTS}, now=NOW)
    store(house, programme.id, many_people(mentors, mentees, SEED))
    return programme.id, house.caller(MARIT, "coordinator", programmes=[programme.id])
