"""What a coordinator should do next."""

import pytest

from pairing.home.next_step import STEPS, Progress, next_step


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (None, "programme"),
        (Progress(), "people"),
        (Progress(mentors=3), "people"),
        (Progress(mentors=3, mentees=3), "match"),
        (Progress(mentors=3, mentees=3, waiting_runs=1), "publish"),
        (Progress(mentors=3, mentees=3, proposed=2, active=1), "answers"),
        (Progress(mentors=3, mentees=3, active=3), "running"),
        (Progress(mentors=3, mentees=3, active=2), "running"),
        (Progress(mentors=3, mentees=3, active=2, stage="running"), "running"),
        (Progress(mentors=3, mentees=3, active=2, stage="closing"), "closing"),
        (Progress(stage="closed"), "closing"),
    ],
)
def test_the_next_step(progress, step):
    assert next_step(progress) == step
    assert step in STEPS
