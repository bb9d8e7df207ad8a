"""Guardians of minors are told with whom a pairing of their ward begins and that it ended, never why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contracts.pairing import GroupAccepted, GroupLeft, PairingAccepted, PairingClosed, PairingProposed
from contracts.people import PersonChanged, PersonErased

TODAY = datetime.now(UTC).date()
GRO = "00000000-0000-4000-8000-0000000000a1"
SIB = "00000000-0000-4000-8000-0000000000a2"
BEGINS, ENDS = "pairing-accepted-guardian", "pairing-closed-guardian"


@pytest.fixture
def hear(notifications, cast, sink):
    """Introduces the pair with a guardian of the mentee, who comes of age on this day; then gives what the guardian is mailed."""

    def introduce(of_age_on, *events, wards=(cast.sigga,)):
        ward = replace(cast.persons["sigga"], of_age_on=of_age_on)
        guardian = PersonChanged(
            person_id=GRO, roles=("guardian",), given_name="Gróa", family_name="X", email="groa@example.org", language="en",
            time_zone="Atlantic/Reykjavik", ward_ids=wards,
        )  # fmt: skip
        notifications.hear(*cast.introduction, ward, guardian, *events)
        notifications.tick()
        return sink.to("groa@example.org")

    return introduce


@pytest.fixture
def begun(cast):
    return PairingAccepted(**cast.pair, model="structured", format="online")


@pytest.fixture
def members(cast):
    return {"pairing_id": cast.pairing, "programme_id": cast.programme, "mentor_ids": (cast.niamh,), "mentee_ids": (cast.sigga,)}


def body(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


@pytest.mark.parametrize("of_age_on", [TODAY + timedelta(days=40), None])
def test_a_beginning_says_with_whom(hear, begun, of_age_on):
    [mail] = hear(of_age_on, begun)
    assert mail["Subject"] == "Sigríður and Niamh begin together"
    assert "Autumn 2026" in body(mail) and "/pairing/wards" in body(mail)


def test_an_ending_is_the_same_whatever_the_reason(notifications, hear, begun, members, sink):
    hear(TODAY + timedelta(days=40), begun)
    said = set()
    for number, ending in enumerate(("planned", "early", "safeguarding")):
        other = {**members, "pairing_id": f"{members['pairing_id']}{number}"}
        notifications.hear(replace(begun, pairing_id=other["pairing_id"]), PairingClosed(ending=ending, **other))
        notifications.tick()
        ended = [mail for mail in sink.to("groa@example.org") if "has ended" in mail["Subject"]]
        assert len(ended) == number + 1
        said.add((ended[-1]["Subject"], body(ended[-1])))
    assert len(said) == 1
    [(subject, _)] = said
    assert subject == "The mentoring of Sigríður with Niamh has ended"


def test_who_has_come_of_age_has_no_guardian_any_more(hear, begun, members):
    assert hear(TODAY - timedelta(days=2), begun, PairingClosed(ending="planned", **members)) == []


def test_who_guards_somebody_else_is_told_nothing(hear, begun):
    assert hear(TODAY + timedelta(days=40), begun, wards=(SIB,)) == []


def test_a_pair_that_never_began_is_no_ending(hear, cast, members):
    asked = PairingProposed(**cast.pair, respond_by=datetime.now(UTC) + timedelta(days=7))
    assert hear(TODAY + timedelta(days=40), asked, PairingClosed(ending="safeguarding", **members)) == []


def test_two_wards_in_one_group_are_two_messages_and_leaving_it_ends_it_for_one(notifications, hear, cast, members, sink):
    sibling = replace(cast.persons["sigga"], person_id=SIB, given_name="Sunna", email="sunna@example.org")
    group = {**members, "mentee_ids": (cast.sigga, SIB)}
    mails = hear(None, sibling, GroupAccepted(**group, models=("group",), format="online"), wards=(cast.sigga, SIB))
    assert sorted(mail["Subject"] for mail in mails) == ["Sigríður and Niamh begin together", "Sunna and Niamh begin together"]
    notifications.hear(GroupLeft(**{**members, "mentee_ids": (cast.sigga,)}, person_id=SIB, side="mentee"))
    notifications.tick()
    assert sink.to("groa@example.org")[-1]["Subject"] == "The mentoring of Sunna with Niamh has ended"


def test_the_same_event_again_tells_nothing_new_and_an_erased_mentor_has_no_name(notifications, hear, begun, cast, members, sink):
    hear(None, begun, begun)
    notifications.hear(PersonErased(person_id=cast.niamh), *(PairingClosed(ending="early", **members) for _ in range(2)))
    notifications.tick()
    subjects = [mail["Subject"] for mail in sink.to("groa@example.org")]
    assert subjects == ["Sigríður and Niamh begin together", "The mentoring of Sigríður with somebody who has left has ended"]
