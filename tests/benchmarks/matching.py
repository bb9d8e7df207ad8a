"""Matching of very many invented people, scoring included, against bare linear_sum_assignment on the same matrix in the same run."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from benchmarks.measure import Measured, alternating
from pairing.matching import sparse
from pairing.matching.candidates import Cohort
from pairing.matching.grid import STEPS, on_grid
from pairing.matching.judging import judge, judge_pairs
from pairing.matching.model import BEST_TOTAL, NOBODY_LEFT_OUT
from pairing.matching.solver import solve
from support.many_people import many_people

NATIONAL = (2_000, 5_000)
EUROPEAN = (20_000, 50_000)
COHORT = (40, 60)
BOUNDS = {BEST_TOTAL: 2.0, NOBODY_LEFT_OUT: 10.0}
"""How many times as long as the bare assignment each objective may take."""
ROUNDS = 5
SEED = 1
TESTS = Path(__file__).parent.parent


def measure() -> list[Measured]:
    """All figures about matching; takes about four minutes, most of it for the largest cohort."""
    return [*_national(), _in_the_request(), *_european()]


def dense_ratio(cohort: Cohort, objective: str) -> tuple[float, list[float], list[float]]:
    """Scoring, rules and solving against the bare solver on the expanded matrix of the same fits: median ratio, and seconds of both.

    Seconds are of processor time, so that what else the machine does counts on neither side; ours count on all cores.
    """
    fit, allowed = judge(cohort)
    places = [mentor.places for mentor in cohort.mentors]
    bare = np.where(allowed, fit, 0).astype(np.float64)[:, np.repeat(np.arange(len(places)), places)]
    return alternating(lambda: _seconds(cohort, objective), lambda: _bare_seconds(bare), ROUNDS)


def alone(objective: str, mentors: int, mentees: int) -> dict[str, Any]:
    """One computation in a process of its own: seconds, gigabytes at most, pairs, worst-off fit and sum of fit."""
    asked = [sys.executable, "-m", "benchmarks.matching", objective, str(mentors), str(mentees)]
    told = subprocess.run(asked, env=os.environ | {"PYTHONPATH": str(TESTS)}, capture_output=True, text=True, check=True)
    return dict(json.loads(told.stdout))


def _national() -> list[Measured]:
    cohort, (mentors, mentees) = many_people(*NATIONAL, SEED), NATIONAL
    found = []
    for objective, bound in BOUNDS.items():
        ratio, ours, bare = dense_ratio(cohort, objective)
        lone, near = alone(objective, *NATIONAL), _total(cohort, sparse.assign(cohort, objective, SEED))
        size, timed = f"{mentors:,} mentors, {mentees:,} mentees", f"{_told('whole', ours)}; {_told('bare', bare)}"
        found += [
            Measured(f"{objective} / bare assignment", ratio, bound, "×", False, f"{size}; {timed}"),
            Measured(f"{objective}, memory", lone["gigabytes"], 1.2, "GB", False, f"{size}; whole process"),
            Measured(f"{objective}, lost by the sparse path", 100 * (1 - near / lone["total"]), 0.1, "%", False, f"{size}; sum of fit"),
        ]
    return found


def _european() -> list[Measured]:
    mentors, mentees = EUROPEAN
    found = []
    for objective in BOUNDS:
        lone = alone(objective, *EUROPEAN)
        size = f"{mentors:,} mentors, {mentees:,} mentees: {lone['pairs']:,} pairs, worst {100 * lone['worst']:.1f}"
        found += [
            Measured(f"{objective}, sparse", lone["seconds"], 600, "s", False, size),
            Measured(f"{objective}, sparse, memory", lone["gigabytes"], 6, "GB", False, "whole process"),
        ]
    return found


def _in_the_request() -> Measured:
    cohort = many_people(*COHORT, SEED)
    seconds = []
    for _ in range(9):
        began = time.perf_counter()
        compute(cohort, NOBODY_LEFT_OUT)
        seconds.append(time.perf_counter() - began)
    return Measured("a cohort of 40 and 60", statistics.median(seconds), 0.2, "s", False, "nobody_left_out, scoring included")


def _seconds(cohort: Cohort, objective: str) -> float:
    began = time.process_time()
    compute(cohort, objective)
    return time.process_time() - began


def _bare_seconds(worth: NDArray[np.float64]) -> float:
    began = time.process_time()
    linear_sum_assignment(worth, maximize=True)
    return time.process_time() - began


def compute(cohort: Cohort, objective: str) -> list[tuple[int, int]]:
    """Scoring, rules and solving: dense where the matrix is small enough."""
    if len(cohort.mentors) * len(cohort.mentees) > sparse.DENSE:
        return sparse.assign(cohort, objective, SEED)
    return solve(*judge(cohort), np.array([mentor.places for mentor in cohort.mentors]), objective, SEED)


def _total(cohort: Cohort, pairs: list[tuple[int, int]]) -> float:
    return float(on_grid(judge_pairs(cohort, pairs)[0]).sum(dtype=np.int64)) / STEPS


def _told(label: str, seconds: Sequence[float]) -> str:
    return f"{label} {', '.join(f'{value:.2f}' for value in seconds)} s"


def main(objective: str, mentors: int, mentees: int) -> None:
    """Computes once and prints what it took, as JSON."""
    cohort = many_people(mentors, mentees, SEED)
    began = time.perf_counter()
    pairs = compute(cohort, objective)
    seconds = time.perf_counter() - began
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    levels = on_grid(judge_pairs(cohort, pairs)[0])
    figures = {"pairs": len(pairs), "worst": int(levels.min()) / STEPS, "total": int(levels.sum(dtype=np.int64)) / STEPS}
    print(json.dumps({"seconds": seconds, "gigabytes": gigabytes} | figures))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
