"""Keys, tokens, and what a verifier remembers."""

import json
import stat

import pytest
import time_machine

from chassis import auth, keys
from chassis.auth import BadToken, ExpiredToken, Verifier, token_for
from chassis.config import Settings


@pytest.fixture
def settings(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("s")
    keys.make(tmp_path / "keys")
    return Settings(instance="delft", mongo_url="", kafka_bootstrap="", keys_dir=tmp_path / "keys", secret_file=secret)


@pytest.fixture
def verifier(settings):
    return Verifier(settings.keys_dir, "delft")


def test_a_token_tells_who_it_is(settings, verifier):
    token = token_for(settings, "mona", roles=("mentor",), programmes=("p",), language="nl", time_zone="Europe/Amsterdam", sid="s")
    who = verifier.verify(token)
    assert (who.id, who.roles, who.programmes, who.language, who.time_zone, who.sid) == (
        "mona",
        {"mentor"},
        {"p"},
        "nl",
        "Europe/Amsterdam",
        "s",
    )
    assert who.has("coordinator", "mentor") and not who.has("coordinator")


def test_private_keys_are_for_the_owner_and_not_in_the_public_set(settings):
    signing = settings.keys_dir / "signing.json"
    assert stat.S_IMODE(signing.stat().st_mode) == 0o600
    assert all("d" in key for key in json.loads(signing.read_text())["keys"])
    assert all("d" not in key for key in keys.public(settings.keys_dir)["keys"])


def test_making_keys_twice_keeps_them(settings):
    before = keys.public(settings.keys_dir)
    keys.make(settings.keys_dir)
    assert keys.public(settings.keys_dir) == before


def test_after_a_rotation_new_tokens_have_the_new_key_and_old_ones_stay_valid(settings, verifier):
    old = token_for(settings, "mona")
    verifier.verify(old)
    newest = keys.rotate(settings.keys_dir)
    new = token_for(settings, "mona")
    assert keys.public(settings.keys_dir)["keys"][0]["kid"] == newest
    assert verifier.verify(new).id == verifier.verify(old).id == "mona"


def test_a_key_that_was_rotated_away_signs_nobody_in(settings, verifier):
    old = token_for(settings, "mona")
    verifier.verify(old)
    for _ in range(keys.KEPT):
        keys.rotate(settings.keys_dir)
    with pytest.raises(BadToken):
        verifier.verify(old)


def test_a_remembered_token_expires_all_the_same(settings, verifier):
    with time_machine.travel("2026-11-21T12:00:00Z", tick=False) as clock:
        token = token_for(settings, "mona", minutes=30)
        verifier.verify(token)
        clock.move_to("2026-11-21T12:30:29Z")
        verifier.verify(token)
        clock.move_to("2026-11-21T12:30:31Z")
        with pytest.raises(ExpiredToken) as expired:
            verifier.verify(token)
    assert expired.value.claims["sub"] == "mona"


def test_a_second_look_at_a_token_costs_no_signature_check(settings, verifier, monkeypatch):
    token = token_for(settings, "mona")
    verifier.verify(token)
    monkeypatch.setattr(auth.jwt, "decode", lambda *_, **__: pytest.fail("checked again"))
    assert verifier.verify(token).id == "mona"


def test_what_a_verifier_remembers_is_bounded(settings, verifier, monkeypatch):
    monkeypatch.setattr(auth, "REMEMBERED", 3)
    for person in range(8):
        verifier.verify(token_for(settings, str(person)))
    assert len(verifier._checked) <= 3


def test_without_keys_nobody_is_known(settings, tmp_path):
    with pytest.raises(BadToken):
        Verifier(tmp_path / "none", "delft").verify(token_for(settings, "mona"))


def test_an_expired_token_of_another_instance_is_not_merely_expired(settings):
    other = Verifier(settings.keys_dir, "porto")
    with pytest.raises(BadToken) as refused:
        other.verify(token_for(settings, "mona", minutes=-5))
    assert not isinstance(refused.value, ExpiredToken)


@pytest.mark.parametrize("wrong", [{"roles": "mentor"}, {"roles": [1]}, {"programmes": None}, {"sub": 7}, {"exp": "soon"}, {"exp": 1e400}])
def test_claims_of_a_wrong_kind_are_refused(settings, verifier, wrong):
    claims = {"iss": "delft", "aud": "delft", "sub": "mona", "exp": 2**40, **wrong}
    with pytest.raises(BadToken):
        verifier.verify(keys.sign(settings.keys_dir, claims))


def test_a_half_written_key_set_is_never_seen(settings):
    keys.rotate(settings.keys_dir)
    assert sorted(path.name for path in settings.keys_dir.iterdir()) == ["public.json", "signing.json"]
