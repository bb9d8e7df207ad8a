"""The safeguarding gate when two things happen at the same moment: each command saw the world before the other."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Refused
from pairing.app import SERVICE, create_app
from pairing.consents import commands as consents
from pairing.pairings import commands, life
from pairing.people import commands as people
from pairing.people.model import Vetting
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes
from support.house import House
from support.paired import pair_up
from support.small_cohort import ENDS_ON, small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
STAFF = "00000000-0000-4000-8000-00000000000c"


@pytest.fixture
def paired(settings):
    house = House(SERVICE, create_app, settings)
    yield pair_up(small_cohort(house))
    house.close()


def lose_vetting(paired, mentor_id):
    failed = {"type": "vog", "issued": NOW.date(), "expires": None, "result": "not_passed"}
    paired.house.do(lambda uow: people.record_vetting(uow, mentor_id, **failed), now=NOW)


def proposal(paired):
    """Lotte's proposal, to which her mentor has said yes."""
    found = paired.house.database["pairings"].find_one({"mentee_ids": paired.cohort.lotte.id})
    paired.house.do(commands.accept, found["_id"], found["mentor_ids"][0], now=NOW)
    return found["_id"], found["mentor_ids"][0]


def together(paired, first, second):
    """Carries `first` out, and all of `second` after it has read and before it writes."""
    attempts = []

    def work(uow):
        first(uow)
        if not attempts:
            attempts.append(True)
            second()

    paired.house.do(work, now=NOW)


def state(paired, pairing_id):
    return paired.house.database["pairings"].find_one({"_id": pairing_id})["state"]


def test_the_last_yes_while_the_vetting_is_lost_is_refused(paired):
    pairing_id, mentor_id = proposal(paired)
    with pytest.raises(Refused) as refusal:
        together(paired, lambda uow: commands.accept(uow, pairing_id, paired.cohort.lotte.id), lambda: lose_vetting(paired, mentor_id))
    assert (refusal.value.code, state(paired, pairing_id)) == ("safeguarding-vetting", "proposed")


def test_a_vetting_that_is_lost_while_the_last_yes_is_said_pauses_them(paired):
    pairing_id, mentor_id = proposal(paired)
    failed = {"type": "vog", "issued": NOW.date(), "expires": None, "result": "not_passed"}
    together(
        paired,
        lambda uow: people.record_vetting(uow, mentor_id, **failed),
        lambda: paired.house.do(commands.accept, pairing_id, paired.cohort.lotte.id, now=NOW),
    )
    assert state(paired, pairing_id) == "paused"


def test_the_last_yes_while_permission_is_withdrawn_is_refused(paired):
    pairing_id, _ = proposal(paired)
    lotte = paired.cohort.lotte.id
    with pytest.raises(Refused):
        together(
            paired,
            lambda uow: commands.accept(uow, pairing_id, lotte),
            lambda: paired.house.do(consents.withdraw, lotte, "guardian_permission", now=NOW),
        )
    assert state(paired, pairing_id) == "proposed"


def test_going_on_while_the_vetting_is_lost_again_is_refused(paired):
    femke = paired.cohort.femke.id
    lose_vetting(paired, femke)
    renewed = Vetting("vog", date(2026, 1, 1), ENDS_ON)
    paired.house.do(lambda uow: people.change_people(uow, [(uow.get(PEOPLE, femke), {"vetting": renewed})]), now=NOW)
    with pytest.raises(Refused):
        together(paired, lambda uow: life.resume(uow, paired.id, STAFF), lambda: lose_vetting(paired, femke))
    assert paired.state == "paused"


@pytest.fixture
def eleven(paired):
    """The id of a proposal to a mentee of eleven, in a programme of no country; her mentor has said yes."""
    change_country(paired, "")
    born = NOW.date().replace(year=NOW.year - 12) + timedelta(days=100)
    lotte = paired.cohort.lotte.id
    paired.house.do(lambda uow: people.change_people(uow, [(uow.get(PEOPLE, lotte), {"birth_date": born})]), now=NOW)
    return proposal(paired)[0]


def change_country(paired, country):
    paired.house.do(programmes.change, paired.cohort.programme_id, country_pack=country, now=NOW)


def test_the_last_yes_while_the_programme_gets_a_country_that_forbids_it_is_refused(paired, eleven):
    with pytest.raises(Refused) as refusal:
        together(paired, lambda uow: commands.accept(uow, eleven, paired.cohort.lotte.id), lambda: change_country(paired, "NL"))
    assert (refusal.value.code, state(paired, eleven)) == ("safeguarding-age", "proposed")


def test_a_country_that_forbids_a_pairing_to_which_the_last_yes_is_said_meanwhile_pauses_it(paired, eleven):
    together(
        paired,
        lambda uow: programmes.change(uow, paired.cohort.programme_id, country_pack="NL"),
        lambda: paired.house.do(commands.accept, eleven, paired.cohort.lotte.id, now=NOW),
    )
    assert state(paired, eleven) == "paused"
