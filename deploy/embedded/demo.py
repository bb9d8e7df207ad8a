"""Does the whole main job with the sample files, through the public API alone, and shows how far it is."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from embedded import links
from embedded.files import read_json
from embedded.home import Home
from embedded.visitor import Visitor, when

SAMPLE = Path(__file__).parent.parent / "sample" / "autumn-2026"
HANDS = 6
Pair = dict[str, Any]


class Demonstration:
    """A coordinator with two files, and all the people in them."""

    def __init__(self, home: Home, progress: Progress) -> None:
        state = read_json(home.state)
        self.url, self.environment, self.folder, self.progress = state["url"], state["environment"], home.root, progress
        self.coordinator = Visitor(self.url).sign_in(links.administrator(state["environment"]))
        self.visitors: dict[str, Visitor] = {}
        self.programme: dict[str, Any] = {}

    def each(self, title: str, items: Iterable[Any], act: Callable[[Any], Any]) -> list[Any]:
        """Does the same for each, a few at a time, with a progress bar."""
        listed = list(items)
        task = self.progress.add_task(title, total=len(listed))
        with ThreadPoolExecutor(HANDS) as hands:
            return [self._advanced(task, done) for done in hands.map(act, listed)]

    def _advanced(self, task: Any, done: Any) -> Any:
        self.progress.advance(task)
        return done

    def set_up(self) -> None:
        """A programme of four months from today."""
        today = datetime.now(UTC).date()
        name = f"Autumn {today.year}, sample {datetime.now(UTC):%H:%M:%S}"
        self.programme = self.coordinator.post(
            "/pairing/api/programmes",
            {
                "name": name,
                "starts_on": today.isoformat(),
                "ends_on": (today + timedelta(days=120)).isoformat(),
                "languages": ["en", "nl"],
                "time_zone": "Europe/Amsterdam",
            },
        )
        self.coordinator.renew()

    def bring_in(self, role: str) -> dict[str, Any]:
        """Imports one of the two files; gives the counts."""
        file = (f"{role}s.csv", (SAMPLE / f"{role}s.csv").read_bytes(), "text/csv")
        query = {"programme_id": self.programme["id"], "role": role, "confirm": "true"}
        counts: dict[str, Any] = self.coordinator.post("/pairing/api/imports", params=query, files={"file": file})
        return counts

    def match(self) -> list[Pair]:
        """Computes and publishes a proposal; gives the proposed pairs."""
        run = self.coordinator.post("/pairing/api/match-runs", {"programme_id": self.programme["id"]})
        self.coordinator.post(f"/pairing/api/match-runs/{run['id']}/publish")
        return list(self.coordinator.every("/pairing/api/pairings", programme_id=self.programme["id"], state="proposed"))

    def let_in(self, person_id: str) -> None:
        """Signs a participant in with the link that the mail server got for her."""
        email = self.coordinator.get(f"/pairing/api/people/{person_id}")["email"]
        visitor = Visitor(self.url)
        before = {mail["id"] for mail in self._sign_in_mails(email)}
        visitor.post("/pairing/api/sign-in-links", {"email": email, "next": "/pairing/"})
        mail = when(lambda: [found for found in self._sign_in_mails(email) if found["id"] not in before], "A sign-in mail")[0]
        self.visitors[person_id] = visitor.sign_in(next(link for link in mail["links"] if "/pairing/sign-in/" in link))

    def _sign_in_mails(self, email: str) -> list[dict[str, Any]]:
        mails = self.coordinator.get("/mail/api/messages", to=email)["items"]
        return [mail for mail in mails if any("/pairing/sign-in/" in link for link in mail["links"])]

    def accept(self, pair: Pair) -> None:
        """Both sides say yes."""
        for person in members(pair):
            self.visitors[person].post(f"/pairing/api/pairings/{pair['id']}/accept")

    def meetings(self, count: int) -> list[dict[str, Any]]:
        """The first sessions, once `sessions` has planned all of them."""

        def planned() -> list[dict[str, Any]] | None:
            found = list(self.coordinator.every("/sessions/api/meetings", programme_id=self.programme["id"]))
            return found if len(found) == count else None

        return when(planned, "The first sessions")

    def agree(self, meeting: dict[str, Any]) -> None:
        """Two people without a free hour in common choose a time themselves: in three days, in the afternoon."""
        if meeting["state"] == "to_plan":
            start = (datetime.now(UTC) + timedelta(days=3)).replace(hour=15, minute=0, second=0, microsecond=0)
            times = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(minutes=45)).isoformat()}
            self.visitors[meeting["mentor_id"]].post(f"/sessions/api/meetings/{meeting['id']}/move", times)

    def invitations(self, count: int) -> bool:
        """Whether this many invitations have gone out; waits for them."""

        def invited() -> int:
            sent = self.coordinator.get(f"/notifications/api/reports/{self.programme['id']}")["messages"]
            return sum(row["n"] for row in sent if row["kind"] == "meeting-planned")

        return when(lambda: invited() >= count, "The invitations")

    def hold(self, meeting: dict[str, Any]) -> None:
        """The session takes place, earlier than planned: checklist first, then both look back."""
        mentor, mentee = self.visitors[meeting["mentor_id"]], self.visitors[meeting["mentee_id"]]
        path = f"/sessions/api/meetings/{meeting['id']}"
        ended = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
        mentor.post(f"{path}/move", {"starts_at": (ended - timedelta(minutes=45)).isoformat(), "ends_at": ended.isoformat()})
        checklist = mentor.get("/sessions/api/checklists/current")
        mentor.post(f"{path}/checklist", {"version": checklist["version"], "items": [item["key"] for item in checklist["items"]]})
        mentor.post(f"{path}/held", {})
        mentor.post(f"{path}/debrief", {"important": "We made a plan.", "challenge": "Where to begin.", "tackled": "One small step first."})
        mentee.post(f"{path}/debrief", {"important": "I showed my sketch.", "challenge": "The motor.", "tackled": "We drew it together."})

    def open_round(self) -> dict[str, Any]:
        """Asks the mentees how it goes."""
        opened: dict[str, Any] = self.coordinator.post("/feedback/api/rounds", {"programme_id": self.programme["id"]})
        return opened

    def answer(self, asked: tuple[int, str, dict[str, Any]]) -> None:
        """One mentee answers; most of them are content."""
        number, person_id, opened = asked
        ratings = {question["key"]: 5 - (number * (place + 2) // 3) % (place + 2) for place, question in enumerate(opened["questions"])}
        self.visitors[person_id].post(f"/feedback/api/rounds/{opened['id']}/answers", {"ratings": ratings, "comment": ""})

    def report(self, pairs: int) -> dict[str, Any]:
        """The report, once everything that happened has reached it."""
        path = f"/notifications/api/reports/{self.programme['id']}"
        asked = len(list(self.coordinator.every(f"/pairing/api/programmes/{self.programme['id']}/people", role="mentee")))

        def complete() -> dict[str, Any] | None:
            found: dict[str, Any] = self.coordinator.get(path)
            values = {figure["code"]: figure["value"] for figure in found["figures"]}
            closed = [round_ for round_ in found["rounds"] if round_["closed"]]
            invited = sum(row["n"] for row in found["messages"] if row["kind"] == "round-opened") == asked
            done = values["sessions_held"] == values["debriefs_by_mentees"] == pairs and invited and not values["messages_waiting"]
            return found if done and closed else None

        return when(complete, "The complete report")

    def keep_table(self) -> Path:
        """Saves the report's CSV beside the instance's data."""
        table = self.folder / "report.csv"
        table.write_text(self.coordinator.text(f"/notifications/api/reports/{self.programme['id']}.csv"), encoding="utf-8")
        return table


def members(pair: Pair) -> list[str]:
    """The ids of everybody in it."""
    return [*pair["mentor_ids"], *pair["mentee_ids"]]


def run(home: Home) -> None:
    """Runs the demonstration against the running instance; raises `Problem` with the server's sentence when a step is refused."""
    console = Console()
    columns = (TextColumn("{task.description:<44}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        shown = Demonstration(home, progress)
        shown.each("Set up a programme", [None], lambda _: shown.set_up())
        shown.each("Import mentors and mentees", ("mentor", "mentee"), shown.bring_in)
        (pairs,) = shown.each("Match and publish", [None], lambda _: shown.match())
        people = {person for pair in pairs for person in members(pair)}
        shown.each("Mentors and mentees sign in by mail", sorted(people), shown.let_in)
        shown.each("Both sides accept", pairs, shown.accept)
        (meetings,) = shown.each("First sessions are planned", [None], lambda _: shown.meetings(len(pairs)))
        shown.each("Those without a free hour choose a time", meetings, shown.agree)
        shown.each("Invitations go out, with a calendar part", [2 * len(meetings)], shown.invitations)
        shown.each("Checklist, held, debrief", meetings, shown.hold)
        (asked,) = shown.each("A feedback round opens", [None], lambda _: shown.open_round())
        mentees = sorted({person for pair in pairs for person in pair["mentee_ids"]})
        when(lambda: shown.visitors[mentees[-1]].get("/feedback/api/rounds")["items"], "The feedback round")
        shown.each("Mentees answer", [(number, person, asked) for number, person in enumerate(mentees)], shown.answer)
        shown.each("The round closes", [asked], lambda opened: shown.coordinator.post(f"/feedback/api/rounds/{opened['id']}/close"))
        (report,) = shown.each("The report is complete", [None], lambda _: shown.report(len(pairs)))
    tell(console, shown, report)


def tell(console: Console, shown: Demonstration, report: dict[str, Any]) -> None:
    """Says what to open."""
    languages = sorted({sent["language"] for sent in report["messages"]})
    messages = sum(sent["n"] for sent in report["messages"])
    console.print(f"\n{messages} messages went out, in {', '.join(languages)}. Now open, signed in as administrator:", soft_wrap=True)
    console.print(f"  the report       {shown.url}/notifications/reports/{shown.programme['id']}", soft_wrap=True)
    console.print(f"  the same as CSV  {shown.keep_table()}", soft_wrap=True)
    console.print(f"  the mail         {shown.url}/mail", soft_wrap=True)
    console.print(f"  the pairs        {shown.url}/pairing/pairings?programme_id={shown.programme['id']}", soft_wrap=True)
    console.print(f"Sign in, once: {links.administrator(shown.environment)}", soft_wrap=True)
