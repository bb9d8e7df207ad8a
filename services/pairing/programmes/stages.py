"""The stages of a programme's life, and which step leads from one to another."""

from itertools import pairwise

from chassis.errors import Invalid, Refused

PLANNED, INTAKE, MATCHING, RUNNING, CLOSING, CLOSED = STATES = ("planned", "intake", "matching", "running", "closing", "closed")
BACK = {INTAKE: PLANNED, MATCHING: INTAKE}
"""The steps back that are open, because nothing happened that cannot be taken back: once proposals are out, there is none."""


def is_before(state: str, other: str) -> bool:
    """Whether a programme passes this stage before the other."""
    return STATES.index(state) < STATES.index(other)


def step_on(state: str) -> str:
    """The stage after this one; "" after the last."""
    return dict(pairwise(STATES)).get(state, "")


def check_step(state: str, to: str) -> None:
    """Passes for one step on and for a step back that is open; raises Refused with what to do instead, Invalid for no stage at all."""
    if to not in STATES:
        raise Invalid({"state": ["There is no such stage."]})
    if to in (step_on(state), BACK.get(state)):
        return
    if is_before(state, to):
        raise Refused("programme-step-skipped", "A programme goes on one step at a time. Take the next step first.")
    if is_before(state, RUNNING):
        raise Refused("programme-step-back", "A programme goes back one step at a time. Take the step before this one first.")
    raise Refused("programme-under-way", "People were told of their matches, so there is no way back. Set up a new programme like it.")
