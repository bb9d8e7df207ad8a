"""Makes, rotates and reads the instance's Ed25519 signing keys (RFC 8037), kept as two JWK sets in one folder."""

import json
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

ALGORITHM = "Ed25519"
SIGNING, PUBLIC = "signing.json", "public.json"
KEPT = 3


def make(keys_dir: Path) -> None:
    """Creates both key sets unless there are some."""
    if not (keys_dir / SIGNING).exists():
        rotate(keys_dir)


def rotate(keys_dir: Path) -> str:
    """Puts a new signing key first and gives its id; tokens of the two keys before it stay valid until they expire."""
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
    kept = KeySet([fresh, *_signing_keys(keys_dir)][:KEPT])
    _replace(keys_dir / PUBLIC, kept.as_dict(private=False), 0o644)
    _replace(keys_dir / SIGNING, kept.as_dict(private=True), 0o600)
    return str(fresh.kid)


def public(keys_dir: Path) -> dict[str, Any]:
    """The public key set (RFC 7517), as every service and outside verifiers read it."""
    found: dict[str, Any] = json.loads((keys_dir / PUBLIC).read_text())
    return found


def sign(keys_dir: Path, claims: dict[str, Any]) -> str:
    """A compact JWT of these claims, signed with the newest key."""
    path = keys_dir / SIGNING
    key = _newest(path, path.stat().st_mtime_ns)
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])


@lru_cache(maxsize=8)
def _newest(path: Path, changed_at: int) -> Any:
    return KeySet.import_key_set(json.loads(path.read_text())).keys[0]


def _signing_keys(keys_dir: Path) -> list[Any]:
    path = keys_dir / SIGNING
    return KeySet.import_key_set(json.loads(path.read_text())).keys if path.exists() else []


def _replace(path: Path, content: Any, mode: int) -> None:
    """Writes the whole file or nothing: readers never see half a key set, nor a private one with a wider mode."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial = Path(name)
    partial.chmod(mode)
    partial.replace(path)
