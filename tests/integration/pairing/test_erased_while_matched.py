"""An erasure, or a withdrawn consent, while a proposal is computed or goes out: whichever is first, the other knows of it."""

import pytest

from chassis.errors import Refused
from pairing.app import SERVICE, create_app
from pairing.data_rights import forgetting
from pairing.matching import commands, grouping, publishing
from pairing.people.commands import change_people
from pairing.people.repository import PEOPLE
from support.house import House
from support.small_cohort import NOW, small_cohort


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def do(cohort, command, *arguments):
    return cohort.house.do(command, *arguments, now=NOW)


def erase(uow, person_id):
    forgetting.forget(uow, uow.get(PEOPLE, person_id))


def withdraw(uow, person_id):
    change_people(uow, [(uow.get(PEOPLE, person_id), {"consent_withdrawn": NOW.date()})])


def at_once(cohort, other, person, command, *arguments):
    """Runs a command; the other comes after it has read everything and before it writes."""
    once = []

    def around(uow):
        outcome = command(uow, *arguments)
        if not once:
            once.append(do(cohort, other, person.id))
        return outcome

    return do(cohort, around)


@pytest.mark.parametrize("other", [erase, withdraw])
def test_nobody_is_proposed_who_leaves_while_the_proposal_goes_out(cohort, other):
    run = do(cohort, commands.compute, cohort.programme_id)
    with pytest.raises(Refused):
        at_once(cohort, other, cohort.yara, publishing.publish, run.id)
    assert list(cohort.house.database["pairings"].find()) == []


@pytest.mark.parametrize("other", [erase, withdraw])
def test_nobody_is_in_a_group_who_leaves_while_it_goes_out(cohort, other):
    run = do(cohort, grouping.compute_groups, cohort.programme_id, grouping.GroupsWanted(2, 3, everybody=True))
    member = next(each for each in (cohort.yara, cohort.lotte, cohort.noor) if each.id in run.groups[0].mentee_ids)
    with pytest.raises(Refused):
        at_once(cohort, other, member, publishing.publish, run.id)
    assert list(cohort.house.database["pairings"].find()) == []


COMPUTED = {
    "pairs": commands.compute,
    "groups": lambda uow, id: grouping.compute_groups(uow, id, grouping.GroupsWanted(2, 3, everybody=True)),
}


@pytest.mark.parametrize("kind", COMPUTED)
def test_what_is_computed_tells_nothing_of_somebody_who_is_erased_meanwhile(cohort, kind):
    at_once(cohort, erase, cohort.yara, COMPUTED[kind], cohort.programme_id)
    kept = [*cohort.house.database["match_sheets"].find(), *cohort.house.database["match_runs"].find()]
    assert kept and cohort.yara.id not in str(kept)
