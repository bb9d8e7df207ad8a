"""An agreement on its way: filled in by both, signed by all and a minor's guardian, changed, signed again and printed."""

import re
import uuid
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from chassis.errors import Refused
from contracts.pairing import AgreementOffered, AgreementSigned
from pairing.agreements import commands as agreements
from pairing.app import SERVICE, create_app
from pairing.data_rights.forgetting import forget
from pairing.data_rights.holdings import holdings
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.pairings import life
from pairing.people.commands import add_person
from pairing.people.repository import PEOPLE
from support.house import House
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
ANSWERS = {
    "way": "online", "place": "video call", "often": "weekly", "times": "Wednesday 16:00\nfor an hour", "channel": "e-mail",
    "answered": "two_days", "quiet": "", "behaviour": "", "mentor_role": "asks questions", "mentee_role": "tries things out",
    "feedback": "monthly", "milestones": "a robot arm by May",
}  # fmt: skip


class Pair:
    """Femke and Yara, a minor, who have both said yes, and Yara's guardian Sanne with an account."""

    def __init__(self, cohort):
        self.cohort, self.house = cohort, cohort.house
        run = self.house.do(matching.compute, cohort.programme_id, now=NOW)
        self.house.do(publishing.publish, run.id, now=NOW)
        self.id = self.house.database["pairings"].find_one({"mentee_ids": cohort.yara.id})["_id"]
        self.femke, self.yara = cohort.signed_in(cohort.femke), cohort.signed_in(cohort.yara)
        self.path = f"/pairing/pairings/{self.id}/agreement"

    def accept(self):
        for side in (self.femke, self.yara):
            assert side.post(f"/pairing/api/pairings/{self.id}/accept").status_code == 200
        return self

    def guardian(self, email="sanne@example.org", roles=("guardian",), wards=None):
        who = {"given_name": "Sanne", "family_name": "Visser", "email": email, "language": "nl", "time_zone": "Europe/Amsterdam"}
        wards = (self.cohort.yara.id,) if wards is None else wards
        person = self.house.do(add_person, roles=roles, programme_ids=(self.cohort.programme_id,), ward_ids=wards, **who, now=NOW)
        return self.house.caller(person.id, *roles, programmes=[self.cohort.programme_id]), person.id

    def write(self, who, based_on=0, **changed):
        return who.submit(self.path, {**ANSWERS, "based_on": based_on, **changed}, on="/pairing/concerns/new")

    def sign(self, who, number=1):
        return who.submit(f"{self.path}/sign", {"number": number}, on="/pairing/concerns/new")

    def stored(self):
        return self.house.database["agreements"].find_one({"_id": self.id})

    def said(self):
        return [event for event in self.house.said() if isinstance(event, AgreementOffered | AgreementSigned)]


@pytest.fixture
def proposed(settings):
    house = House(SERVICE, create_app, settings)
    yield Pair(small_cohort(house))
    house.close()


@pytest.fixture
def pair(proposed):
    return proposed.accept()


def test_it_is_filled_in_by_one_and_signed_by_all_and_told_with_ids_alone(pair):
    sanne, sanne_id = pair.guardian()
    assert "Nothing is agreed yet" in pair.yara.page(pair.path).text
    assert pair.write(pair.yara).location == f"{pair.path}?done=saved"
    femke_id, yara_id = pair.cohort.femke.id, pair.cohort.yara.id
    for who in (pair.femke, pair.yara, sanne):
        assert "I have read it and sign" in who.page(pair.path).text
        assert pair.sign(who).status_code == 303
        assert "I have read it and sign" not in who.page(pair.path).text
    ids = {"pairing_id": pair.id, "programme_id": pair.cohort.programme_id, "number": 1}
    assert pair.said() == [
        AgreementOffered(**ids, signed_by=femke_id, asked=(yara_id, sanne_id)),
        AgreementSigned(**ids, signed_by=(femke_id, yara_id, sanne_id)),
    ]
    shown = pair.femke.page(pair.path).text
    for text in ("signed by all", "a robot arm by May", "within two days", "Guardian of Yara", "what stays between us"):
        assert text.lower() in shown.lower()


def test_the_mentor_reads_neither_the_mentees_family_name_nor_the_guardians(pair):
    sanne, _ = pair.guardian()
    pair.write(pair.femke)
    pair.sign(sanne)
    shown = pair.femke.page(pair.path).text
    assert "Yara" in shown and "Visser" not in shown and "Sanne" not in shown
    assert "Yara Visser" in pair.cohort.coordinator().page(pair.path).text


def test_who_knows_the_guardian_reads_her_name_and_never_as_if_the_child_were_the_guardian(pair):
    sanne, _ = pair.guardian()
    pair.write(pair.femke)
    marit = pair.cohort.coordinator()
    for _signed in range(2):
        assert "Sanne Visser (guardian of Yara Visser)" in marit.page(pair.path).text
        for reader in (pair.yara, sanne):
            assert "Sanne Visser (guardian of Yara)" in reader.page(pair.path).text
        assert "Guardian of Yara" in pair.femke.page(pair.path).text
        pair.sign(sanne)
    printed = PdfReader(BytesIO(marit.page(f"{pair.path}/1.pdf").data)).pages
    assert "Sanne Visser (guardian of Yara Visser)" in "".join(page.extract_text() for page in printed)


def test_a_change_asks_for_all_signatures_again_and_the_old_version_stays_readable(pair):
    sanne, _ = pair.guardian()
    pair.write(pair.femke)
    for who in (pair.femke, pair.yara, sanne):
        pair.sign(who)
    pair.write(pair.yara, based_on=1, often="monthly")
    assert "not signed by all yet" in pair.femke.page(pair.path).text
    assert [len(version["signatures"]) for version in pair.stored()["versions"]] == [3, 0]
    old = pair.femke.page(f"{pair.path}/1").text
    assert "earlier version" in old and "every week" in old and "I have read it and sign" not in old
    for who in (pair.femke, pair.yara, sanne):
        pair.sign(who, 2)
    assert [(type(event), event.number) for event in pair.said()] == [
        (AgreementOffered, 1), (AgreementSigned, 1), (AgreementOffered, 2), (AgreementSigned, 2),
    ]  # fmt: skip


def test_who_read_an_older_version_signs_nothing(pair):
    pair.write(pair.femke)
    pair.write(pair.yara, based_on=1, often="monthly")
    before = pair.stored()
    refused = pair.sign(pair.femke, 1)
    assert refused.status_code == 409 and "changed since you read it" in refused.text
    assert (pair.stored(), pair.said()) == (before, [])


def test_who_changed_an_older_version_loses_nothing_and_overwrites_nothing(pair):
    pair.write(pair.femke)
    pair.write(pair.yara, based_on=1, often="monthly")
    before = pair.stored()
    answer = pair.write(pair.femke, based_on=1, place="my own words")
    assert answer.status_code == 409 and "my own words" in answer.text and 'name="based_on" value="2"' in answer.text
    assert pair.stored() == before
    assert pair.write(pair.femke, based_on=2, place="my own words").status_code == 303


def test_saving_twice_is_one_version(pair):
    for _ in range(2):
        assert pair.write(pair.femke).status_code == 303
    assert len(pair.stored()["versions"]) == 1


def test_what_is_half_filled_in_is_kept_and_cannot_be_signed(pair):
    pair.write(pair.femke, channel="")
    assert "1 question is still open" in pair.femke.page(pair.path).text
    before = pair.stored()
    refused = pair.sign(pair.femke)
    assert refused.status_code == 409 and "Some questions are still open" in refused.text
    assert (pair.stored(), pair.said()) == (before, [])


def test_the_form_says_what_may_stay_open_and_what_is_needed_before_signing(pair):
    form = pair.femke.page(f"{pair.path}/edit").text
    labels = dict(re.findall(r'<label for="(\w+)">.*?<span class="optional">\((.*?)\)</span>', form))
    assert labels == {key: "needed before signing" if ANSWERS[key] else "optional" for key in ANSWERS}


def test_nobody_is_called_to_sign_while_a_question_is_open(pair):
    pair.write(pair.femke, channel="")
    saved = pair.femke.page(f"{pair.path}?done=saved").text
    assert "Fill in together what is still open" in saved and "Now everybody signs it" not in saved
    pair.write(pair.femke, based_on=1)
    assert "Now everybody signs it" in pair.femke.page(f"{pair.path}?done=saved").text


def test_beside_what_is_not_signed_by_all_stands_who_is_missing(pair):
    sanne, _ = pair.guardian()
    pair.write(pair.femke)
    everybody = [("Femke Hoekstra", pair.femke), ("Yara", pair.yara), ("guardian of Yara", sanne)]
    for signed, (_name, who) in enumerate(everybody):
        lacking = ", ".join(name for name, _who in everybody[signed:])
        assert f"Still to sign: {lacking}<" in pair.femke.page(pair.path).text
        pair.sign(who)
    assert "Still to sign" not in pair.femke.page(pair.path).text
    pair.write(pair.femke, based_on=1, often="monthly")
    assert "Still to sign" not in pair.femke.page(f"{pair.path}/1").text


@pytest.mark.parametrize("wrong", [{"place": "x" * 501}, {"often": "hourly"}, {"place": "a\0b"}, {"times": "\u202e"}])
def test_what_cannot_be_taken_comes_back_with_what_was_typed(pair, wrong):
    answer = pair.write(pair.femke, channel="our own chat", **wrong)
    assert answer.status_code == 422 and "our own chat" in answer.text
    assert pair.stored() is None


def test_without_an_account_of_the_guardian_it_is_not_signed_by_all(pair):
    pair.write(pair.femke)
    for who in (pair.femke, pair.yara):
        pair.sign(who)
    assert "cannot sign in yet" in pair.femke.page(pair.path).text
    assert [type(event) for event in pair.said()] == [AgreementOffered]


def test_who_has_the_guardians_address_but_never_confirmed_signs_nothing(pair):
    unconfirmed, _ = pair.guardian(wards=(pair.cohort.lotte.id,))
    pair.write(pair.femke)
    before = pair.stored()
    assert unconfirmed.page(pair.path).status_code == 403
    assert pair.sign(unconfirmed).status_code == 403
    assert pair.stored() == before


def test_an_adult_mentee_needs_no_guardian(proposed):
    cohort = proposed.cohort
    found = proposed.house.database["pairings"].find_one({"mentee_ids": cohort.noor.id})
    mentor = next(person for person in (cohort.femke, cohort.jildou) if person.id in found["mentor_ids"])
    proposed.id, proposed.path = found["_id"], f"/pairing/pairings/{found['_id']}/agreement"
    proposed.femke, proposed.yara = cohort.signed_in(mentor), cohort.signed_in(cohort.noor)
    pair = proposed.accept()
    pair.write(pair.femke)
    for who in (pair.femke, pair.yara):
        pair.sign(who)
    assert [type(event) for event in pair.said()] == [AgreementOffered, AgreementSigned]


def test_only_the_pair_writes_and_only_they_and_the_guardian_sign(pair):
    sanne, _ = pair.guardian()
    stranger, _ = pair.guardian("other@example.org")
    mentor_named_guardian, _ = pair.guardian("x@example.org", ("mentor",))
    pair.write(pair.femke)
    before = pair.stored()
    others = (pair.cohort.signed_in(pair.cohort.jildou), pair.cohort.signed_in(pair.cohort.lotte), stranger, mentor_named_guardian)
    for other in others:
        for path in (pair.path, f"{pair.path}/1", f"{pair.path}/1.pdf", f"{pair.path}/edit"):
            assert other.page(path).status_code == 403, path
        assert pair.write(other, based_on=1, often="monthly").status_code == 403
        assert pair.sign(other).status_code == 403
    for reader in (sanne, pair.cohort.coordinator()):
        assert reader.page(pair.path).status_code == 200
        assert reader.page(f"{pair.path}/edit").status_code == 403
        assert pair.write(reader, based_on=1, often="monthly").status_code == 403
    assert pair.sign(pair.cohort.coordinator()).status_code == 403
    assert pair.stored() == before


def test_a_coordinator_who_reads_it_leaves_an_entry_and_the_pair_does_not(pair):
    pair.write(pair.femke)
    for who in (pair.femke, pair.cohort.coordinator()):
        assert who.page(f"{pair.path}/1.pdf").status_code == 200
    assert [entry["endpoint"] for entry in pair.house.database["audit"].find()] == ["agreements_pages.printed"]


def test_before_all_said_yes_nothing_is_agreed(proposed):
    answer = proposed.write(proposed.femke)
    assert answer.status_code == 409 and "while a pairing runs" in answer.text
    assert proposed.stored() is None


def test_there_is_no_version_that_was_not_written(pair):
    pair.write(pair.femke)
    for number in ("0", "2", "999999", "-1", "x", "99999999999999999999"):
        assert pair.femke.page(f"{pair.path}/{number}").status_code == 404
        assert pair.femke.page(f"{pair.path}/{number}.pdf").status_code == 404
    assert pair.femke.page(f"/pairing/pairings/{uuid.uuid4()}/agreement").status_code == 404


@pytest.mark.parametrize("language", ["en", "nl", "es", "pt", "is"])
def test_it_is_printed_in_the_readers_language_with_names_and_times_of_that_version(pair, language):
    sanne, _ = pair.guardian()
    pair.write(pair.femke, place='#read("/etc/passwd") *b*')
    pair.sign(sanne)
    pair.sign(pair.femke)
    pair.write(pair.yara, based_on=1)
    answer = pair.femke.page(f"{pair.path}/1.pdf?lang={language}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    document = PdfReader(BytesIO(answer.data))
    text = "\n".join(page.extract_text() for page in document.pages)
    for words in ("Femke Hoekstra", "Yara", "a robot arm by May", '#read("/etc/passwd") *b*', "Autumn 2026"):
        assert words in text
    assert document.root_object["/Lang"] == language
    assert "Visser" not in text


def test_the_words_are_text_on_the_page_whatever_they_are(pair):
    pair.write(pair.femke, place="<script>alert(1)</script>{{7*7}}%(x)s")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}%(x)s" in pair.yara.page(pair.path).text


def test_the_api_writes_and_signs_as_the_pages_do(pair):
    api = f"/pairing/api/pairings/{pair.id}/agreement"
    made = pair.femke.post(api, {"based_on": 0, "answers": ANSWERS})
    assert (made.status_code, made.json["number"], made.json["unsigned"]) == (200, 1, 3)
    sanne, _ = pair.guardian()
    assert sanne.post(f"{api}/signatures", {"number": 1}).json["unsigned"] == 2
    signed = pair.yara.get(api).json["signatures"]
    assert [(each["place_of"], each["as_guardian"]) for each in signed] == [(pair.cohort.yara.id, True)]
    assert pair.yara.post(f"{api}/signatures", {"number": 2}).status_code == 409


def test_the_api_refuses_questions_that_there_are_not_without_repeating_them(pair):
    refused = pair.femke.post(f"/pairing/api/pairings/{pair.id}/agreement", {"based_on": 0, "answers": {"sanne@example.org": "x"}})
    assert (refused.status_code, "sanne" in refused.text, pair.stored()) == (422, False, None)
    wrong = pair.femke.post(f"/pairing/api/pairings/{pair.id}/agreement", {"based_on": 0, "answers": {"often": "hourly"}})
    assert wrong.json["errors"]["answers"] == ["Look again at often."]


def test_it_is_in_the_copy_of_its_members_and_goes_when_one_of_them_is_erased(pair):
    pair.write(pair.femke)
    pair.sign(pair.yara)
    [held] = pair.house.do(holdings, pair.cohort.yara.id, True)["agreements"]
    assert held["answers"] == ANSWERS and list(held["you_signed_version_at"]) == ["1"]
    assert pair.house.do(holdings, pair.cohort.lotte.id, True)["agreements"] == []
    counts = pair.house.do(lambda uow: forget(uow, uow.get(PEOPLE, pair.cohort.yara.id)))
    assert (counts["agreements"], pair.stored()) == (1, None)


@pytest.mark.parametrize("other", ["stop", "erase"])
def test_nothing_is_written_at_the_moment_at_which_the_pairing_ends_or_one_of_them_is_erased(pair, other):
    once, yara = [], pair.cohort.yara.id
    meanwhile = {"stop": lambda uow: life.stop(uow, pair.id), "erase": lambda uow: forget(uow, uow.get(PEOPLE, yara))}[other]

    def work(uow):
        agreements.write(uow, pair.id, ANSWERS, yara, 0)
        if not once:
            once.append(pair.house.do(meanwhile))

    with pytest.raises(Refused):
        pair.house.do(work)
    assert pair.stored() is None
