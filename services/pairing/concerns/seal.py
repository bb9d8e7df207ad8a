"""Seals the texts of concerns, so that only the service with the instance's secret can read them.

Each text is a JWE (RFC 7516; A256GCM) under a key of its own, derived from the instance's secret by HKDF-SHA256 (RFC 5869) for this purpose
and the text's place: it opens nowhere else, neither in another concern nor in another line of the log. It protects dumps, backups and
queries of the database; it does not protect from somebody who holds the secret too.
"""

import json
from dataclasses import asdict

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from chassis.errors import Refused
from pairing.concerns.model import Concern, Content

PURPOSE = b"fabconnect/pairing/concerns/v1/"
ALGORITHMS = {"alg": "dir", "enc": "A256GCM"}


def seal(secret: bytes, place: str, text: str) -> str:
    """The sealed text."""
    return jwe.encrypt_compact(ALGORITHMS, text.encode(), _key(secret, place))


def unseal(secret: bytes, place: str, sealed: str) -> str:
    """The text again; raises Refused when it was sealed with another secret or for another place, or was changed."""
    try:
        plaintext = jwe.decrypt_compact(sealed, _key(secret, place), algorithms=list(ALGORITHMS.values())).plaintext
    except (JoseError, ValueError):
        raise Refused(
            "concern-seal", "This cannot be opened: the secret of this instance has changed. Ask your administrator for the one before."
        ) from None
    return (plaintext or b"").decode()


def seal_content(secret: bytes, concern_id: str, content: Content) -> str:
    """What the raiser said, sealed."""
    return seal(secret, concern_id, json.dumps(asdict(content)))


def content_of(secret: bytes, concern: Concern) -> Content:
    """What the raiser said; raises Refused as `unseal` does."""
    return Content(**json.loads(unseal(secret, concern.id, concern.sealed)))


def texts_of(secret: bytes, concern: Concern) -> list[str]:
    """The texts of the log, line by line, "" where there is none; raises Refused as `unseal` does."""
    return [unseal(secret, f"{concern.id}/{number}", entry.sealed) if entry.sealed else "" for number, entry in enumerate(concern.log)]


def _key(secret: bytes, place: str) -> OctKey:
    return OctKey.import_key(HKDF(SHA256(), 32, salt=None, info=PURPOSE + place.encode()).derive(secret))
