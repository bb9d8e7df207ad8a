"""A guardian is asked by mail, says yes or no by the link, has an account of her own, and sees her wards and nobody else's."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Refused
from chassis.mail import MailRefused
from pairing.accounts import letters
from pairing.consents import guardians
from pairing.intake import commands as intake
from pairing.people.commands import add_person, change_people
from pairing.people.model import Guardian
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES

TODAY = datetime.now(UTC).date()
YES = {"guardian_permission": "yes", "consent": "yes"}


@pytest.fixture
def posted(monkeypatch):
    """The mails that went out."""
    sent = []
    monkeypatch.setattr(letters.mail, "send", lambda settings, message: sent.append(message))
    return sent


@pytest.fixture
def add(house, autumn):
    """Adds a mentee of so many years to the programme; gives her id."""

    def add_mentee(name="Ines", years=13, guardian="rui@families.example.org", **more):
        who = {"given_name": name, "family_name": "Silva", "email": f"{name.lower()[:8]}@mentees.example.org", "roles": ("mentee",)}
        known = {"birth_date": TODAY - timedelta(days=years * 366), "guardian": Guardian("Rui Silva", guardian) if guardian else None}
        where = {"language": "pt", "time_zone": "Europe/Lisbon", "programme_ids": (autumn[0],)}
        return house.do(lambda uow: add_person(uow, **{**who, **known, **where, **more}).id)

    return add_mentee


def ask(house, person_id, **more):
    return house.do(guardians.ask, person_id, "pt", **more)


def person(house, person_id):
    return house.database["people"].find_one({"_id": person_id})


def path_in(message):
    text = message.get_body(("plain",)).get_content()
    return re.search(r"http://127.0.0.1:8080(/pairing/guardian/[\w.-]+)\?lang=pt", text)[1]


@pytest.fixture
def link(house, add, posted):
    """The path of the link that the guardian of a mentee of thirteen got by mail."""
    ask(house, add())
    house.work_off()
    return path_in(posted[-1])


def the_mentee(house):
    return house.database["people"].find_one({"email": "ines@mentees.example.org"})


def test_a_guardian_reads_both_texts_and_says_yes(house, link, posted):
    browser = house.nobody()
    for _ in range(2):
        shown = browser.page(f"{link}?lang=en")
        assert shown.status_code == 200, "fetching the link answers nothing"
    assert "Ines Silva" in shown.text and "Autumn 2026" in shown.text
    assert 'name="guardian_permission"' in shown.text and 'name="consent"' in shown.text
    assert browser.submit(link, YES, on=link).location == "/pairing/guardian/thanks"
    mentee = the_mentee(house)
    assert mentee["guardian"]["permission"] == TODAY.isoformat()
    account = house.database["accounts"].find_one({"email": "rui@families.example.org"})
    assert (account["roles"], person(house, account["_id"])["ward_ids"]) == (["guardian"], [mentee["_id"]])
    records = {each["kind"]: each for each in house.database["consents"].find()}
    assert {kind: (each["given_by"], each["given_role"], each["way"]) for kind, each in records.items()} == dict.fromkeys(
        ("consent", "guardian_permission"), (account["_id"], "guardian", "guardian_link")
    )
    house.work_off()
    assert [message["To"] for message in posted] == ["rui@families.example.org"] * 2
    [said] = [event for event in house.said() if getattr(event, "ward_ids", ())]
    assert said.ward_ids == (mentee["_id"],)


def test_a_mentee_of_sixteen_agrees_herself_and_her_guardian_only_permits(house, add, posted):
    ask(house, add(years=17))
    house.work_off()
    browser, path = house.nobody(), path_in(posted[-1])
    assert 'name="consent"' not in browser.page(path).text
    assert browser.submit(path, {"guardian_permission": "yes"}, on=path).status_code == 303
    assert [each["kind"] for each in house.database["consents"].find()] == ["guardian_permission"]


@pytest.mark.parametrize("ticked", [{}, {"guardian_permission": "yes"}, {"consent": "yes"}, {"guardian_permission": "no", "consent": "on"}])
def test_a_box_that_is_not_ticked_is_told_and_nothing_is_recorded(house, link, ticked):
    answer = house.nobody().submit(link, ticked, on=link)
    assert answer.status_code == 422
    assert the_mentee(house)["guardian"]["permission"] is None
    assert house.database["consents"].count_documents({}) == 0
    assert house.database["accounts"].count_documents({"roles": "guardian"}) == 0
    assert house.nobody().submit(link, YES, on=link).status_code == 303, "the link stays good"


def test_a_link_works_once(house, link):
    house.nobody().submit(link, YES, on=link)
    assert house.nobody().page(link).status_code == 403
    for where in (link, f"{link}/decline"):
        again = house.nobody().submit(where, YES, on="/pairing/sign-in")
        assert (again.status_code, "answered already" in again.text) == (403, True)
    assert house.database["consents"].count_documents({}) == 2


def test_a_guardian_says_no_and_nothing_else_happens(house, autumn, link, posted):
    assert house.nobody().submit(f"{link}/decline", {}, on=link).location == "/pairing/guardian/thanks?answer=no"
    assert the_mentee(house)["guardian"]["permission"] is None
    assert house.database["accounts"].count_documents({"roles": "guardian"}) == 0
    assert house.nobody().submit(link, YES, on="/pairing/sign-in").status_code == 403
    assert "the guardian said no" in autumn[1].page("/pairing/waiting").text
    house.work_off()
    assert len(posted) == 1


def test_a_link_is_too_old_after_fourteen_days(house, add, autumn, posted):
    request = ask(house, add(), now=datetime.now(UTC) - timedelta(days=14, minutes=1))
    house.work_off()
    assert posted == []
    path = f"/pairing/guardian/{guardian_key(house, request)}"
    refused = house.nobody().submit(path, YES, on="/pairing/sign-in")
    assert (refused.status_code, "too old" in refused.text) == (403, True)
    assert the_mentee(house)["guardian"]["permission"] is None
    assert "link is too old" in autumn[1].page("/pairing/waiting").text


def guardian_key(house, request):
    from pairing.consents.letters import key_of

    return key_of(house.settings, request)


def test_asking_again_ends_the_link_before(house, add, posted):
    mentee = add()
    first, second = ask(house, mentee), ask(house, mentee)
    house.work_off()
    assert len(posted) == 1, "only the newest link is mailed"
    assert house.nobody().page(f"/pairing/guardian/{guardian_key(house, first)}").status_code == 403
    assert house.nobody().page(f"/pairing/guardian/{guardian_key(house, second)}").status_code == 200


def test_a_spoiled_link_answers_nothing(house, link):
    id, _, token = link.rpartition("/")[2].partition(".")
    for spoiled in (f"{id}.", f"{id}.{token[:-1]}", f"{id}.{token.swapcase()}", f"x.{token}", token, "é.ü", "%00"):
        for where in (spoiled, f"{spoiled}/decline"):
            assert house.nobody().submit(f"/pairing/guardian/{where}", YES, on="/pairing/sign-in").status_code == 403, where
    assert the_mentee(house)["guardian"]["permission"] is None


def test_a_sign_in_link_of_the_same_id_is_no_guardians_link(house, link):
    from pairing.accounts.model import link_token

    id = link.rpartition("/")[2].partition(".")[0]
    assert house.nobody().page(f"/pairing/guardian/{id}.{link_token(house.settings.secret, id)}").status_code == 403


def test_nothing_in_the_database_answers_for_a_guardian(house, link):
    token = link.rpartition(".")[2]
    kept = " ".join(str(document) for name in house.database.list_collection_names() for document in house.database[name].find())
    assert token not in kept


def test_when_the_guardian_on_record_changes_the_old_link_is_void(house, link):
    house.do(
        lambda uow: change_people(uow, [(uow.get(PEOPLE, the_mentee(house)["_id"]), {"guardian": Guardian("Ana", "ana@x.example.org")})])
    )
    assert house.nobody().submit(link, YES, on="/pairing/sign-in").status_code == 403
    assert the_mentee(house)["guardian"]["permission"] is None


def test_nobody_is_her_own_guardian(house, add):
    mentee = add(guardian="ines@mentees.example.org")
    with pytest.raises(Exception, match="mentee's own"):
        ask(house, mentee)
    assert house.database["guardian_requests"].count_documents({}) == 0


def test_without_a_guardian_on_record_nobody_is_asked(house, add):
    with pytest.raises(Exception, match="No guardian is on record"):
        ask(house, add(guardian=""))
    assert house.database["jobs"].count_documents({"job": "mail-guardian"}) == 0


def test_a_minor_is_nobodys_guardian(house, add, posted):
    add("Lotte", guardian="x@families.example.org")
    ask(house, add(guardian="lotte@mentees.example.org"))
    house.work_off()
    path = path_in(posted[-1])
    refused = house.nobody().submit(path, YES, on=path)
    assert (refused.status_code, "under 18" in refused.text) == (403, True)
    assert the_mentee(house)["guardian"]["permission"] is None
    assert house.database["people"].find_one({"email": "lotte@mentees.example.org"})["roles"] == ["mentee"]
    assert house.database["consents"].count_documents({}) == 0


def test_one_guardian_has_several_wards(house, add, posted):
    for name in ("Ines", "Marta"):
        ask(house, add(name))
        house.work_off()
        path = path_in(posted[-1])
        house.nobody().submit(path, YES, on=path)
        house.work_off()
        posted.pop()
    [guardian] = house.database["people"].find({"roles": "guardian"})
    assert len(guardian["ward_ids"]) == 2
    shown = house.signed_in(guardian["_id"]).page("/pairing/?lang=en").text
    assert "Ines Silva" in shown and "Marta Silva" in shown


@pytest.mark.parametrize("roles", [("coordinator",), ("mentor",), ("administrator",)])
def test_who_is_more_than_a_guardian_gets_into_no_other_programme_by_a_ward(house, add, posted, roles):
    rui = {"given_name": "Rui", "family_name": "Silva", "email": "rui@families.example.org", "language": "pt", "time_zone": "UTC"}
    known = house.do(lambda uow: add_person(uow, roles=roles, programme_ids=("elsewhere",), **rui).id)
    ask(house, add())
    house.work_off()
    path = path_in(posted[-1])
    house.nobody().submit(path, YES, on=path)
    account = house.database["accounts"].find_one({"_id": known})
    assert (account["roles"], account["programmes"]) == ([*roles, "guardian"], ["elsewhere"])


def test_a_guardian_whose_permission_was_on_paper_confirms_it_and_gets_an_account(house, add, posted):
    mentee = add(guardian="", given_name="Ines")
    on_paper = Guardian("Rui Silva", "rui@families.example.org", date(2026, 9, 1))
    house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, mentee), {"guardian": on_paper})]))
    ask(house, mentee)
    house.work_off()
    path = path_in(posted[-1])
    assert house.nobody().submit(path, YES, on=path).status_code == 303
    assert house.database["accounts"].count_documents({"roles": "guardian"}) == 1
    with pytest.raises(Exception, match="gave permission already"):
        ask(house, mentee)


def test_a_guardian_who_says_no_ends_a_permission_that_was_on_paper(house, add, posted):
    mentee = add(guardian="", given_name="Ines")
    on_paper = Guardian("Rui Silva", "rui@families.example.org", date(2026, 9, 1))
    house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, mentee), {"guardian": on_paper})]))
    ask(house, mentee)
    house.work_off()
    path = path_in(posted[-1])
    assert house.nobody().submit(f"{path}/decline", {}, on=path).status_code == 303
    assert person(house, mentee)["guardian"]["permission"] is None
    [record] = house.database["consents"].find()
    assert (record["way"], record["withdrawn_role"]) == ("before", "guardian")


def test_who_is_of_age_has_no_guardian_to_ask(house, add):
    with pytest.raises(Exception, match="of age"):
        ask(house, add(years=19))


def test_all_guardians_who_were_not_asked_are_asked_at_once(house, autumn, add, posted):
    ask(house, add("Ines", guardian="one@families.example.org"))
    add("Marta", guardian="two@families.example.org")
    add("Lotte", guardian="three@families.example.org")
    add("Noor", guardian="")
    shown = autumn[1].page("/pairing/waiting").text
    assert "2 guardians were not asked yet." in shown
    for _ in range(2):
        path = f"/pairing/programmes/{autumn[0]}/ask-guardians"
        assert autumn[1].submit(path, {}, on="/pairing/waiting").location == f"/pairing/waiting?programme={autumn[0]}&done=asked"
    house.work_off()
    assert sorted(str(message["To"]) for message in posted) == [f"{name}@families.example.org" for name in ("one", "three", "two")]


def test_a_mailbox_is_not_flooded(house, add):
    mentee = add()
    for _ in range(5):
        ask(house, mentee)
    with pytest.raises(Exception, match="asked several times today"):
        ask(house, mentee)
    assert house.database["guardian_requests"].count_documents({}) == 5


NAMES = (
    "http://evil.example",
    "www.evil.example",
    "Win 1000 now",
    "a@b.example",
    "x" * 41,
    "Ines\u2028Bcc: b@example.org",
    "=1+1",
    "Free. Money",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_none_does_not_get_into_the_mail(house, add, posted, name):
    ask(house, add("Ines", given_name=name))
    house.work_off()
    [mail] = posted
    text = mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
    assert name not in text and name not in str(mail["Subject"])
    assert mail["Bcc"] is None


def test_a_given_name_in_any_letters_stands_in_the_mail(house, add, posted):
    for number, name in enumerate(("Sigríður", "Anne-Marie", "D’Arcy", "Мария", "Zoë Noor")):
        ask(house, add(f"n{number}", given_name=name))
        house.work_off(guardians.MAIL)
        assert name in posted[-1].get_body(("plain",)).get_content()


def test_an_address_that_the_mail_server_refuses_is_not_tried_for_ever(house, add, monkeypatch):
    monkeypatch.setattr(letters.mail, "send", lambda settings, message: (_ for _ in ()).throw(MailRefused("never")))
    ask(house, add())
    house.work_off()
    assert house.database["jobs"].count_documents({"job": "mail-guardian"}) == 0
    assert house.database["guardian_requests"].find_one()["sent_at"] is None


def test_a_guardian_takes_the_permission_back(house, link):
    house.nobody().submit(link, YES, on=link)
    mentee = the_mentee(house)["_id"]
    rui = house.signed_in(house.database["accounts"].find_one({"roles": "guardian"})["_id"])
    where = f"/pairing/people/{mentee}/permissions"
    assert "You see when they meet" in rui.page("/pairing/?lang=en").text
    assert rui.submit(f"{where}/withdraw", {"kind": "guardian_permission"}, on=where).status_code == 303
    assert the_mentee(house)["guardian"]["permission"] is None
    [said] = [event for event in house.said() if type(event).__name__ == "ConsentWithdrawn"]
    assert (said.person_id, said.kind) == (mentee, "guardian_permission")
    assert rui.submit(f"{where}/agree", {"kind": "guardian_permission"}, on=where).status_code == 303
    assert the_mentee(house)["guardian"]["permission"] == TODAY.isoformat()


def test_a_guardian_of_one_sees_and_changes_nothing_of_another(house, add, link):
    house.nobody().submit(link, YES, on=link)
    rui = house.signed_in(house.database["accounts"].find_one({"roles": "guardian"})["_id"])
    other = add("Marta", guardian="other@families.example.org", consent_withdrawn=date(2026, 1, 1))
    before = person(house, other)
    where = f"/pairing/people/{other}/permissions"
    assert rui.page(where).status_code == 403
    for deed in ("agree", "withdraw", "paper", "ask"):
        form = {"kind": "consent", "on": "2026-01-01"}
        assert rui.submit(f"{where}/{deed}", form, on="/pairing/").status_code == 403, deed
    for path, body in (
        (f"/pairing/api/people/{other}/consents", {"kind": "consent"}),
        (f"/pairing/api/people/{other}/guardian-request", {}),
    ):
        assert rui.post(path, body).status_code == 403
    assert rui.get(f"/pairing/api/people/{other}").status_code == 403
    assert "Marta" not in rui.page("/pairing/").text
    assert person(house, other) == before


def test_who_has_come_of_age_is_nobody_s_ward_any_more(house, add, link, posted):
    """Her guardian reads, changes and erases nothing of hers from her eighteenth birthday on."""
    house.nobody().submit(link, YES, on=link)
    ward, rui = the_mentee(house), house.signed_in(house.database["accounts"].find_one({"email": "rui@families.example.org"})["_id"])
    here = f"/pairing/api/people/{ward['_id']}"
    assert rui.get(f"{here}/consents").status_code == 200
    copy = rui.post(f"{here}/exports").json["id"]
    house.database["people"].update_one({"_id": ward["_id"]}, {"$set": {"birth_date": "2001-01-01"}})
    before = {name: list(house.database[name].find()) for name in ("consents", "erasures", "data_exports", "people")}
    answers = [
        rui.get(f"{here}/consents"),
        rui.post(f"{here}/consents", {"kind": "consent"}),
        rui.post(f"{here}/consents/withdrawal", {"kind": "consent"}),
        rui.post(f"{here}/exports"),
        rui.post(f"{here}/erasures", {}),
        rui.get(f"/pairing/api/exports/{copy}/archive"),
        rui.get(f"/pairing/people/{ward['_id']}/data"),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert {name: list(house.database[name].find()) for name in before} == before
    assert "Ines" not in rui.page("/pairing/wards").text


def test_forms_with_somebody_s_address_fill_no_mailbox(house, add):
    """Whoever applies again and again under other names has a stranger written to a few times a day only."""
    wards = [add(name=f"Ines{number}", guardian="stranger@example.org") for number in range(21)]
    for ward in wards[:20]:
        ask(house, ward)
    before = house.database["guardian_requests"].count_documents({})
    with pytest.raises(Refused) as refusal:
        ask(house, wards[20])
    assert (refusal.value.code, before) == ("guardian-asked-often", 20)
    assert house.database["guardian_requests"].count_documents({}) == before
    programme = house.database["people"].find_one({"_id": wards[0]})["programme_ids"][0]
    assert house.do(lambda uow: intake.ask_guardians(uow, uow.get(PROGRAMMES, programme))) == 0, "the others are asked all the same"
    other = add(name="Lara", guardian="rui@families.example.org")
    assert house.do(lambda uow: intake.ask_guardians(uow, uow.get(PROGRAMMES, programme))) == 1
    assert house.database["guardian_requests"].count_documents({"ward_id": other}) == 1
