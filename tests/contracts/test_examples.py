"""One golden example per event type and version: what was once published can be read for ever."""

import copy
import json
from pathlib import Path

import pytest
from marshmallow import ValidationError

from contracts.catalogue import declared, title
from contracts.declare import from_payload, schema_of
from contracts.envelope import Undecodable, decode
from contracts.people import PersonErased
from contracts.topics import publisher_of

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"
PUBLISHED = json.loads((HERE / "published.json").read_text())
ENVELOPED = [kind for kind in declared() if kind is not PersonErased]

named = pytest.mark.parametrize("kind", ENVELOPED, ids=title)


def example(kind) -> dict:
    return json.loads((EXAMPLES / f"{title(kind)}.json").read_text())


def shape(kind) -> dict:
    """Per field the type, whether it may be none, whether it must be there."""
    return {name: [type(f).__name__, f.allow_none, f.required] for name, f in schema_of(kind).fields.items()}


def test_every_declared_event_has_an_example_and_no_example_is_left_over():
    assert {path.stem for path in EXAMPLES.iterdir()} == {title(kind) for kind in declared()}


@named
def test_an_example_decodes_to_its_event_and_encodes_to_the_same(kind):
    envelope = decode(json.dumps(example(kind)).encode())
    assert type(envelope.event) is kind
    assert json.loads(envelope.encode()) == example(kind)
    assert envelope.event == from_payload(kind, example(kind)["data"])


@named
def test_the_kafka_key_is_the_id_that_the_event_names(kind):
    golden = example(kind)
    assert golden["partitionkey"] == golden["subject"] == golden["data"][kind.KEY_FIELD]
    assert golden["source"].rpartition("/")[2] == publisher_of(kind)


@named
def test_an_example_shows_every_field(kind):
    assert set(example(kind)["data"]) == set(schema_of(kind).fields)


@named
def test_an_example_without_a_field_or_with_a_wrong_one_is_noticed(kind):
    golden = example(kind)
    for field, declared_field in schema_of(kind).fields.items():
        wrong = {**golden["data"], field: {"not": "this"}}
        with pytest.raises(ValidationError):
            from_payload(kind, wrong)
        lacking = copy.deepcopy(golden)
        del lacking["data"][field]
        if declared_field.required:
            with pytest.raises(Undecodable):
                decode(json.dumps(lacking).encode())
        else:
            assert json.loads(decode(json.dumps(lacking).encode()).encode()) != lacking


@named
def test_an_example_with_an_unknown_field_is_refused(kind):
    with pytest.raises(Undecodable):
        decode(json.dumps({**example(kind), "data": {**example(kind)["data"], "surprise": 1}}).encode())


@named
def test_what_was_published_stays_and_what_is_new_is_optional(kind):
    """A published field keeps its name and kind. To add one: give it a default and a line in published.json."""
    before, now = PUBLISHED[title(kind)], shape(kind)
    assert {name: now.get(name) for name in before} == before, "a published field was changed or removed: declare a new version instead"
    assert set(now) == set(before), "a new field: add it to tests/contracts/published.json"


def test_the_tombstone_has_a_key_and_no_value():
    golden = json.loads((EXAMPLES / f"{title(PersonErased)}.json").read_text())
    assert golden["value"] is None
    assert from_payload(PersonErased, {"person_id": golden["key"]}) == PersonErased(person_id=golden["key"])


def test_personal_data_is_in_the_people_event_only():
    personal = {"given_name", "family_name", "email", "birth_date", "name_of_guardian", "phone"}
    carrying = {title(kind) for kind in declared() if personal & set(schema_of(kind).fields)}
    assert carrying == {"person.changed.v1"}
