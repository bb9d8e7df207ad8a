"""A POST with an Idempotency-Key acts once: its answer is stored in the same transaction and given again when it is repeated."""

import hashlib
import re
from collections.abc import Callable
from typing import Any, TypeVar

from bson.binary import Binary
from flask import Response, g, request
from pymongo import InsertOne

from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import Problem
from chassis.web.stores import ANSWERS

V = TypeVar("V", bound=Callable[..., Any])
HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
VALID = re.compile(r"[\x21-\x7e]{1,200}")
KEPT_HEADERS = ("Content-Type", "Location", "ETag")


def answer_not_kept(view: V) -> V:
    """Marks a view (below its route) whose answer or body must not be stored: secrets, anonymous words. An Idempotency-Key is ignored."""
    view.answer_not_kept = True  # type: ignore[attr-defined]
    return view


def key_of_request() -> str | None:
    """The caller's key, checked: 1 to 200 visible ASCII characters."""
    key = request.headers.get(HEADER)
    if key is not None and not VALID.fullmatch(key):
        raise Problem(422, "idempotency-key-invalid", "An Idempotency-Key has 1 to 200 visible ASCII characters.")
    return key


def stored_answer(uow: UnitOfWork, key: str) -> Response | None:
    """The answer given before to the same request with the same key; another request with that key is a 422."""
    record = uow.database[ANSWERS].find_one({"_id": _record_id(key)}, session=uow.session)
    if record is None:
        return None
    if record["fingerprint"] != _fingerprint():
        raise Problem(422, "idempotency-key-reused", "This Idempotency-Key was used for another request. Make a new key for each request.")
    response = Response(bytes(record["body"]), record["status"], record["headers"])
    response.headers[REPLAYED] = "true"
    return response


def keep_answer(uow: UnitOfWork, key: str, response: Response) -> None:
    """Stores the answer together with what the command writes."""
    headers = [[name, response.headers[name]] for name in KEPT_HEADERS if name in response.headers]
    body = Binary(response.get_data())
    record = {"_id": _record_id(key), "fingerprint": _fingerprint(), "status": response.status_code, "headers": headers, "body": body}
    uow.write(ANSWERS, InsertOne({**record, "who": _who(), "at": uow.now}))


def _record_id(key: str) -> str:
    return _digest(_who(), request.endpoint or "", request.path, key)


def _who() -> str:
    who = g.get("principal")
    return who.id if who else ""


def _fingerprint() -> str:
    return _digest(request.query_string.decode("latin-1"), hashlib.sha256(request.get_data(cache=True)).hexdigest())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
