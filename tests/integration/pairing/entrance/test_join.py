"""The public form: filled in step by step without an account, kept, resumed, sent; and everything that must not come of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from pairing.accounts import letters
from pairing.intake import commands
from pairing.intake.repository import APPLICATIONS
from pairing.programmes.commands import change as change_programme

TOO_LATE = timedelta(days=31)
BORN_13 = (datetime.now(UTC).date() - timedelta(days=13 * 365 + 100)).isoformat()
ABOUT = {"given_name": "Inês", "family_name": "Sousa e Silva", "birth_date": BORN_13, "email": "Ines@Mentees.example.org"}
MENTEE = {
    "about": ABOUT,
    "place": {"country": "PT", "city": "Évora", "languages": ["pt", "en"], "format": "online"},
    "likes": {"interests": ["robotics", "space"], "career_goal": "confidence", "experience_level": "new"},
    "ways": {"needs": ["hands_on"], "learning_style": "doing", "motivation": "=Robots!\nAnd space."},
    "free": {"time_zone": "Europe/Lisbon", "availability": ["Wed 15:00-17:00", "Wed 17:00-19:00", "Sat 9:00-12:00"]},
    "guardian": {"guardian_name": "Rui Silva", "guardian_email": "rui@families.example.org"},
    "agree": {"remark": "Not with my cousin, please.", "consent": "yes"},
}
MENTOR = {
    "about": {**ABOUT, "birth_date": "1985-03-15", "email": "maud@example.org", "given_name": "Maud"},
    "place": MENTEE["place"],
    "likes": {"expertise": ["robotics"], "organisation": "Firda"},
    "ways": {"models": ["structured", "ad_hoc"], "capacity": "2"},
    "free": MENTEE["free"],
    "agree": {"remark": "", "consent": "yes"},
}


@pytest.fixture
def posted(monkeypatch):
    """The mails that went out."""
    sent = []
    monkeypatch.setattr(letters.mail, "send", lambda settings, message: sent.append(message))
    return sent


@pytest.fixture
def form(house, autumn):
    """The address of the open form."""
    return f"/pairing/join/{house.do(commands.open_entrance, autumn[0], open=True).token}"


def begin(house, form, role="mentee"):
    browser = house.nobody()
    assert browser.submit(form, {"role": role}, on=form).location == f"{form}/about"
    return browser


def fill_in(browser, form, answers, until=None):
    """Sends the steps one after another as the pages lead; gives the last answer."""
    step, answer = "about", None
    while step != until and step in answers:
        answer = browser.submit(f"{form}/{step}", {**answers[step], "go": "next"}, on=f"{form}/{step}")
        if answer.status_code != 303:
            return answer
        step = answer.location.rpartition("/")[2]
    return answer


def people(house):
    return list(house.database["people"].find({"roles": {"$in": ["mentor", "mentee"]}}))


def mails_planned(house):
    return house.database["jobs"].count_documents({"job": {"$regex": "^mail"}})


def text_of(message):
    return message.get_body(("plain",)).get_content()


def test_the_country_of_the_programme_and_the_zone_of_the_country_are_offered(house, autumn, form):
    house.database["programmes"].update_many({}, {"$set": {"country_pack": "PT"}})
    browser = begin(house, form)
    assert '<option value="PT" selected>' in browser.page(f"{form}/place").text
    browser.submit(f"{form}/place", {"country": "IS", "languages": "is", "go": "next"}, on=f"{form}/place")
    assert '<option value="Atlantic/Reykjavik" selected>' in browser.page(f"{form}/free").text


def test_a_mentee_of_thirteen_is_on_the_list_and_her_guardian_is_asked(house, autumn, form, posted):
    assert fill_in(begin(house, form), form, MENTEE).location == f"{form}/sent?next=guardian"
    [person] = people(house)
    assert (person["email"], person["given_name"], person["programme_ids"]) == ("ines@mentees.example.org", "Inês", [autumn[0]])
    assert person["availability"] == ["Wed 15:00-19:00", "Sat 09:00-12:00"]
    assert person["motivation"] == "=Robots!\nAnd space."
    assert person["guardian"] == {"name": "Rui Silva", "email": "rui@families.example.org", "permission": None}
    assert house.database["consents"].count_documents({}) == 0, "at thirteen she cannot consent herself"
    [application] = house.database["applications"].find()
    assert (application["remark"], application["answers"], application["expires_at"]) == ("Not with my cousin, please.", {}, None)
    house.work_off()
    assert {message["To"] for message in posted} == {"ines@mentees.example.org", "rui@families.example.org"}
    [changed] = [event for event in house.said() if getattr(event, "person_id", "") == person["_id"]]
    assert changed.email == "ines@mentees.example.org"


def test_what_she_said_to_the_coordinator_is_shown_to_her_alone(house, autumn, form, posted):
    fill_in(begin(house, form), form, MENTEE)
    [person] = people(house)
    path = f"/pairing/people/{person['_id']}"
    assert "Not with my cousin, please." in autumn[1].page(path).text
    assert "Not with my cousin" not in house.signed_in(person["_id"]).page(path).text
    assert "Not with my cousin" not in autumn[1].get(f"/pairing/api/people/{person['_id']}").text


def test_the_mail_signs_her_in_and_her_first_page_says_where_she_is(house, form, posted):
    fill_in(begin(house, form), form, MENTEE)
    house.work_off()
    [mail] = [message for message in posted if message["To"] == "ines@mentees.example.org"]
    browser, path = house.nobody(), re.search(r"http://127.0.0.1:8080(/pairing/sign-in/[\w.-]+)", text_of(mail))[1]
    assert browser.submit(path, {}, on=path).location == "/pairing/"
    text = browser.page("/pairing/?lang=en").text
    assert "Your parent or guardian got an e-mail." in text
    assert 'aria-current="step"' in text


def test_a_mentor_consents_herself_and_waits_for_vetting_and_training(house, autumn, form, posted):
    assert fill_in(begin(house, form, "mentor"), form, MENTOR).location == f"{form}/sent?next=check"
    [person] = people(house)
    assert (person["capacity"], person["models"], person["vetting"]) == (2, ["structured", "ad_hoc"], None)
    [consent] = house.database["consents"].find()
    assert (consent["kind"], consent["given_by"], consent["way"], consent["text_version"]) == ("consent", person["_id"], "form", 1)
    listed = autumn[1].page("/pairing/waiting").text
    assert "no background check that lasts" in listed and "no data-protection training" in listed


def test_a_mentor_of_sixteen_is_asked_for_no_guardian_and_can_send_it(house, autumn, form, posted):
    young = datetime.now(UTC).date().replace(day=1)
    answers = {**MENTOR, "about": {**MENTOR["about"], "birth_date": young.replace(year=young.year - 16).isoformat()}}
    assert fill_in(begin(house, form, "mentor"), form, answers).location == f"{form}/sent?next=check"
    [person] = people(house)
    assert person["guardian"] is None and house.database["guardian_requests"].count_documents({}) == 0


def test_where_thirteen_is_the_age_of_consent_she_gives_it_herself_and_her_guardian_only_permits(house, marit, posted):
    made = marit.post("/pairing/api/programmes", {
        "name": "Lisboa", "starts_on": "2026-12-01", "ends_on": "2027-05-31", "languages": ["pt"], "time_zone": "Europe/Lisbon",
    })  # fmt: skip
    form = f"/pairing/join/{house.do(commands.open_entrance, made.json['id'], open=True).token}"
    assert fill_in(begin(house, form), form, MENTEE).location == f"{form}/sent?next=guardian"
    [consent] = house.database["consents"].find()
    assert (consent["kind"], consent["given_role"]) == ("consent", "person")
    house.work_off()
    [mail] = [message for message in posted if message["To"] == "rui@families.example.org"]
    path = re.search(r"http://127.0.0.1:8080(/pairing/guardian/[\w.-]+)", text_of(mail))[1]
    assert 'name="consent"' not in house.nobody().page(path).text


def test_opening_the_form_begins_the_intake_and_publishing_ends_it(house, autumn, form):
    programme = house.database["programmes"].find_one({"_id": autumn[0]})
    assert programme["state"] == "intake"
    house.database["programmes"].update_one({"_id": autumn[0]}, {"$set": {"state": "running"}})
    assert house.nobody().page(form).status_code == 409
    assert "The form rests" in autumn[1].page(f"/pairing/programmes/{autumn[0]}/form").text


def test_who_is_of_age_is_not_asked_for_a_guardian(house, form):
    browser = begin(house, form)
    answers = {**MENTEE, "about": {**ABOUT, "birth_date": "2004-01-01"}}
    assert fill_in(browser, form, answers, until="agree").location == f"{form}/agree"
    assert "Step 6 of 6" in browser.page(f"{form}/agree?lang=en").text


def test_each_step_is_kept_and_going_back_loses_nothing(house, form):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE, until="likes")
    half = {"interests": ["wearables"], "go": "back"}
    assert browser.submit(f"{form}/likes", half, on=f"{form}/likes").location == f"{form}/place"
    assert re.search(r'value="Évora"', browser.page(f"{form}/place").text)
    assert re.search(r'value="wearables" checked', browser.page(f"{form}/likes").text)
    assert people(house) == []


def test_everything_wrong_in_a_step_is_told_at_once_and_what_was_typed_stays(house, form):
    browser = begin(house, form)
    wrong = {"given_name": "", "family_name": "<b>", "birth_date": "1899-01-01", "email": "ines@nowhere", "go": "next"}
    answer = browser.submit(f"{form}/about", wrong, on=f"{form}/about?lang=en")
    assert answer.status_code == 422
    assert "3 things need another look" in answer.text
    assert 'value="ines@nowhere"' in answer.text and 'value="&lt;b&gt;"' in answer.text
    assert house.database["applications"].find_one()["answers"] == {}


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("about", "given_name", "a\u202egnp"),
        ("about", "given_name", "a\nb"),
        ("about", "given_name", "a\0b"),
        ("about", "given_name", "x" * 201),
        ("about", "birth_date", "31-12-2012"),
        ("about", "email", "a@example.org\nBcc: b@example.org"),
        ("place", "country", "XX"),
        ("place", "languages", ["klingon"]),
        ("place", "format", "telepathy"),
        ("likes", "interests", ["<script>"]),
        ("likes", "interests", []),
        ("ways", "needs", ["$ne"]),
        ("ways", "motivation", "a\u202eb"),
        ("free", "time_zone", "../../etc/passwd"),
        ("free", "availability", ["Wed 25:00-26:00"]),
        ("free", "availability", []),
        ("guardian", "guardian_email", "ines@mentees.example.org"),
        ("guardian", "guardian_email", ""),
        ("guardian", "guardian_name", ""),
        ("agree", "consent", ""),
        ("agree", "consent", "no"),
        ("agree", "remark", "a\0b"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_added(house, form, step, field, value):
    answers = {**MENTEE, step: {**MENTEE[step], field: value}}
    answer = fill_in(begin(house, form), form, answers)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert people(house) == []


def test_a_step_that_was_passed_over_is_asked_for_before_anything_is_sent(house, form):
    browser = begin(house, form)
    browser.submit(f"{form}/about", {**ABOUT, "go": "next"}, on=f"{form}/about")
    answer = browser.submit(f"{form}/agree", {**MENTEE["agree"], "go": "next"}, on=f"{form}/agree")
    assert answer.status_code == 422
    assert 'id="country-error"' in answer.text
    assert people(house) == []


def test_nobody_learns_whether_an_address_is_known(house, form, posted):
    first = begin(house, form)
    once = fill_in(first, form, MENTEE)
    second = begin(house, form)
    answers = {**MENTEE, "about": {**ABOUT, "given_name": "Somebody else"}}
    again = fill_in(second, form, answers)
    assert (again.status_code, again.location) == (303, once.location) == (303, f"{form}/sent?next=guardian")
    assert second.page(again.location).data == first.page(again.location).data == house.nobody().page(again.location).data
    [person] = people(house)
    assert person["given_name"] == "Inês", "what the second wrote changes nothing"
    house.work_off()
    told = [message["Subject"] for message in posted if message["To"] == "ines@mentees.example.org"]
    assert sorted(subject.partition(":")[0] for subject in told) == ["You are here already", "Your form for FabConnect has arrived"]


def test_a_known_address_is_not_flooded(house, form, posted):
    fill_in(begin(house, form), form, MENTEE)
    for _ in range(7):
        fill_in(begin(house, form), form, MENTEE)
    house.work_off()
    assert len([message for message in posted if message["To"] == "ines@mentees.example.org"]) == 5


def test_a_form_that_was_sent_is_not_sent_again(house, form):
    browser = begin(house, form)
    cookie = browser.client.get_cookie("fabconnect_application", path="/pairing/join").value
    fill_in(browser, form, MENTEE)
    assert browser.client.get_cookie("fabconnect_application", path="/pairing/join") is None
    browser.client.set_cookie("fabconnect_application", cookie, path="/pairing/join")
    answer = browser.submit(f"{form}/agree", {**MENTEE["agree"], "go": "next"}, on=form)
    assert answer.location == f"{form}?lost"
    assert len(people(house)) == 1


GUARDIANS, CHECKS = "our parent or guardian gets an e-mail too", "about the background check and the training"
OF_AGE = {**MENTEE, "about": {**ABOUT, "birth_date": "2004-01-01"}}


@pytest.mark.parametrize(
    ("role", "answers", "told"),
    [("mentee", MENTEE, (True, False)), ("mentee", OF_AGE, (False, False)), ("mentor", MENTOR, (False, True))],
    ids=["thirteen", "of age", "mentor"],
)
def test_who_is_thanked_reads_only_what_concerns_her(house, form, role, answers, told):
    browser = begin(house, form, role)
    text = browser.page(f"{fill_in(browser, form, answers).location}&lang=en").text
    assert (GUARDIANS in text, CHECKS in text) == told
    assert "Are you under 18?" not in text and "Nothing after five minutes?" in text


@pytest.mark.parametrize("next", ["", "?next=", "?next=anything"])
def test_the_last_page_without_a_form_before_it_tells_everything(house, form, next):
    text = house.nobody().page(f"{form}/sent{next}").text
    assert "Are you under 18? Then your parent" in text and "Would you like to be a mentor? Then" in text


def test_who_goes_back_after_sending_is_not_told_to_fill_it_in_again(house, form):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE)
    back = browser.page(f"{form}/agree?lang=en")
    assert back.location == f"{form}?lost"
    text = browser.page(f"{back.location}&lang=en").text
    assert text.index("Perhaps you have sent it already: then you need not do anything") < text.index("Not sent yet? Then begin anew")
    assert "sent it already" not in house.nobody().page(f"{form}?lang=en").text


def test_the_link_in_a_mail_opens_the_form_at_another_browser(house, form, posted):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE, until="likes")
    left = browser.submit(f"{form}/likes", {"interests": ["space"], "go": "later"}, on=f"{form}/likes")
    assert left.location == f"{form}/later"
    assert 'value="Ines@Mentees.example.org"' in browser.page(f"{form}/later").text
    assert browser.submit(f"{form}/later", {"email": "ines@mentees.example.org"}, on=f"{form}/later").status_code == 200
    assert browser.page(f"{form}/about").location == f"{form}?lost", "the form is no longer open at this browser"
    house.work_off()
    [mail] = posted
    assert "Inês" not in mail.as_string()
    path = re.search(r"http://127.0.0.1:8080(/pairing/join/resume/[\w.-]+)", text_of(mail))[1]
    other = house.nobody()
    for _ in range(2):
        assert other.page(path).status_code == 200, "fetching the link opens nothing"
    assert other.client.get_cookie("fabconnect_application", path="/pairing/join") is None
    assert other.submit(path, {}, on=path).location == f"{form}/ways"
    assert re.search(r'value="space" checked', other.page(f"{form}/likes").text)


def test_a_wrong_address_for_later_is_told_and_nothing_is_sent(house, form, posted):
    browser = begin(house, form)
    answer = browser.submit(f"{form}/later", {"email": "ines@nowhere"}, on=f"{form}/later")
    assert (answer.status_code, 'value="ines@nowhere"' in answer.text) == (422, True)
    assert mails_planned(house) == 0


def test_another_browsers_form_cannot_be_opened(house, form):
    mine, others = begin(house, form), begin(house, form)
    fill_in(mine, form, MENTEE, until="likes")
    key = mine.client.get_cookie("fabconnect_application", path="/pairing/join").value
    id, _, token = key.partition(".")
    theirs = others.client.get_cookie("fabconnect_application", path="/pairing/join").value
    for spoiled in (id, f"{id}.", f"{id}.{token[:-1]}", f"{id}.{token.swapcase()}", f"{id}.{theirs.partition('.')[2]}", f"é.{token}", "."):
        others.client.set_cookie("fabconnect_application", spoiled, path="/pairing/join")
        assert others.page(f"{form}/about").location == f"{form}?lost", spoiled
        assert others.submit(f"/pairing/join/resume/{spoiled}", {}, on="/pairing/sign-in").status_code in (403, 404), spoiled


def test_nothing_in_the_database_opens_a_form(house, form):
    browser = begin(house, form)
    token = browser.client.get_cookie("fabconnect_application", path="/pairing/join").value.partition(".")[2]
    kept = " ".join(str(document) for name in house.database.list_collection_names() for document in house.database[name].find())
    assert len(token) > 30 and token not in kept


def test_a_draft_is_forgotten_after_thirty_days(house, form):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE, until="likes")
    house.database["applications"].update_many(
        {}, [{"$set": {"expires_at": {"$subtract": ["$expires_at", TOO_LATE.total_seconds() * 1000]}}}]
    )
    assert browser.page(f"{form}/about").location == f"{form}?lost"
    assert "expireAfterSeconds" in str(house.database["applications"].index_information())


def test_a_form_of_one_programme_does_not_lead_into_another(house, marit, form):
    made = marit.post("/pairing/api/programmes", {
        "name": "Other", "starts_on": "2026-12-01", "ends_on": "2027-05-31", "languages": ["en"], "time_zone": "UTC",
    })  # fmt: skip
    other = f"/pairing/join/{house.do(commands.open_entrance, made.json['id'], open=True).token}"
    assert begin(house, form).page(f"{other}/about").location == f"{other}?lost"


def test_a_closed_form_takes_nobody_in(house, autumn, form):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE, until="agree")
    assert (
        autumn[1].submit(f"/pairing/programmes/{autumn[0]}/form/close", {}, on=f"/pairing/programmes/{autumn[0]}/form").status_code == 303
    )
    answer = browser.submit(f"{form}/agree", {**MENTEE["agree"], "go": "next"}, on="/pairing/sign-in")
    assert (answer.status_code, "takes nobody in" in answer.text) == (409, True)
    assert house.nobody().page(form).status_code == 409
    assert people(house) == []


def test_a_programme_that_is_over_takes_nobody_in(house, autumn, form):
    long_ago = {"starts_on": datetime(2020, 1, 1).date(), "ends_on": datetime(2020, 6, 1).date()}
    house.do(change_programme, autumn[0], **long_ago)
    assert house.nobody().page(form).status_code == 409


def test_a_renewed_address_replaces_the_one_before_and_drafts_go_on(house, autumn, form):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE, until="place")
    where = f"/pairing/programmes/{autumn[0]}/form"
    assert autumn[1].submit(f"{where}/renew", {}, on=where).status_code == 303
    assert house.nobody().page(form).status_code == 409
    fresh = re.search(r'value="http://127.0.0.1:8080(/pairing/join/[\w-]+)"', autumn[1].page(where).text)[1]
    assert fresh != form
    assert 'value="Inês"' in browser.page(f"{fresh}/about").text


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(house, form, posted):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE, until="agree")
    answer = browser.submit(f"{form}/agree", {**MENTEE["agree"], "website": "http://spam.example", "go": "next"}, on=f"{form}/agree")
    assert answer.location == f"{form}/sent?next=guardian", "as for anybody"
    assert (people(house), house.database["applications"].count_documents({}), mails_planned(house)) == ([], 0, 0)


def test_an_oversized_answer_is_cut_where_it_is_kept_and_refused_where_it_counts(house, form):
    browser = begin(house, form)
    huge = {"motivation": "x" * 100_000, "needs": ["hands_on"] * 500, "go": "back"}
    browser.submit(f"{form}/ways", huge, on=f"{form}/ways")
    kept = house.database["applications"].find_one()["answers"]
    assert (len(kept["motivation"][0]), len(kept["needs"])) == (2_000, 60)
    browser.submit(f"{form}/ways", {"needs": ["x" * 1_999] * 500, "go": "back"}, on=f"{form}/ways")
    kept = house.database["applications"].find_one()["answers"]
    assert [len(text) for text in kept["needs"]] == [1_999, 1], "many answers have no more room together than one"


def test_a_role_that_is_none_begins_nothing(house, form):
    for role in ("", "coordinator", "administrator", "$ne"):
        assert house.nobody().submit(form, {"role": role}, on=form).status_code == 422
    assert house.database["applications"].count_documents({}) == 0


def test_steps_and_addresses_that_there_are_not_are_told(house, form):
    browser = begin(house, form)
    assert browser.page(f"{form}/nothing").status_code == 404
    assert browser.page("/pairing/join/nothing").status_code == 409
    assert browser.page("/pairing/join/" + "x" * 5_000).status_code == 409


def test_the_form_speaks_five_languages_and_the_person_keeps_the_one_it_was_sent_in(house, form):
    browser = begin(house, form)
    fill_in(browser, form, MENTEE, until="agree")
    browser.page(f"{form}/agree?lang=pt")
    browser.submit(f"{form}/agree", {**MENTEE["agree"], "go": "next"}, on=f"{form}/agree")
    assert people(house)[0]["language"] == "pt"


def test_cookies_of_the_form_are_kept_from_scripts(house, form):
    answer = house.nobody().submit(form, {"role": "mentor"}, on=form)
    [line] = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("fabconnect_application")]
    assert "HttpOnly" in line and "SameSite=Lax" in line and "Path=/pairing/join" in line


def test_what_was_typed_is_in_no_address_and_no_job(house, form):
    browser = begin(house, form)
    answers = [browser.submit(f"{form}/{step}", {**MENTEE[step], "go": "next"}, on=f"{form}/{step}") for step in MENTEE]
    assert not [answer.location for answer in answers if "ines" in answer.location.casefold()]
    assert "ines" not in str(list(house.database["jobs"].find())).casefold()


def test_the_collection_of_drafts_is_declared_with_its_time_to_live():
    assert any("expireAfterSeconds" in index.model.document for index in APPLICATIONS.indexes)
