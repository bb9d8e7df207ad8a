"""The first page says that an agreement waits for the reader's signature: to both sides and the guardian of a minor, until they signed."""

from datetime import UTC, datetime

import pytest

from pairing.app import SERVICE, create_app
from pairing.pairings import life
from pairing.people.commands import add_person, change_people
from pairing.people.repository import PEOPLE
from support.house import House
from support.paired import pair_up
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
CARD = "An agreement waits for your signature"
ANSWERS = {
    "way": "online", "place": "video call", "often": "weekly", "times": "Wednesday 16:00", "channel": "e-mail",
    "answered": "two_days", "quiet": "", "behaviour": "", "mentor_role": "asks questions", "mentee_role": "tries things out",
    "feedback": "monthly", "milestones": "a robot arm by May",
}  # fmt: skip


class Signing:
    """Femke and Yara, a minor, and Sanne, who answers for Yara."""

    def __init__(self, paired):
        self.paired, self.cohort, self.house = paired, paired.cohort, paired.house
        self.path = f"/pairing/pairings/{paired.id}/agreement"
        who = {"given_name": "Sanne", "family_name": "Visser", "email": "sanne@example.org", "language": "nl"}
        place = {"time_zone": "Europe/Amsterdam", "programme_ids": (self.cohort.programme_id,), "ward_ids": (self.cohort.yara.id,)}
        sanne = self.house.do(add_person, roles=("guardian",), **who, **place, now=NOW)
        self.sanne = self.house.caller(sanne.id, "guardian", programmes=[self.cohort.programme_id])
        self.femke, self.yara = (self.cohort.signed_in(person) for person in (self.cohort.femke, self.cohort.yara))

    def write(self, based_on=0, **changed):
        form = {**ANSWERS, "based_on": based_on, **changed}
        assert self.yara.submit(self.path, form, on="/pairing/concerns/new").status_code == 303

    def sign(self, who, number=1):
        assert who.submit(f"{self.path}/sign", {"number": number}, on="/pairing/concerns/new").status_code == 303

    def asked(self):
        """Who is asked on the first page."""
        return [name for name in ("femke", "yara", "sanne") if CARD in getattr(self, name).page("/pairing/").text]


@pytest.fixture
def signing(settings):
    house = House(SERVICE, create_app, settings)
    yield Signing(pair_up(small_cohort(house)))
    house.close()


def test_everybody_is_asked_until_she_signed_and_again_for_a_new_version(signing):
    assert signing.asked() == []
    signing.write()
    assert signing.asked() == ["femke", "yara", "sanne"]
    for who, left in ((signing.femke, ["yara", "sanne"]), (signing.sanne, ["yara"]), (signing.yara, [])):
        signing.sign(who)
        assert signing.asked() == left
    signing.write(based_on=1, milestones="a drone by June")
    assert signing.asked() == ["femke", "yara", "sanne"]


def test_the_card_leads_to_the_agreement_and_names_a_mentee_by_her_given_name(signing):
    signing.write()
    for who in (signing.femke, signing.sanne):
        text = who.page("/pairing/").text
        assert f'href="{signing.path}"' in text
        assert "Agreement of Femke Hoekstra and Yara<" in text
    assert CARD in signing.sanne.page("/pairing/wards").text


def test_what_is_not_filled_in_waits_for_no_signature(signing):
    signing.write(milestones="", mentor_role="")
    assert signing.asked() == []


def test_while_it_is_paused_or_ends_nobody_is_asked(signing):
    signing.write()
    signing.house.do(life.pause, signing.paired.id, "illness", "marit", now=NOW)
    assert signing.asked() == []
    signing.house.do(life.resume, signing.paired.id, "marit", now=NOW)
    assert signing.asked() == ["femke", "yara", "sanne"]
    signing.house.do(life.end, signing.paired.id, "early", "marit", now=NOW)
    assert signing.asked() == []


def test_the_guardian_of_somebody_of_age_is_not_asked_nor_are_others(signing):
    signing.write()
    assert CARD not in signing.cohort.signed_in(signing.cohort.lotte).page("/pairing/").text
    of_age = {"birth_date": datetime(2000, 1, 1, tzinfo=UTC).date()}
    signing.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, signing.cohort.yara.id), of_age)]), now=NOW)
    assert signing.asked() == ["femke", "yara"]
