"""Ways past the safeguarding gate that are closed: a yes that nobody says, a programme that is over, a pairing of one's own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Forbidden, Refused
from contracts.pairing import GroupAccepted, PairingPaused
from pairing.app import SERVICE, create_app
from pairing.data_rights import erasing
from pairing.match_setups import commands as match_setups
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.matching.grouping import GroupsWanted, compute_groups
from pairing.pairings import commands, life
from pairing.people.commands import change_people
from pairing.people.model import Guardian, Vetting
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes
from pairing.programmes.repository import PROGRAMMES
from support.house import House
from support.paired import pair_up
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
LOST = {"vetting": Vetting("vog", NOW.date(), NOW.date(), "not_passed")}
SHORT = {"vetting": Vetting("vog", date(2026, 1, 1), NOW.date() + timedelta(days=30))}


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def change(cohort, person, **fields):
    cohort.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, person.id), fields)]), now=NOW)


def group_of(cohort):
    """A group to which everybody but Noor has said yes."""
    run = cohort.house.do(compute_groups, cohort.programme_id, GroupsWanted(smallest=2, largest=4, everybody=True), now=NOW)
    cohort.house.do(publishing.publish, run.id, now=NOW)
    id = cohort.house.database["pairings"].find_one()["_id"]
    for person in (cohort.femke, cohort.jildou, cohort.yara, cohort.lotte):
        cohort.house.do(commands.accept, id, person.id, now=NOW)
    return id


@pytest.mark.parametrize("lost", [LOST, SHORT], ids=["not passed", "too short"])
@pytest.mark.parametrize("last", ["no", "silence"])
def test_a_group_that_begins_without_a_last_yes_is_judged_too(cohort, last, lost):
    id = group_of(cohort)
    change(cohort, cohort.femke, **lost)
    if last == "no":
        cohort.house.do(commands.decline, id, cohort.noor.id, now=NOW)
    else:
        cohort.house.do(commands.lapse, id, now=NOW + timedelta(days=8))
    stored = cohort.house.database["pairings"].find_one()
    assert (stored["state"], stored["paused_for"]) == ("paused", ["vetting"])
    assert [type(event) for event in cohort.house.said() if isinstance(event, GroupAccepted | PairingPaused)] == [
        GroupAccepted,
        PairingPaused,
    ]


def test_nobody_says_yes_in_a_programme_that_comes_to_its_end(cohort):
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    cohort.house.do(publishing.publish, run.id, now=NOW)
    cohort.house.do(programmes.advance, cohort.programme_id, "closing", now=NOW)
    before = list(cohort.house.database["pairings"].find())
    (pairing,) = [each for each in before if cohort.yara.id in each["mentee_ids"]]
    answer = cohort.signed_in(cohort.yara).post(f"/pairing/api/pairings/{pairing['_id']}/accept")
    assert (answer.status_code, answer.json["code"]) == (409, "programme-closing")
    assert list(cohort.house.database["pairings"].find()) == before


def test_a_check_that_ended_after_the_programme_did_is_no_longer_good(cohort):
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    cohort.house.do(publishing.publish, run.id, now=NOW)
    pairing = cohort.house.database["pairings"].find_one({"mentee_ids": cohort.yara.id})
    ended = NOW.date() - timedelta(days=10)
    change(cohort, cohort.femke, vetting=Vetting("vog", date(2024, 1, 1), ended + timedelta(days=5)))
    cohort.house.database["programmes"].update_one({}, {"$set": {"starts_on": "2026-01-01", "ends_on": ended.isoformat()}})
    with pytest.raises(Refused) as refusal:
        cohort.house.do(commands.accept, pairing["_id"], cohort.yara.id, now=NOW)
    assert refusal.value.code == "safeguarding-vetting"


def test_a_guardian_is_no_mentor_of_her_own_ward(cohort):
    change(cohort, cohort.yara, guardian=Guardian("Femke", "femke@example.org", date(2026, 11, 1)))
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    assert (cohort.femke.id, cohort.yara.id) not in {(pair.mentor_id, pair.mentee_id) for pair in cohort.proposed(run)}
    with pytest.raises(Refused) as refusal:
        cohort.house.do(
            lambda uow: commands.propose(
                uow, uow.get(PROGRAMMES, cohort.programme_id), uow.get(PEOPLE, cohort.femke.id), uow.get(PEOPLE, cohort.yara.id),
                commands.Fit(run_id=run.id, score=1),
            ),
            now=NOW,
        )  # fmt: skip
    assert refusal.value.code == "safeguarding-conflict-of-interest"


def test_who_becomes_the_guardian_of_her_mentee_is_paused(cohort):
    paired = pair_up(cohort)
    change(cohort, cohort.femke, ward_ids=(cohort.yara.id,))
    assert (paired.state, paired.document["paused_for"]) == ("paused", ["conflict-of-interest"])


def test_an_address_under_which_somebody_is_never_to_be_paired_pauses_a_pairing(cohort):
    paired = pair_up(cohort)
    change(cohort, cohort.femke, not_with=("nobody.yet@example.org",))
    assert paired.state == "accepted"
    change(cohort, cohort.yara, email="nobody.yet@example.org")
    assert (paired.state, paired.document["paused_for"]) == ("paused", ["conflict-of-interest"])


@pytest.mark.parametrize("role", ["coordinator", "safeguarding_lead"])
def test_staff_who_are_mentors_do_not_let_their_own_pairing_go_on(cohort, role):
    paired = pair_up(cohort)
    paired.house.do(life.pause, paired.id, "concern", "lead", now=NOW)
    before = paired.document
    herself = cohort.house.caller(cohort.femke.id, "mentor", role, programmes=[cohort.programme_id])
    assert herself.post(f"/pairing/api/pairings/{paired.id}/resume").status_code == 403
    with pytest.raises(Forbidden) as refusal:
        paired.house.do(life.resume, paired.id, cohort.femke.id, as_lead=True, now=NOW)
    assert (refusal.value.code, paired.document) == ("own-pairing", before)


def test_an_import_looks_at_all_pairings_with_one_question(cohort):
    """A large file of renewed checks must not ask the database once for each mentor."""
    paired = pair_up(cohort)
    asked = []
    renewed = {"vetting": Vetting("vog", date(2026, 2, 2), date(2028, 2, 2))}

    def renew(uow):
        asked.clear()
        find = uow.find
        uow.find = lambda collection, *more, **rest: asked.append(collection.name) or find(collection, *more, **rest)
        change_people(uow, [(uow.get(PEOPLE, person.id), renewed) for person in (cohort.femke, cohort.jildou)])

    paired.house.do(renew, now=NOW)
    assert asked.count("pairings") == 1


TOO_YOUNG = {"mentor": ("femke", date(2010, 1, 1)), "mentee": ("yara", date(2016, 1, 1))}


@pytest.mark.parametrize("side", TOO_YOUNG)
def test_who_turns_out_to_be_too_young_is_not_proposed_and_cannot_say_yes(cohort, side):
    who, born = TOO_YOUNG[side]
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    pairings = cohort.house.database["pairings"]

    def correct(birth_date):
        change(cohort, getattr(cohort, who), birth_date=birth_date)

    correct(born)
    with pytest.raises(Refused) as refusal:
        cohort.house.do(publishing.publish, run.id, now=NOW)
    assert (refusal.value.code, pairings.count_documents({})) == ("safeguarding-age", 0)
    correct(date(1990, 1, 1) if side == "mentor" else date(2011, 5, 1))
    cohort.house.do(publishing.publish, run.id, now=NOW)
    correct(born)
    before = list(pairings.find(sort=[("_id", 1)]))
    with pytest.raises(Refused) as refusal:
        cohort.house.do(
            commands.accept, next(each["_id"] for each in before if cohort.yara.id in each["mentee_ids"]), cohort.yara.id, now=NOW
        )
    assert refusal.value.code == "safeguarding-age"
    told = [{name: value for name, value in each.items() if name != "held"} for each in pairings.find(sort=[("_id", 1)])]
    assert told == [{name: value for name, value in each.items() if name != "held"} for each in before]


@pytest.mark.parametrize("how", ["excluded", "ended"])
def test_a_proposal_from_before_does_not_bring_together_who_is_kept_apart_since(cohort, how):
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    mentor_id = next(pair.mentor_id for pair in cohort.proposed(run) if pair.mentee_id == cohort.yara.id)
    if how == "excluded":
        cohort.house.do(match_setups.exclude, run.id, mentor_id, cohort.yara.id, "They know each other.", "marit", now=NOW)
    else:
        cohort.house.database["pairings"].insert_one(over(cohort, mentor_id))
    before = list(cohort.house.database["pairings"].find())
    with pytest.raises(Refused) as refusal:
        cohort.house.do(publishing.publish, run.id, now=NOW)
    assert (refusal.value.code, list(cohort.house.database["pairings"].find())) == ("match-run-out-of-date", before)


def over(cohort, mentor_id):
    """A pairing of Yara that safeguarding closed."""
    who = {"_id": "over", "mentor_ids": [mentor_id], "mentee_ids": [cohort.yara.id], "programme_id": cohort.programme_id, "run_id": "r"}
    how = {"models": ["structured"], "format": "online", "proposed_at": NOW, "respond_by": NOW, "ended_at": NOW}
    return who | how | {"state": "closed", "ending": "safeguarding", "version": 3}


def test_who_was_erased_says_nothing_more_with_the_token_that_lives_some_minutes(cohort):
    paired = pair_up(cohort)
    house, femke = paired.house, cohort.signed_in(cohort.femke)
    here = f"/pairing/api/pairings/{paired.id}"
    assert femke.get(here).status_code == 200
    house.do(erasing.ask_for_erasure, cohort.femke.id, by=cohort.femke.id, at_once=True)
    house.do(lambda uow: erasing.carry_out(uow, True, house.database["erasures"].find_one()["_id"]))
    answers = [
        femke.get(here),
        femke.post(f"{here}/ask-for-change", {"words": "I am Femke Hoekstra"}),
        femke.post(f"/pairing/api/closures/{paired.id}", {"answers": {"learned": "I am Femke Hoekstra"}, "shared": True}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert house.database["closures"].count_documents({}) == 0
