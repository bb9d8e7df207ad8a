"""A mentee has a copy of her data made and has herself erased, in Chromium, with four services, a broker and their workers between."""

import io
import zipfile

import pytest
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from playwright.sync_api import expect

from embedded import mailbox
from support.chromium import PHONE
from support.page_checks import too_wide
from support.running import eventually
from support.searched import found_in

RAW = CodecOptions(document_class=RawBSONDocument)


@pytest.fixture
def yara(autumn):
    return autumn.people[autumn.take_minor()["mentee_id"]]


@pytest.fixture
def window(autumn, open_window, token, yara):
    signed_in = token(yara["_id"], "mentee", programmes=(autumn.programme_id,))
    return open_window(viewport=PHONE, javascript=False).sign_in(signed_in)


def mails_to(running, email, part):
    return [mail for mail in mailbox.newest(running.instance.home.mail, to=email) if any(part in link for link in mail.links)]


def lying_in(running, text):
    """The collections of the instance in which a text lies."""
    names = (name for name in running.mongo.list_database_names() if name.startswith(f"{running.settings.instance}_"))
    places = ((name, each) for name in names for each in running.mongo[name].list_collection_names())
    return [
        f"{name}.{each}"
        for name, each in places
        if any(found_in(document.raw, (text,)) for document in running.mongo[name].get_collection(each, codec_options=RAW).find())
    ]


def test_a_copy_then_an_erasure_on_a_phone(running, window, yara):
    page = window.go("/pairing/")
    page.get_by_role("link", name="Your data").click()
    window.press("form[action$='/data/copy'] .button")
    eventually(lambda: mails_to(running, yara["email"], "/pairing/my-data"))
    page.reload()
    expect(page.get_by_text("answered")).to_have_count(4)
    assert not too_wide(page)
    fetched = window.context.request.get(page.get_by_role("link", name="Fetch the copy").get_attribute("href"))
    names = zipfile.ZipFile(io.BytesIO(fetched.body())).namelist()
    assert {name.partition("/")[0] for name in names} == {"README.txt", "pairing", "sessions", "feedback", "notifications"}

    page.get_by_role("link", name="Have it erased").click()
    page.get_by_label("At once").check()
    page.get_by_label("Yes, I am sure.").check()
    assert not too_wide(page)
    window.press("main form .button.danger")
    page.wait_for_url("**/pairing/certificates/*")
    address = page.url
    window.leave()
    eventually(lambda: running.database("pairing")["erasures"].find_one({"person_id": yara["_id"], "state": "done"}))
    assert "Nothing was erased" not in window.go(address).content()
    expect(page.get_by_text("answered")).to_have_count(4)
    assert not too_wide(page) and not found_in(page.content().encode(), (yara["email"], yara["family_name"]))
    assert [mail for mail in mails_to(running, yara["email"], "/pairing/certificates/") if address in mail.links]
    assert lying_in(running, yara["email"]) == []
    logs = [path.read_bytes() for path in running.instance.home.logs.rglob("*") if path.is_file()]
    assert logs and not any(found_in(text, (yara["email"],)) for text in logs)
