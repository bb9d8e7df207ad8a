"""The sample cohort with a pair in every state that a page can show, and a token of everybody who looks at it."""

from collections.abc import Callable

from pairing.agreements.template import questions_of
from support.autumn import Autumn, Document

STEPS = {
    "tomorrow": ("tomorrow",),
    "begun": ("begun",),
    "checked": ("begun", "checklist"),
    "held": ("begun", "checklist", "held"),
    "done": ("begun", "checklist", "held", "debriefs"),
    "missed": ("begun", "missed"),
}
"""Pairs that have said yes: how far their first session is."""
LIFE = {"asked": (), "paused": (), "closing": ("begun", "checklist", "held"), "closed": ("begun", "checklist", "held")}
"""Pairs further on in their life: how far their first session came before."""
WARD = "tomorrow"
"""The pair whose mentee has a guardian who signs in: a minor."""
ANSWERS_SHOWN, ANSWERS_WITHHELD = 9, 2


class Scene:
    """Where everything is (`places`, by name) and who looks at it (`token`)."""

    def __init__(self, autumn: Autumn, token: Callable[..., str]) -> None:
        self.autumn, self._token = autumn, token
        self.pairs: dict[str, Document] = {
            state: autumn.take_minor() if state == WARD else autumn.take(oldest=True)
            for state in ("proposed", "half", "declined", *STEPS, *LIFE)
        }
        self.pairs["no_time"] = autumn.take_without_common_time()
        self.places: dict[str, str] = {"programme": autumn.programme_id, "published_run": autumn.run_id}
        self.places["mentee_unpermitted"] = self.person("mentee unpermitted")["_id"]
        self._answer()
        self._meet()
        self._live()
        self._ask()
        self.guardian = autumn.guardian_of(self.pairs[WARD]["mentee_id"])
        self._worry()
        self._agree()
        groups = {"programme_id": autumn.programme_id, "groups": {"smallest": 2, "largest": 3, "everybody": True}}
        self.places["groups_run"] = autumn.post("/pairing/api/match-runs", autumn.headers, groups)["id"]
        self.places["run"] = autumn.post("/pairing/api/match-runs", autumn.headers, {"programme_id": autumn.programme_id})["id"]

    def _answer(self) -> None:
        self.autumn.accept(self.pairs["half"], "mentor")
        declined = self.pairs["declined"]
        self.autumn.post(f"/pairing/api/pairings/{declined['_id']}/decline", self.autumn.by(declined, "mentee"))
        for state in (*STEPS, *LIFE, "no_time"):
            self.autumn.accept(self.pairs[state], "mentor", "mentee")
        for state, pair in self.pairs.items():
            self.places |= {f"pair_{state}": pair["_id"], f"mentor_{state}": pair["mentor_id"], f"mentee_{state}": pair["mentee_id"]}

    def _meet(self) -> None:
        for state, steps in {**STEPS, "no_time": ()}.items():
            self.places[f"session_{state}"] = self.autumn.met(self.pairs[state], *steps)

    def _live(self) -> None:
        """One asks for a change, one is paused, one comes to its end, one has ended."""
        for state, steps in LIFE.items():
            self.places[f"session_{state}"] = self.autumn.met(self.pairs[state], *steps)
        for state in ("closing", "closed"):
            self.autumn.counted(self.pairs[state], 1)
        self._do("asked", "ask-for-change", "mentee", {"words": "We do not laugh about the same things."})
        self._do("paused", "pause", "", {"reason": "illness"})
        for state in ("closing", "closed"):
            self._do(state, "end", "", {"ending": "planned"})
        for side in ("mentor", "mentee"):
            self.autumn.look_back(self.pairs["closed"], side)

    def _do(self, state: str, verb: str, side: str, body: dict[str, str]) -> None:
        pair = self.pairs[state]
        self.autumn.post(f"/pairing/api/pairings/{pair['_id']}/{verb}", self.autumn.by(pair, side) if side else self.autumn.headers, body)

    def _ask(self) -> None:
        for name, answers in (("round_figures", ANSWERS_SHOWN), ("round_withheld", ANSWERS_WITHHELD)):
            self.places[name] = self.autumn.ask(answers)
            self.autumn.close(self.places[name])
        self.places["round_open"] = self.autumn.ask(1)

    def _worry(self) -> None:
        said = {"words": "Something is not right.\nI would rather not meet alone.", "reach": "After school", "urgent": True}
        by = self.autumn.by(self.pairs["tomorrow"], "mentee")
        self.places["concern"] = self.autumn.post("/pairing/api/concerns", by, said)["id"]

    def _agree(self) -> None:
        pair = self.pairs["tomorrow"]
        answers = {key: next(iter(question.choices), "As we said.") for key, question in questions_of(pair["models"]).items()}
        place, mentor = f"/pairing/api/pairings/{pair['_id']}/agreement", self.autumn.by(pair, "mentor")
        self.autumn.post(place, mentor, {"based_on": 0, "answers": answers})
        self.autumn.post(f"{place}/signatures", mentor, {"number": 1})

    def token(self, who: str, language: str = "en") -> str:
        """A token of a role of staff, "staff" (both), "newcomer" (no programme), or somebody like "mentee waiting"."""
        here = (self.autumn.programme_id,)
        if who in ("coordinator", "administrator", "safeguarding_lead"):
            return self._token(self.autumn.staff, who, programmes=here, language=language)
        if who == "staff":
            return self._token(self.autumn.staff, "administrator", "coordinator", programmes=here, language=language)
        if who == "newcomer":
            return self._token(self.autumn.staff, "coordinator", language=language)
        person = self.person(who)
        zone = person["time_zone"]
        return self._token(person["_id"], who.split()[0], programmes=here, language=language, time_zone=zone)

    def staff_token(self, programme_id: str, language: str = "en") -> str:
        """A token of the coordinator of another programme."""
        return self._token(self.autumn.staff, "coordinator", programmes=(programme_id,), language=language)

    def person(self, who: str) -> Document:
        """The document of "mentee begun", "mentor waiting", "mentee unpermitted", "mentee answered" …"""
        if who == "guardian":
            return self.guardian
        side, state = who.split()
        if state == "waiting":
            return self.autumn.without_proposal(side)
        if state == "unpermitted":
            return next(person for person in self.autumn.people.values() if person["guardian"] and not person["guardian"]["permission"])
        pair = self.autumn.answering[0] if state == "answered" else self.pairs[state]
        return self.autumn.people[pair[f"{side}_id"]]
