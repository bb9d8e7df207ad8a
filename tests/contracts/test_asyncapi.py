"""The AsyncAPI document in the tree is what the contracts and the services' HANDLERS say, and it is valid."""

import importlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from contracts.__main__ import DOCUMENT, receivers_in, rendered
from contracts.catalogue import declared, title
from contracts.declare import to_payload
from contracts.envelope import decode
from contracts.people import PersonErased
from contracts.topics import SERVICES

HERE = Path(__file__).parent
MODULES = [f"{service}.handlers" for service in SERVICES]
WRITE = f"python -m contracts asyncapi {' '.join(MODULES)}"


@pytest.fixture(scope="module")
def document() -> dict:
    return json.loads(DOCUMENT.read_text())


def resolve(document: dict, reference: str):
    found = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def references(node) -> list[str]:
    if isinstance(node, dict):
        return [v for k, v in node.items() if k == "$ref"] + [r for v in node.values() for r in references(v)]
    return [r for v in node for r in references(v)] if isinstance(node, list) else []


def test_the_document_is_current():
    assert DOCUMENT.read_text() == rendered(receivers_in(MODULES)), f"run: {WRITE}"


def test_every_reference_leads_somewhere(document):
    assert references(document)
    for reference in references(document):
        assert resolve(document, reference)


def test_each_event_is_a_message_of_exactly_one_channel(document):
    placed = [name for channel in document["channels"].values() for name in channel["messages"]]
    assert sorted(placed) == sorted(title(kind) for kind in declared())


def test_each_event_is_sent_by_exactly_one_service(document):
    sent = [m["$ref"].rpartition("/")[2] for o in document["operations"].values() if o["action"] == "send" for m in o["messages"]]
    assert sorted(sent) == sorted(title(kind) for kind in declared())


def test_receivers_are_the_handlers_tables(document):
    for service, module in zip(SERVICES, MODULES, strict=True):
        received = {
            m["$ref"].rpartition("/")[2]
            for o in document["operations"].values()
            if o["action"] == "receive" and o["tags"] == [{"name": service}]
            for m in o["messages"]
        }
        assert received == {title(kind) for kind in importlib.import_module(module).HANDLERS}


def test_every_parameter_of_an_address_is_described(document):
    for channel in document["channels"].values():
        assert set(re.findall(r"\{(\w+)\}", channel["address"])) == set(channel["parameters"]) == {"instance"}


def test_the_schemas_name_the_fields_of_the_golden_examples(document):
    schemas = document["components"]["schemas"]
    for kind in declared():
        if kind is PersonErased:
            continue
        golden = json.loads((HERE / "examples" / f"{title(kind)}.json").read_text())
        assert set(schemas[title(kind)]["properties"]) == set(to_payload(decode(json.dumps(golden).encode()).event))
        assert set(golden) <= set(schemas["CloudEvent"]["properties"])
        assert set(schemas["CloudEvent"]["required"]) <= set(golden)


@pytest.fixture(scope="session")
def parser(pytestconfig) -> Path:
    """A folder with @asyncapi/parser, kept in pytest's cache; skips with the reason where it cannot be had."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not there: the AsyncAPI parser did not run")
    wanted = (HERE / "package.json").read_text()
    folder = pytestconfig.cache.mkdir("asyncapi-parser")
    done = folder / "installed.json"
    if not done.exists() or done.read_text() != wanted:
        (folder / "package.json").write_text(wanted)
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
        made = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False)
        if made.returncode:
            pytest.skip(f"npm could not install the AsyncAPI parser: {made.stderr.strip().splitlines()[-1:]}")
        done.write_text(wanted)
    return folder


def judged(parser: Path, path: Path) -> dict:
    command = ["node", str(HERE / "validate_asyncapi.mjs"), str(parser), str(path)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout)


def test_the_parser_of_the_standard_accepts_it(parser):
    assert judged(parser, DOCUMENT) == {"parsed": True, "errors": []}


def test_the_parser_of_the_standard_would_notice_a_fault(parser, document, tmp_path):
    del document["channels"]["people"]["messages"]["person.changed.v1"]
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document))
    assert judged(parser, broken)["errors"]
