"""The sample cohort in a running instance: matched and published, and brought through the API to whatever state a test shows."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from chassis.transaction import transact
from pairing.people.commands import add_person
from pairing.people.model import MAJORITY, age
from sessions.meetings.model import meeting_id
from support.pairs import of_two
from support.running import Running, eventually

SAMPLE = Path(__file__).parents[2] / "deploy" / "sample" / "autumn-2026"
MESSY = Path(__file__).parents[1] / "data" / "autumn-2026-messy"
WORDS = {"important": "We made a plan.", "challenge": "Where to begin.", "tackled": "One small step first."}
Document = dict[str, Any]


def sample(role: str, domain: str) -> bytes:
    """The sample file of a role; its people have their addresses in a domain of their own, so they are nobody else's people."""
    return (SAMPLE / f"{role}s.csv").read_bytes().replace(b".example.org", f".{domain}.example".encode())


class Autumn:
    """A programme with everybody from the two sample files; `pairs` are all proposed, the pair with the youngest mentee first."""

    def __init__(self, running: Running, domain: str = "autumn") -> None:
        self.running, self.staff = running, running.staff
        self.programme_id, self.headers = running.programme()
        for role in ("mentor", "mentee"):
            running.import_people(self.programme_id, self.headers, role, sample(role, domain))
        run = self.post("/pairing/api/match-runs", self.headers, {"programme_id": self.programme_id})
        self.run_id: str = run["id"]
        self.post(f"/pairing/api/match-runs/{self.run_id}/publish", self.headers)
        everybody = running.database("pairing")["people"].find({"programme_ids": self.programme_id})
        self.people: dict[str, Document] = {person["_id"]: person for person in everybody}
        found = map(of_two, running.database("pairing")["pairings"].find({"programme_id": self.programme_id}))
        self.pairs: list[Document] = sorted(found, key=lambda pair: self.people[pair["mentee_id"]]["birth_date"], reverse=True)
        self._free = list(self.pairs)
        heard = running.database("sessions")["people"]
        eventually(lambda: heard.count_documents({"_id": {"$in": list(self.people)}}) == len(self.people))

    def guardian_of(self, ward_id: str) -> Document:
        """Somebody who answers for this person, once sessions has heard of her."""
        names = {"given_name": "Sanne", "family_name": "de Wit", "email": f"sanne.{ward_id}@guardians.example"}
        where = {"language": "en", "time_zone": "Europe/Amsterdam", "programme_ids": (self.programme_id,)}
        pairing, settings = self.running.database("pairing"), self.running.settings
        made = transact(
            pairing, settings, "pairing", lambda uow: add_person(uow, roles=("guardian",), ward_ids=(ward_id,), **names, **where).id
        )
        eventually(lambda: self.running.database("sessions")["people"].find_one({"_id": made}))
        found: Document = pairing["people"].find_one({"_id": made})
        return found

    def take(self, oldest: bool = False) -> Document:
        """A pair for one test alone, that of the youngest mentee who is left or of the oldest."""
        return self._free.pop(-1 if oldest else 0)

    def take_minor(self) -> Document:
        """A pair for one test alone, that of the eldest minor who is left: the youngest are for the tests that need them."""
        today = datetime.now(UTC).date()
        found = [pair for pair in self._free if age(date.fromisoformat(self.people[pair["mentee_id"]]["birth_date"]), today) < MAJORITY][-1]
        self._free.remove(found)
        return found

    def take_without_common_time(self) -> Document:
        """A pair for one test alone, whose free hours do not meet."""
        found = next(pair for pair in self._free if not pair["free_together"])
        self._free.remove(found)
        return found

    def without_proposal(self, role: str) -> Document:
        """Somebody for whom nobody was found."""
        placed = {person for pair in self.pairs for person in (pair["mentor_id"], pair["mentee_id"])}
        return next(person for id, person in self.people.items() if id not in placed and role in person["roles"])

    def post(self, path: str, headers: dict[str, str], body: Any = None) -> Any:
        """The JSON of a POST that must succeed."""
        answer = self.running.stubborn(path, headers, body)
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json() if answer.content.strip() else None

    @property
    def answering(self) -> list[Document]:
        """The pairs whose mentees answer feedback rounds, in this order: from the middle on."""
        return self.pairs[len(self.pairs) // 2 :]

    def by(self, pair: Document, side: str) -> dict[str, str]:
        """Headers of one side of a pair."""
        return self.running.headers(pair[f"{side}_id"], side, programmes=(self.programme_id,))

    def accept(self, pair: Document, *sides: str) -> None:
        """These sides say yes."""
        for side in sides:
            self.post(f"/pairing/api/pairings/{pair['_id']}/accept", self.by(pair, side))

    def met(self, pair: Document, *steps: str) -> str:
        """The first session of a pair that has said yes, once it is there, taken through `steps`; gives its page."""
        meeting = meeting_id(pair["_id"], 1)
        eventually(lambda: self.running.database("sessions")["meetings"].find_one({"_id": meeting}))
        for step in steps:
            self._take(step, pair, f"/sessions/api/meetings/{meeting}")
        return f"/sessions/meetings/{meeting}"

    def _take(self, step: str, pair: Document, path: str) -> None:
        mentor, mentee = self.by(pair, "mentor"), self.by(pair, "mentee")
        if step in ("tomorrow", "begun"):
            start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1 if step == "tomorrow" else 0, minutes=-50)
            self.post(f"{path}/move", mentor, {"starts_at": start.isoformat(), "ends_at": (start + timedelta(minutes=45)).isoformat()})
        elif step == "checklist":
            asked = self.running.http.get("/sessions/api/checklists/current", headers=mentor).json()
            self.post(f"{path}/checklist", mentor, {"version": asked["version"], "items": [item["key"] for item in asked["items"]]})
        elif step == "debriefs":
            self.post(f"{path}/debrief", mentor, WORDS)
            self.post(f"{path}/debrief", mentee, WORDS)
        else:
            self.post(f"{path}/{step}", mentor, {} if step == "held" else None)

    def counted(self, pair: Document, sessions: int) -> None:
        """Waits until the pairing has counted so many sessions."""
        kept = self.running.database("pairing")["pairings"]
        eventually(lambda: kept.find_one({"_id": pair["_id"], "course.sessions_held": sessions}))

    def look_back(self, pair: Document, side: str) -> None:
        """One side looks back on the pairing, and shares it."""
        said = {"answers": {"learned": "To solder without fear.", "proud": "Our lamp."}, "shared": True}
        self.post(f"/pairing/api/closures/{pair['_id']}", self.by(pair, side), said)

    def ask(self, answers: int) -> str:
        """Opens a feedback round that this many mentees answer; gives its page."""
        opened = self.post("/feedback/api/rounds", self.headers, {"programme_id": self.programme_id})
        self.answer(opened["id"], answers)
        return f"/feedback/rounds/{opened['id']}"

    def answer(self, round_id: str, answers: int) -> None:
        """That many mentees answer, from the middle of the pairs: those whom `take` gives last."""
        asked = self.running.database("feedback")["rounds"].find_one({"_id": round_id})
        assert asked, round_id
        eventually(lambda: self.running.database("feedback")["people"].count_documents({"programme_ids": self.programme_id}) >= answers)
        shown = self.running.http.get(f"/feedback/api/rounds/{round_id}", headers=self.headers).json()
        for number, pair in enumerate(self.answering[:answers]):
            ratings = {question["key"]: 5 - (number + place) % 3 for place, question in enumerate(shown["questions"])}
            said = {"ratings": ratings, "comment": "More time in the lab." if number % 2 else ""}
            self.post(f"/feedback/api/rounds/{round_id}/answers", self.by(pair, "mentee"), said)

    def close(self, page: str) -> None:
        """Closes the round of this page."""
        self.post(f"/feedback/api{page.removeprefix('/feedback')}/close", self.headers)

    def open_round(self) -> str:
        """The page of the programme's open round, which is opened when there is none."""
        opened = self.running.database("feedback")["rounds"].find_one({"programme_id": self.programme_id, "state": "open"})
        return f"/feedback/rounds/{opened['_id']}" if opened else self.ask(0)
