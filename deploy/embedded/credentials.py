"""What the instance keeps secret: made at the first start, checked at the later ones."""

import secrets

from embedded.files import read_json, write_whole
from embedded.home import Home
from embedded.problems import Problem, about_files

SECRET_CHARACTERS = 64
CONSEQUENCE = "or move it away: a new one is made, and people sign in again with new links."


def make(home: Home) -> None:
    """Makes the secret (256 random bits, as text) and the signing keys if there are none; raises `Problem` when those kept are broken."""
    with about_files(home.root):
        _make_secret(home)
        _make_keys(home)


def _make_secret(home: Home) -> None:
    if not home.secret.exists():
        write_whole(home.secret, secrets.token_hex(SECRET_CHARACTERS // 2).encode())
    length = len(home.secret.read_bytes().strip())
    if length < SECRET_CHARACTERS:
        sentence = f"{home.secret} is broken: it has {length} characters instead of {SECRET_CHARACTERS}."
        raise Problem(sentence, f"Restore it from a backup, {CONSEQUENCE}")


def _make_keys(home: Home) -> None:
    kept = home.keys / "signing.json"
    if not kept.exists():
        from chassis import keys  # takes a quarter of a second, needed at the first start only

        keys.make(home.keys)
    if not read_json(kept) or not read_json(home.keys / "public.json"):
        raise Problem(f"The signing keys in {home.keys} are broken.", f"Restore the folder from a backup, {CONSEQUENCE}")
