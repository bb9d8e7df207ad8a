"""One-time links and sign-ins: used once, in time, with their own token."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.errors import Forbidden
from pairing.accounts.model import Account, SignIn, SignInLink, hashed, link_token

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOKEN = link_token(b"secret", "link")


def link(**fields):
    given = {"id": "link", "account_id": "ana", "token_hash": hashed(TOKEN), "expires_at": NOW + timedelta(minutes=30), "next_path": "/"}
    return SignInLink(**{**given, **fields})


def test_the_token_follows_from_secret_and_id_and_is_not_stored():
    assert link_token(b"secret", "link") == TOKEN
    assert TOKEN not in {link_token(b"other", "link"), link_token(b"secret", "knil")}
    assert len(TOKEN) == 43
    assert TOKEN not in vars(link()).values()


def test_a_link_works_once():
    used = link()
    used.use(TOKEN, NOW)
    with pytest.raises(Forbidden, match="used before") as refused:
        used.use(TOKEN, NOW)
    assert refused.value.code == "link-used"


@pytest.mark.parametrize(
    ("fields", "token", "later", "code"),
    [
        ({}, "wrong", 0, "link-unknown"),
        ({}, "", 0, "link-unknown"),
        ({}, "\udcff", 0, "link-unknown"),
        ({"account_id": ""}, TOKEN, 0, "link-unknown"),
        ({}, TOKEN, 30, "link-expired"),
    ],
)
def test_a_link_is_refused(fields, token, later, code):
    refused_link = link(**fields)
    with pytest.raises(Forbidden) as refused:
        refused_link.use(token, NOW + timedelta(minutes=later))
    assert refused.value.code == code
    assert refused_link.used_at is None


def test_a_sign_in_ends_by_time_and_by_sign_out():
    sign_in = SignIn(id="s", account_id="ana", secret_hash=hashed("secret"), expires_at=NOW + timedelta(days=1))
    sign_in.check("secret", NOW)
    with pytest.raises(Forbidden):
        sign_in.check("other", NOW)
    with pytest.raises(Forbidden):
        sign_in.check("secret", NOW + timedelta(days=1))
    sign_in.revoke(NOW)
    with pytest.raises(Forbidden):
        sign_in.check("secret", NOW)


def test_staff_is_signed_in_for_a_working_day_and_participants_for_a_month():
    account = {"id": "a", "email": "a@example.org", "language": "en", "time_zone": "UTC"}
    assert Account(roles=("mentor",), **account).lasts() == timedelta(days=30)
    assert Account(roles=("mentor", "coordinator"), **account).lasts() == timedelta(hours=12)
