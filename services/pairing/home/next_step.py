"""What a coordinator should do next in a programme: the steps of the main job, and which of them it is time for."""

from dataclasses import dataclass

from pairing.programmes.stages import CLOSED, CLOSING

STEPS = ("programme", "people", "match", "publish", "answers", "running", "closing")


@dataclass(frozen=True)
class Progress:
    """A programme in figures: people, proposals that wait to be published, pairings by state; and the stage it is in.

    `placed` counts the mentees in those pairings. Of those without one, `unasked` mentees have a guardian who was not asked yet, and
    `unready` mentors lack training or a background check.
    """

    mentors: int = 0
    mentees: int = 0
    waiting_runs: int = 0
    proposed: int = 0
    active: int = 0
    placed: int = 0
    unasked: int = 0
    unready: int = 0
    stage: str = ""

    @property
    def without_mentor(self) -> int:
        """Mentees who have neither a mentor nor a proposal."""
        return max(0, self.mentees - self.placed)


def next_step(progress: Progress | None) -> str:
    """The one of STEPS that it is time for; without a programme that is to set one up."""
    if progress is None:
        return "programme"
    if progress.stage in (CLOSING, CLOSED):
        return "closing"
    if not progress.mentors or not progress.mentees:
        return "people"
    if progress.waiting_runs:
        return "publish"
    if not progress.proposed and not progress.active:
        return "match"
    return "answers" if progress.proposed else "running"
