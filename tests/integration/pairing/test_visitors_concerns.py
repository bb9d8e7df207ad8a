"""Raising a concern without signing in: sealed as any other, told to leads alone, found again by its number, and proof against mischief."""

import json
import re
import uuid
from datetime import UTC, date, datetime

import pytest
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument

from chassis.auth import token_for
from contracts.pairing import ConcernRaised
from pairing.app import SERVICE, create_app
from pairing.concerns import commands, repository
from pairing.concerns.model import Content
from pairing.concerns.numbers import id_of
from pairing.intake.commands import open_entrance
from pairing.people.commands import add_staff
from pairing.programmes import commands as programmes
from pairing.programmes.repository import PROGRAMMES
from support.house import House
from support.recorded import recorded
from support.searched import forms

RAW = CodecOptions(document_class=RawBSONDocument)
TELL, NUMBER, CASES = "/pairing/concerns/new", "/pairing/concerns/number", "/pairing/cases"
WORDS, REACH = "My neighbour’s daughter is afraid of her mentor.\nŽofie told me.", "0471 445566, never before noon"
SECRETS = ("neighbour", "Žofie", "afraid of her", "445566", "noon")
STAFF = {"family_name": "Smit", "language": "en", "time_zone": "Europe/Amsterdam"}
PLAN = {"starts_on": date(2026, 12, 7), "ends_on": date(2029, 6, 30), "languages": ("en",), "time_zone": "Europe/Amsterdam"}


class Visitor:
    """A browser at which nobody is signed in."""

    def __init__(self, house):
        self.client = house.app.test_client()

    def submit(self, path, form, **more):
        """Fills in the form of this page and sends it."""
        token = re.search('name="csrf_token" value="([0-9a-f]+)"', self.client.get(path).text)[1]
        return self.client.post(path, data={"csrf_token": token, **form}, **more)

    def tell(self, **form):
        """Raises a concern."""
        return self.submit(TELL, {"id": str(uuid.uuid4()), "words": WORDS, "reach": REACH, **form})


@pytest.fixture
def house(settings):
    made = House(SERVICE, create_app, settings)
    yield made
    made.close()


@pytest.fixture
def visitor(house):
    return Visitor(house)


def staff(house, name, *roles):
    made = house.do(lambda uow: add_staff(uow, email=f"{name}@example.org", given_name=name.title(), roles=roles, **STAFF))
    return house.caller(made.id, *roles), made.id


@pytest.fixture
def lead(house):
    return staff(house, "saskia", "safeguarding_lead")


def stored(house):
    return list(house.database["concerns"].find(sort=[("raised_at", 1)]))


def told(house):
    return [event for event in house.said() if isinstance(event, ConcernRaised)]


def number_in(answer):
    return re.search("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.text.split("<h1>")[1])[0]


def raw(house):
    """Every byte of the service's database."""
    for name in house.database.list_collection_names():
        for document in house.database.get_collection(name, codec_options=RAW).find():
            yield name, bytes(document.raw)


def programme(house, name, *, form=False):
    made = house.do(programmes.create, name=name, **PLAN)
    if form:
        house.do(open_entrance, made.id, open=True)
    return made


def test_the_leads_are_told_and_no_word_of_it_and_no_number_can_be_read_in_database_events_or_log(house, visitor, lead):
    place = programme(house, "North", form=True)
    programme(house, "South", form=True)
    with recorded() as lines:
        answer = visitor.tell(urgent="yes", programme_id=place.id)
        visitor.tell(words="neighbour" * 1_000)
        visitor.submit(NUMBER, {"number": number_in(answer)})
    assert answer.status_code == 200
    [concern], number = stored(house), number_in(answer)
    assert told(house) == [ConcernRaised(concern_id=concern["_id"], urgent=True, told=(lead[1],), unread=False)]
    hidden = [form for text in (*SECRETS, number, number.replace("-", "")) for form in forms(text)]
    for name, content in raw(house):
        assert not [form for form in hidden if form in content or form in content.lower()], name
    assert "request" in lines.getvalue() and not [form for form in hidden if form.decode() in lines.getvalue()]
    assert place.id not in json.dumps(concern, default=str) and concern["raised_by"] == ""


def test_the_number_is_shown_once_in_no_address_and_a_lead_reads_it_beside_the_words(house, visitor, lead):
    place = programme(house, "North", form=True)
    programme(house, "South", form=True)
    answer = visitor.tell(programme_id=place.id)
    number = number_in(answer)
    assert answer.headers["Cache-Control"] == "no-store" and number not in str(answer.headers)
    for path in (TELL, NUMBER, "/pairing/sign-in"):
        assert number not in visitor.client.get(path).text
    assert number in lead[0].page(CASES).text
    shown = lead[0].page(f"{CASES}/{stored(house)[0]['_id']}").text
    for text in ("somebody who was not signed in", number, REACH, "Žofie told me.", "North"):
        assert text in shown
    assert "E-mail address" not in shown
    assert [entry["who"] for entry in house.database["audit"].find({"endpoint": "cases_pages.show"})] == [lead[1]]


def test_no_link_to_another_language_leads_away_from_the_number(house, visitor, lead):
    assert "hreflang=" in visitor.client.get(TELL).text
    shown = visitor.tell().text
    assert "Write this number down now: it is shown only once." in shown and number_in(visitor.tell())
    assert "hreflang=" not in shown and "lang=nl" not in shown


def test_by_its_number_she_sees_what_becomes_of_it_and_what_the_lead_lets_her_know_and_nothing_else(house, visitor, lead):
    number = number_in(visitor.tell())
    other = Visitor(house)
    assert "received" in other.submit(NUMBER, {"number": number.lower().replace("-", " ")}).text
    path = f"{CASES}/{stored(house)[0]['_id']}"
    for act, form in (
        ("take", {}),
        ("notes", {"note": "Called."}),
        ("messages", {"message": "Call me: 0800."}),
        ("close", {"outcome": "End."}),
    ):
        assert lead[0].submit(f"{path}/{act}", form, on=path).status_code == 303
    followed = other.submit(NUMBER, {"number": number})
    assert followed.status_code == 200
    assert "closed" in followed.text and "Call me: 0800." in followed.text
    for text in (number, "Žofie", "445566", "Called.", "End.", "Saskia"):
        assert text not in followed.text


def test_a_number_that_there_is_not_is_told_so_whatever_it_is(house, visitor, lead):
    number_in(visitor.tell())
    signed_in = house.caller(str(uuid.uuid4()), "mentee")
    signed_in.submit("/pairing/concerns", {"id": str(uuid.uuid4()), "words": "Mine."}, on=TELL)
    ids = [concern["_id"] for concern in stored(house)]
    for typed in ("", "0000-0000-0000", "x" * 100_000, "\0", "‮7KQ4", "'\"><script>", '{"$gt": ""}', *ids):
        answer = visitor.submit(NUMBER, {"number": typed})
        assert (answer.status_code, "no concern with this number" in answer.text, "<script>" in answer.text) == (422, True, False), typed


def test_the_form_names_nobody_and_says_the_same_whoever_takes_part(house, visitor, lead):
    shown = visitor.client.get(TELL).text
    for text in ("Saskia", "Smit", "about_id", "saskia@example.org"):
        assert text not in shown
    ids = re.compile('value="[0-9a-f-]{36,64}"')
    house.do(lambda uow: add_staff(uow, email="second@example.org", given_name="Orla", roles=("safeguarding_lead",), **STAFF))
    assert ids.sub("", visitor.client.get(TELL).text) == ids.sub("", shown)


def test_whom_she_says_it_is_about_is_nothing_the_form_takes(house, visitor, lead):
    assert visitor.tell(about_id=lead[1], pairing_id=lead[1], raised_by=lead[1]).status_code == 200
    assert told(house)[0].told == (lead[1],)
    assert "Nobody was chosen from the list" in lead[0].page(f"{CASES}/{stored(house)[0]['_id']}").text


def test_only_programmes_that_let_everybody_in_can_be_chosen_and_only_where_there_are_several(house, visitor, lead):
    hidden, north = programme(house, "Hidden"), programme(house, "North", form=True)
    assert "programme_id" not in visitor.client.get(TELL).text
    south = programme(house, "South", form=True)
    shown = visitor.client.get(TELL).text
    assert north.id in shown and south.id in shown and hidden.id not in shown and "Hidden" not in shown
    absent = visitor.tell(programme_id=str(uuid.uuid4()))
    refused = visitor.tell(programme_id=hidden.id)
    assert (absent.status_code, refused.status_code, stored(house)) == (422, 422, [])
    assert "Choose from the list" in refused.text and "Žofie told me." in refused.text and "Hidden" not in refused.text
    house.do(open_entrance, south.id, open=False)
    assert visitor.tell(programme_id=south.id).status_code == 422, "what closed is public no more"


def test_a_programme_that_takes_nobody_in_any_more_is_not_offered_though_its_form_was_never_closed(house, visitor, lead):
    running, *_ = (programme(house, name, form=True) for name in ("North", "South", "East"))
    assert "North" in visitor.client.get(TELL).text
    house.do(lambda uow: uow.get(PROGRAMMES, running.id).begin_running())
    shown = visitor.client.get(TELL).text
    assert "North" not in shown and "South" in shown
    assert visitor.tell(programme_id=running.id).status_code == 422


def test_a_number_opens_nothing_that_somebody_raised_who_was_signed_in(house, visitor, lead):
    id = id_of(house.settings.secret, "7KQ4-MT2X-9R0D")
    house.do(commands.raise_concern, id, lead[1], Content("Mine."), urgent=False)
    assert visitor.submit(NUMBER, {"number": "7KQ4-MT2X-9R0D"}).status_code == 422


def test_without_a_lead_the_administrators_are_told_and_nothing_is_lost(house, visitor):
    admin = staff(house, "admin", "administrator")
    assert "There is none here yet" in visitor.client.get(TELL).text
    number = number_in(visitor.tell())
    assert (told(house)[0].told, told(house)[0].unread) == ((admin[1],), True)
    assert "no safeguarding lead who may read it" in visitor.submit(NUMBER, {"number": number}).text
    late, _ = staff(house, "late", "safeguarding_lead")
    assert "Žofie told me." in late.page(f"{CASES}/{stored(house)[0]['_id']}").text


def test_a_form_sent_again_is_one_concern_with_one_number_and_with_other_words_it_is_another(house, visitor, lead):
    same = str(uuid.uuid4())
    first, again = number_in(visitor.tell(id=same)), number_in(Visitor(house).tell(id=same))
    assert first == again and len(stored(house)) == len(told(house)) == 1
    other = number_in(visitor.tell(id=same, words="There is more."))
    assert other != first and len(stored(house)) == len(told(house)) == 2


@pytest.mark.parametrize("id", ["", "x", "../x", "00000000-0000-4000-8000-00000000000G"])
def test_a_strange_id_in_the_form_does_no_harm_and_nobody_chooses_the_id_of_a_concern(house, visitor, lead, id):
    assert visitor.tell(id=id).status_code == 200
    mine = str(uuid.uuid4())
    assert visitor.tell(id=mine).status_code == 200
    assert all(re.fullmatch("[0-9a-f-]{36}", concern["_id"]) for concern in stored(house)) and stored(house)[1]["_id"] != mine


def test_the_id_of_another_ones_concern_touches_nothing_of_hers(house, visitor, lead):
    house.caller(str(uuid.uuid4()), "mentee").submit("/pairing/concerns", {"id": (hers := str(uuid.uuid4())), "words": "Mine."}, on=TELL)
    before = stored(house)
    visitor.tell(id=hers)
    assert stored(house)[0] == before[0] and len(stored(house)) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "Say in a few words"),
        ({"words": " \n\t "}, "Say in a few words"),
        ({"words": "x" * 5_001}, "Say in a few words"),
        ({"words": "a\0b"}, "Say in a few words"),
        ({"words": "a‮b"}, "Say in a few words"),
        ({"words": "a⁦b"}, "Say in a few words"),
        ({"reach": "x" * 301}, "in one line"),
        ({"reach": "a@example.org\r\nBcc: b@example.org"}, "in one line"),
        ({"reach": "‮06"}, "in one line"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_what_was_typed(house, visitor, lead, wrong, said):
    answer = visitor.tell(**wrong)
    assert answer.status_code == 422 and said in answer.text
    assert "words" in wrong or "Žofie told me." in answer.text
    assert stored(house) == [] and told(house) == []


def test_letters_of_all_the_world_come_through_as_text(house, visitor, lead):
    words = "<script>alert(1)</script> {{7*7}} %(x)s 😀 Ég er hrædd. אני מפחדת 我害怕"
    visitor.tell(words=words, reach="ü" * 300)
    shown = lead[0].page(f"{CASES}/{stored(house)[0]['_id']}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} %(x)s 😀 Ég er hrædd. אני מפחדת 我害怕" in shown


def test_too_much_at_once_is_refused_before_it_is_read(house, visitor, lead):
    answer = visitor.tell(words="x" * 9_000_000)
    assert (answer.status_code, stored(house)) == (413, [])
    many = "&".join(f"a{number}=1" for number in range(5_000))
    sent = visitor.client.post(TELL, data=many, content_type="application/x-www-form-urlencoded")
    assert (sent.status_code, stored(house)) == (403, [])


@pytest.mark.parametrize("path", [TELL, NUMBER])
def test_there_is_no_other_way_in_than_the_form_of_this_site(house, visitor, lead, path):
    form = {"words": WORDS, "number": "0"}
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        assert visitor.client.open(path, method=method, data=form).status_code == 405
    assert visitor.client.post(path, data=form).status_code == 403
    assert visitor.client.post(path, json=form).status_code == 403
    assert visitor.submit(path, {**form, "csrf_token": "0" * 64}).status_code == 403
    assert visitor.submit(path, form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert visitor.client.get(path, query_string=form).status_code == 200
    assert visitor.client.get("/pairing/api/concerns").status_code == 401
    assert visitor.client.post("/pairing/api/concerns", json={"words": WORDS}).status_code == 401
    assert stored(house) == []


def test_the_words_are_not_taken_from_the_address(house, visitor, lead):
    shown = visitor.client.get(TELL, query_string={"words": "typed for you", "reach": "here", "id": "x"}).text
    assert "typed for you" not in shown
    assert visitor.submit(f"{TELL}?words=typed", {"words": ""}).status_code in (403, 422) and stored(house) == []


@pytest.mark.parametrize(
    "path",
    [
        "/pairing/sign-in",
        "/pairing/join/unknown",
        "/pairing/guardian/x.y",
        "/pairing/guardian/thanks",
        "/pairing/nothing-here",
        "/pairing/privacy",
    ],
)
def test_every_page_leads_to_it_in_one_step(house, visitor, lead, path):
    assert f'href="{TELL}"' in visitor.client.get(path).text


def test_who_is_signed_in_keeps_her_own_form_also_when_her_token_has_just_expired(house, lead):
    yara = house.caller(str(uuid.uuid4()), "mentee")
    assert "Saskia Smit" in yara.page(TELL).text
    yara.client.set_cookie("fabconnect", token_for(house.settings, str(uuid.uuid4()), roles=["mentee"], sid="one", minutes=-5))
    sent_on = yara.page(TELL)
    assert (sent_on.status_code, sent_on.location) == (303, f"/pairing/renew?next={TELL}")
    over = yara.page(sent_on.location)
    assert (over.status_code, over.location) == (303, TELL)
    assert "You need not sign in" in yara.page(TELL).text


class Flood:
    """Requests from one network address after another."""

    def __init__(self, house):
        self.house = house

    def send(self, path, form, where):
        """One form from this address, from a browser of its own."""
        client = self.house.app.test_client()
        token = client.get(path, environ_base={"REMOTE_ADDR": where}).text.split('name="csrf_token" value="')[1][:64]
        return client.post(path, data={"csrf_token": token, **form}, environ_base={"REMOTE_ADDR": where})


@pytest.fixture
def flood(make_settings):
    made = House(SERVICE, create_app, make_settings(rate_limits=True))
    yield Flood(made)
    made.close()


@pytest.mark.parametrize(("path", "form", "well"), [(TELL, {"words": "x"}, 200), (NUMBER, {"number": "0000-0000-0000"}, 422)])
def test_a_flood_from_one_address_is_stopped_and_stops_nobody_elsewhere(flood, path, form, well):
    said = [flood.send(path, form, "192.0.2.1") for _ in range(61)]
    assert [answer.status_code for answer in said] == [well] * 60 + [429]
    assert 1 <= int(said[-1].headers["Retry-After"]) <= 3_601
    assert flood.send(path, form, "198.51.100.7").status_code == well
    assert "192.0.2.1" not in str(list(flood.house.database["limits"].find()))


def test_a_flood_from_ever_new_addresses_of_one_network_is_stopped_too(flood):
    said = [flood.send(TELL, {"words": "x"}, f"2001:db8:0:1::{number:x}").status_code for number in range(1, 62)]
    assert said == [200] * 60 + [429]
    assert flood.send(TELL, {"words": "x"}, "2001:db8:0:2::1").status_code == 200, "the neighbours"


def test_however_many_visitors_send_what_a_mentee_raises_stands_in_the_list(house, lead, monkeypatch):
    monkeypatch.setattr(repository, "MOST", 3)
    for _ in range(4):
        house.do(lambda uow: commands.raise_as_visitor(uow, uow.new_id(), Content("x"), urgent=True))
    hers = house.do(commands.raise_concern, str(uuid.uuid4()), str(uuid.uuid4()), Content("Help."), urgent=False)
    assert f"{CASES}/{hers.id}" in lead[0].page(CASES).text
    assert "4 concerns are new" in lead[0].page("/pairing/").text


def test_it_is_raised_when_it_was_told(house, visitor, lead):
    before = datetime.now(UTC)
    visitor.tell()
    assert before.timestamp() - 1 <= stored(house)[0]["raised_at"].replace(tzinfo=UTC).timestamp() <= datetime.now(UTC).timestamp() + 1
