"""Seals personal data to a one-time key, so that it can travel and lie where only one service may read it.

Compact JWE (RFC 7516) with ECDH-ES and A256GCM (RFC 7518, 4.6 and 5.3) to an X25519 key (RFC 8037).
"""

import json
import zlib
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey, OKPKey

TO_KEY, AT_HOME, CONTENT = "ECDH-ES", "dir", "A256GCM"
ROOM_FOR_ENVELOPE = 4_000
LARGEST_OPENED = 64 * 1024 * 1024


class Unopenable(Exception):
    """What was sealed cannot be opened: another key, another name, a part lacking, or changed on its way. Says nothing of the content."""


class Registry(jwe.JWERegistry):
    """The library's rules, with room for one event."""

    max_ciphertext_length = 4 * 1024 * 1024


def new_key() -> tuple[str, str]:
    """A one-time key as JWK texts: the public half to give away, the private half to keep."""
    key = OKPKey.generate_key("X25519", private=True)
    return _text(key.as_dict(private=False)), _text(key.as_dict(private=True))


def seal(public_key: str, name: str, content: Any, most_bytes: int) -> list[str]:
    """The content (JSON) compressed, in sealed parts that each fit into an event of `most_bytes`; `name` is bound to every part."""
    key, packed = OKPKey.import_key(json.loads(public_key)), zlib.compress(_text(content).encode(), 9)
    room = (most_bytes - ROOM_FOR_ENVELOPE) * 3 // 4
    pieces = [packed[start : start + room] for start in range(0, len(packed), room)]
    return [_sealed(key, TO_KEY, _place(name, number, len(pieces)), piece) for number, piece in enumerate(pieces, start=1)]


def unseal(private_key: str, name: str, parts: list[str]) -> Any:
    """What `seal` was given; raises Unopenable."""
    key = OKPKey.import_key(json.loads(private_key))
    pieces = [_opened(key, TO_KEY, _place(name, number, len(parts)), part) for number, part in enumerate(parts, start=1)]
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(b"".join(pieces), LARGEST_OPENED)
        return json.loads(text) if unpacking.eof else _refuse()
    except (zlib.error, ValueError):
        raise Unopenable from None


def lock_away(secret: bytes, name: str, text: str) -> str:
    """The text sealed under the instance's own secret, to be stored."""
    return _sealed(_own_key(secret), AT_HOME, name, text.encode())


def fetch_back(secret: bytes, name: str, locked: str) -> str:
    """What `lock_away` was given; raises Unopenable."""
    return _opened(_own_key(secret), AT_HOME, name, locked).decode()


def _own_key(secret: bytes) -> OctKey:
    """A key for this purpose only, derived from the secret (RFC 5869)."""
    return OctKey.import_key(HKDF(SHA256(), 32, None, b"fabconnect sealing").derive(secret))


def _sealed(key: Any, algorithm: str, name: str, piece: bytes) -> str:
    header = {"alg": algorithm, "enc": CONTENT, "kid": name}
    return jwe.encrypt_compact(header, piece, key, registry=Registry(algorithms=[algorithm, CONTENT]))


def _opened(key: Any, algorithm: str, name: str, sealed: str) -> bytes:
    try:
        found = jwe.decrypt_compact(sealed, key, registry=Registry(algorithms=[algorithm, CONTENT]))
    except (JoseError, ValueError, TypeError, KeyError):
        raise Unopenable from None
    return found.plaintext or b"" if found.headers().get("kid") == name else _refuse()


def _place(name: str, number: int, of: int) -> str:
    return f"{name}/{number}-{of}"


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _refuse() -> Any:
    raise Unopenable
