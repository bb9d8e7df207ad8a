"""Policies combine as their names say."""

import pytest

from chassis import policies
from chassis.auth import Principal
from chassis.policies import Decision, IncompletePolicies, any_of, audited, both, check_complete, either, public, signed_in

MONA = Principal("mona", frozenset({"mentor"}))
CORA = Principal("cora", frozenset({"coordinator"}))


def her_own(who, read, owner):
    return who.id == owner


def never_asked(who, read, **view_args):
    pytest.fail("this part need not be asked")


def test_everybody_and_everybody_signed_in():
    assert public(None, None) and signed_in(MONA, None)
    assert policies.is_public(public) and not policies.is_public(signed_in) and not policies.is_public(None)


def test_one_of_several_roles_is_enough():
    policy = any_of("mentor", "guardian")
    assert policy(MONA, None, pairing_id="x")
    assert not policy(CORA, None)
    assert not any_of()(MONA, None)


def test_both_stop_at_the_first_refusal():
    policy = both(any_of("mentor"), her_own)
    assert policy(MONA, None, owner="mona")
    assert not policy(MONA, None, owner="cora")
    assert not both(any_of("mentor"), never_asked)(CORA, None)


def test_either_stops_at_the_first_consent():
    policy = either(her_own, any_of("coordinator"))
    assert policy(CORA, None, owner="mona")
    assert not policy(MONA, None, owner="cora")
    assert either(her_own, never_asked)(MONA, None, owner="mona")


def test_only_consent_by_the_audited_part_is_noted():
    policy = either(her_own, audited(any_of("coordinator")))
    assert policy(CORA, None, owner="mona") is Decision.NOTED
    assert policy(MONA, None, owner="mona") is True
    assert policy(Principal("olga"), None, owner="mona") is False
    assert both(signed_in, audited(signed_in), signed_in)(MONA, None) is Decision.NOTED


def test_table_and_routes_must_match():
    check_complete(["a.b"], {"a.b": public})
    with pytest.raises(IncompletePolicies, match=r"a\.c, a\.d"):
        check_complete(["a.b", "a.d", "a.c"], {"a.b": public})
    with pytest.raises(IncompletePolicies, match=r"a\.b"):
        check_complete([], {"a.b": public})
