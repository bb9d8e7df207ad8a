"""Who takes part in a computation, with which places, wishes and papers; and that idle processes do not pay for the numbers."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

from pairing.matching.participants import cohort_of
from pairing.pairings.model import Pairing
from pairing.people.model import Guardian, Person, Vetting
from pairing.programmes.model import Programme

DAY, ENDS_ON = date(2026, 11, 21), date(2027, 6, 30)
PROGRAMME = Programme(
    id="autumn",
    name="Autumn",
    starts_on=date(2026, 12, 7),
    ends_on=ENDS_ON,
    languages=("nl",),
    time_zone="Europe/Amsterdam",
    meeting_minutes=45,
)
COMMON = {
    "given_name": "A",
    "family_name": "B",
    "language": "nl",
    "time_zone": "Europe/Lisbon",
    "country": "PT",
    "city": "Porto",
    "languages": ("pt",),
}
FEMKE = Person(
    id="femke",
    email="femke@example.org",
    roles=("mentor",),
    capacity=2,
    wishes=("yara@example.org", "nobody@example.org", "femke@example.org"),
    vetting=Vetting("vog", date(2026, 1, 1), ENDS_ON),
    data_protection_training=DAY,
    expertise=("space",),
    models=("ad_hoc",),
    **COMMON,
)
YARA = Person(
    id="yara",
    email="yara@example.org",
    roles=("mentee",),
    birth_date=date(2010, 1, 1),
    wishes=("femke@example.org",),
    interests=("space",),
    needs=("flexible",),
    guardian=Guardian("G", "g@example.org", DAY),
    **COMMON,
)
NOOR = replace(YARA, id="noor", email="noor@example.org", birth_date=date(2000, 1, 1), guardian=None, wishes=())


def paired(mentor: str, mentee: str) -> Pairing:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    return Pairing(
        id=f"{mentor}-{mentee}",
        programme_id="autumn",
        run_id="r",
        mentor_ids=(mentor,),
        mentee_ids=(mentee,),
        models=("ad_hoc",),
        format="online",
        proposed_at=moment,
        respond_by=moment,
    )


def test_people_take_part_as_the_programme_knows_them():
    cohort = cohort_of(PROGRAMME, [FEMKE], [YARA, NOOR], [], DAY)
    (mentor,), (yara, noor) = cohort.mentors, cohort.mentees
    assert (mentor.places, mentor.vetted, mentor.trained, mentor.wishes) == (2, True, True, ("yara",))
    assert (mentor.expertise, mentor.models, mentor.town, mentor.time_zone) == (("space",), ("ad_hoc",), "PT/porto", "Europe/Lisbon")
    assert (yara.minor, yara.permitted, yara.wishes, yara.interests, yara.needs) == (True, True, ("femke",), ("space",), ("flexible",))
    assert (noor.minor, noor.permitted) == (False, True)
    assert (cohort.terms.meeting_minutes, cohort.terms.weights) == (45, PROGRAMME.weights)


def test_papers_are_judged_on_the_day_and_until_the_programme_ends():
    mentor = replace(FEMKE, vetting=Vetting("vog", date(2025, 1, 1), date(2027, 6, 29)), data_protection_training=date(2026, 11, 22))
    cohort = cohort_of(PROGRAMME, [mentor], [replace(YARA, guardian=None)], [], DAY)
    assert (cohort.mentors[0].vetted, cohort.mentors[0].trained, cohort.mentees[0].permitted) == (False, False, False)


def test_open_pairings_take_places_and_mentees_out():
    cohort = cohort_of(PROGRAMME, [FEMKE], [YARA, NOOR], [paired("femke", "yara")], DAY)
    assert [mentor.places for mentor in cohort.mentors] == [1]
    assert [mentee.id for mentee in cohort.mentees] == ["noor"]
    full = cohort_of(PROGRAMME, [replace(FEMKE, capacity=1)], [NOOR], [paired("femke", "yara"), paired("femke", "ana")], DAY)
    assert full.mentors[0].places == 0


def test_a_mentor_who_was_a_mentee_once_is_not_matched_to_herself():
    both = replace(FEMKE, roles=("mentee", "mentor"))
    cohort = cohort_of(PROGRAMME, [both], [both, YARA], [], DAY)
    assert [mentee.id for mentee in cohort.mentees] == ["yara"]


def test_the_service_starts_without_large_libraries():
    told = "import pairing.app, sys; print(sorted({'numpy', 'scipy', 'openpyxl'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_who_withdrew_consent_is_left_out_on_both_sides():
    withdrew = {"consent_withdrawn": DAY}
    found = cohort_of(PROGRAMME, [replace(FEMKE, **withdrew)], [replace(YARA, **withdrew)], [], DAY)
    assert (found.mentors, found.mentees) == ((), ())
