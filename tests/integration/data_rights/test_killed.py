"""Workers that are killed with SIGKILL in the middle of a request about somebody's data: it is answered once, and whole, after all."""

import io
import json
import zipfile
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from backends.process import free_port
from chassis.dead_letters import read_whole
from contracts.envelope import decode
from contracts.topics import events_topic
from embedded.mail_sink import Keeper
from pairing.data_rights.erasure import certificate_name
from support.dying_worker import COMMITTED, PUBLISHED, WRITING
from support.farewell import EMAIL, NEEDLES, WORDS, ok
from support.running import eventually
from support.searched import in_databases
from support.workers import Workers

SERVICES = {"pairing", "sessions", "feedback", "notifications"}

pytestmark = pytest.mark.chaos


@pytest.fixture
def mails(tmp_path):
    """A mail server that keeps what it gets as files."""
    (tmp_path / "mails").mkdir()
    server = Controller(Keeper(tmp_path / "mails"), hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def workers(world, tmp_path, mails):
    made = Workers(world, tmp_path, f"smtp://127.0.0.1:{mails.port}")
    yield made
    made.close()


def letters(tmp_path):
    """The subjects of the mails to her."""
    found = [message_from_bytes(path.read_bytes()) for path in (tmp_path / "mails").iterdir()]
    return [letter["Subject"] for letter in found if letter["To"] == EMAIL]


def published(world, service, kind):
    """How often each event of this kind stands on the service's topic, by event id."""
    records = read_whole(world.settings, events_topic(world.settings.instance, service))
    told = [decode(record.value) for record in records if record.value]
    return Counter(each.id for each in told if kind == each.event.EVENT_TYPE)


def ask_for_copy(told):
    """A request of hers; one that is being gathered is given again."""
    return ok(told.mentee.api("POST", f"/pairing/api/people/{told.mentee.id}/exports"), 202)


def gathered(told, export):
    """Returns when a copy is ready."""
    eventually(lambda: ok(told.mentee.api("GET", f"/pairing/api/exports/{export['id']}"))["state"] == "ready", 60)


def test_a_service_that_is_killed_wherever_it_contributes_to_a_copy_is_in_it_once_and_whole(world, farewell, pairing, workers):
    export = ask_for_copy(farewell)
    workers.start("feedback", "notifications")
    workers.die("pairing", PUBLISHED, "data.export_requested")
    for point, part in ((WRITING, "consumer"), (COMMITTED, "consumer"), (PUBLISHED, "relay")):
        workers.die("sessions", point, "sessions.data_contributed", part)
    workers.die("pairing", COMMITTED, "sessions.data_contributed")
    workers.start("pairing", "sessions")
    eventually(lambda: set(published(world, "sessions", "sessions.data_contributed").values()) == {2}, 60)
    gathered(farewell, export)
    gathered(farewell, ask_for_copy(farewell))

    said = {"type": "sessions.data_contributed", "key": export["id"]}
    assert world.houses["sessions"].database["outbox"].count_documents(said) == 1
    kept = Counter(part["service"] for part in pairing.database["data_export_parts"].find({"export_id": export["id"]}))
    assert kept == dict.fromkeys(SERVICES, 1)
    answer = farewell.mentee.api("GET", f"/pairing/api/exports/{export['id']}/archive")
    file = zipfile.ZipFile(io.BytesIO(answer.data))
    names = file.namelist()
    assert len(names) == len(set(names)) and {name.partition("/")[0] for name in names} == SERVICES | {"README.txt"}
    assert [each["important"] for each in json.loads(file.read("sessions/what_you_wrote.json"))] == [WORDS]


def test_an_erasure_in_which_the_worker_of_pairing_is_killed_ends_with_one_answer_of_every_service(world, farewell, workers, tmp_path):
    asked = ok(farewell.mentee.api("POST", f"/pairing/api/people/{farewell.mentee.id}/erasures", json={"at_once": True}), 202)
    before = in_databases(world, NEEDLES)
    workers.start("sessions", "feedback", "notifications")
    workers.die("pairing", WRITING, "data.erasure_requested")
    assert in_databases(world, NEEDLES) == before, "what was not committed erased nothing"
    workers.die("pairing", PUBLISHED, "data.erasure_requested")
    workers.die("pairing", COMMITTED, "sessions.data_erased")
    workers.start("pairing")
    path = f"/pairing/certificates/{certificate_name(world.settings.secret, asked['id'])}/certificate.json"
    certificate = eventually(lambda: done(world.nobody().page(path)), 60)

    assert set(certificate["answers"]) == SERVICES
    erased = {service: {each["kind"]: each["number"] for each in answer["erased"]} for service, answer in certificate["answers"].items()}
    assert [erased[service][kind] for service, kind in COUNTED] == [1] * len(COUNTED)
    assert in_databases(world, NEEDLES) == {}
    eventually(lambda: set(published(world, "pairing", "data.erasure_requested").values()) == {2}, 60)
    assert letters(tmp_path).count("Your data is being erased") == 1


COUNTED = (("pairing", "people"), ("pairing", "accounts"), ("sessions", "debriefs"), ("feedback", "copies"), ("notifications", "copies"))


def done(answer):
    """The certificate, once every service has answered."""
    return answer.json if ok(answer)["state"] == "done" else None
