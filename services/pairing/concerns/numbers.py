"""Numbers of concerns that were raised without signing in: whoever has one can quote it, and see what becomes of the concern.

Nothing in the database gives a number away: the concern's id follows from it by a one-way function under the instance's secret
(HMAC-SHA256, RFC 2104), and the number itself lies sealed in what was said.
"""

import hashlib
import hmac
import re
import uuid

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter looks or sounds like a digit."""
LENGTH, GROUP = 12, 4
"""Twelve signs are 60 bits: nobody finds one by trying."""
LONGEST_TYPED = 40
MEANT = str.maketrans("OIL", "011")


def number_of(secret: bytes, form_id: str) -> str:
    """The number of what was told on this form, for example "7KQ4-MT2X-9RWD"; the same form, the same number."""
    drawn = int.from_bytes(_digest(secret, "number", form_id))
    signs = "".join(LETTERS[drawn >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def id_of(secret: bytes, number: str) -> str:
    """The id of the concern with this number, whether there is one or not."""
    return str(uuid.UUID(bytes=_digest(secret, "id", number)[:16], version=4))


def read(typed: str) -> str:
    """The number that somebody typed, whatever her hyphens, spaces and capitals; "" when it cannot be one."""
    signs = re.sub(r"[^0-9A-Z]", "", typed[:LONGEST_TYPED].upper()).translate(MEANT)
    if len(signs) != LENGTH or set(signs) - set(LETTERS):
        return ""
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _digest(secret: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(secret, f"fabconnect/pairing/concerns/{purpose}/v1/{text}".encode(), hashlib.sha256).digest()
