"""What is kept of an answer, and apart from it, that somebody answered: neither holds a time or the other's name."""

from dataclasses import dataclass


@dataclass
class Answer:
    """One person's ratings and words, without the person; `id` is random and says nothing of order."""

    id: str
    round_id: str
    ratings: dict[str, int]
    comment: str
    version: int = 1


@dataclass
class Participation:
    """That somebody answered a round, so that nobody answers twice; deleted when the round closes."""

    id: str
    round_id: str
    person_id: str
    version: int = 1

    @classmethod
    def of(cls, round_id: str, person_id: str) -> "Participation":
        """The same for the same person and round."""
        return cls(id=f"{round_id}/{person_id}", round_id=round_id, person_id=person_id)


@dataclass
class Tally:
    """How many answers a round (`id`) has. Every answer and the closing write it, so that none slips past the other."""

    id: str
    received: int = 0
    version: int = 1

    def one_more(self) -> "Tally":
        """The tally after one more answer."""
        return Tally(self.id, self.received + 1, self.version + 1)

    def final(self) -> "Tally":
        """The tally with which a round closes."""
        return Tally(self.id, self.received, self.version + 1)
