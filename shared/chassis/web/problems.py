"""The one table from errors to HTTP statuses, shown as problem documents (RFC 9457) by the API and as error pages elsewhere."""

import html
import json
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, g, request
from pymongo import errors as mongo
from werkzeug.exceptions import HTTPException

from chassis import errors
from chassis.logs import logger
from chassis.transaction import is_transient
from chassis.web.identity import way_in

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
BUSY = "The database does not answer at present. Nothing was changed; try again in a few seconds."
UNEXPECTED = "Something went wrong on our side and nothing was changed. Try again; if it stays, report the number below."

TABLE: tuple[tuple[type[Exception], int, str], ...] = (
    (errors.NotFound, 404, ""),
    (errors.Refused, 409, ""),
    (errors.Forbidden, 403, ""),
    (errors.Invalid, 422, ""),
    (errors.Stale, 412, ""),
    (errors.Unavailable, 503, ""),
    (mongo.DuplicateKeyError, 409, "This exists already. Look for it in the list instead of adding it again."),
)
"""Error, status, and a sentence for errors that bring none of their own; the first match counts."""

ADVICE = {
    401: "Sign in, or send a valid token.",
    403: "You may not do this. Ask your coordinator if you think you should.",
    404: "There is nothing at this address. Go back, or start from the home page.",
    405: "This address cannot be used in this way.",
    412: "Somebody changed this in the meantime. Load it again, then repeat your change.",
    413: "This is too large. Send a smaller file or a shorter text.",
    422: "Some fields need another look.",
    428: "Load it first and send its ETag back in If-Match.",
    429: "Those were too many attempts. Wait a while, then try again.",
}
log = logger(__name__)


class Problem(HTTPException):
    """An HTTP status with a stable code, for refusals of the chassis itself."""

    def __init__(self, status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.code, self.slug, self.extra_headers = status, code, headers or {}


def handle(error: Exception) -> Response:
    """The answer to any error; what nobody foresaw is logged and told without detail."""
    if isinstance(error, HTTPException):
        return _from_http(error)
    if is_transient(error):
        log.warning("database does not answer", endpoint=request.endpoint, fault=type(error).__name__, code=getattr(error, "code", None))
        return render(503, "unavailable", BUSY)
    for kind, status, sentence in TABLE:
        if isinstance(error, kind):
            if isinstance(error, errors.DomainError):
                return render(status, error.code, str(error), fields=getattr(error, "errors", None), said=(error.message, error.params))
            return render(status, _slug(status), sentence or str(error))
    log.error("unexpected error", endpoint=request.endpoint, exc_info=error)
    return render(500, "unexpected", UNEXPECTED)


def render(
    status: int, code: str, detail: str, *, fields: Any = None, headers: dict[str, str] | None = None, said: tuple[str, Any] | None = None
) -> Response:
    """The problem document, or outside the API the error page; `said` is the detail as message id and what fills its places."""
    title = HTTPStatus(status).phrase
    if current_app.is_api(request):  # type: ignore[attr-defined]
        response = Response(_document(status, code, title, detail, fields), status, mimetype=MEDIA_TYPE)
    else:
        page = current_app.extensions.get("error_page", _plain_page)
        response = Response(page(status, title, *(said or (detail, None))), status, mimetype="text/html")
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    response.headers.update(headers or {})
    return response


def flat(messages: Any, path: str = "") -> dict[str, list[str]]:
    """Nested validation messages as field path to sentences: {"wishes.0.name": ["…"]}."""
    if isinstance(messages, dict):
        parts = [flat(inner, f"{path}.{key}" if path else str(key)) for key, inner in messages.items()]
        return {key: sentences for part in parts for key, sentences in part.items()}
    sentences = messages if isinstance(messages, list | tuple) else [messages]
    return {path: [str(each) for each in sentences]}


def _document(status: int, code: str, title: str, detail: str, fields: Any) -> str:
    document = {"type": f"urn:fabconnect:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}
    if fields:
        document["errors"] = flat(fields)
    return json.dumps({**document, "correlation_id": g.get("correlation_id", "")})


def _from_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return _unchanged(status, getattr(error, "etag", None))
    if status == 401 and not current_app.is_api(request):  # type: ignore[attr-defined]
        return way_in()
    kept = {name: value for name, value in error.get_headers() if name.lower() not in ("content-type", "content-length")}
    if isinstance(error, Problem):
        return render(status, error.slug, error.description or "", headers=kept | error.extra_headers)
    data = getattr(error, "data", None) or {}
    detail = data.get("message") or ADVICE.get(status) or error.description or ""
    fields = _without_location(data.get("errors") or data.get("messages") or {})
    return render(status, _slug(status), detail, fields=fields, headers=kept | (data.get("headers") or {}))


def _unchanged(status: int, etag: str | None) -> Response:
    response = Response(status=status)
    if etag is not None:
        response.set_etag(etag)
    return response


def _without_location(messages: Any) -> Any:
    """Validation messages by field; webargs puts them under the place they came from (json, query, …)."""
    if not isinstance(messages, dict) or not all(isinstance(part, dict) for part in messages.values()):
        return messages
    return {field: sentences for part in messages.values() for field, sentences in part.items()}


def _slug(status: int) -> str:
    return HTTPStatus(status).phrase.lower().replace(" ", "-")


def _plain_page(status: int, title: str, detail: str, params: Any = None) -> str:
    detail = detail % params if params else detail
    return f'<!doctype html><html lang="en"><title>{status} {title}</title><h1>{title}</h1><p>{html.escape(detail)}</p>'
