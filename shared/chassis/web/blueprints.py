"""The two kinds of blueprint: JSON API with documented schemas, and pages."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from flask import Blueprint as FlaskBlueprint
from flask import Request, g, request
from flask_smorest import Blueprint as SmorestBlueprint
from flask_smorest.exceptions import NotModified
from webargs import core
from webargs.flaskparser import FlaskParser, abort, is_json_request
from werkzeug.routing import BaseConverter

from chassis.web.context import unit
from chassis.web.schemas import UUID

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class IdConverter(BaseConverter):
    """`<id:pairing_id>` in a route: a UUID in lower case, kept as text."""

    regex = UUID


class PageBlueprint(FlaskBlueprint):
    """Pages for people: cookie, forms, redirects, error pages."""


class BodyParser(FlaskParser):
    """Reads JSON bodies; whatever cannot be read is the sender's fault, never ours. Schemas say what to do with unknown fields."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": None, "form": None, "files": None}

    def _raw_load_json(self, req: Request) -> Any:
        if not is_json_request(req):
            if req.content_length or "Transfer-Encoding" in req.headers:
                abort(415, messages={"json": ["Send the body as application/json."]})
            return core.missing
        try:
            return json.loads(req.get_data(cache=True), parse_constant=_refuse)
        except (ValueError, RecursionError):
            abort(400, messages={"json": ["The body is not valid JSON (RFC 8259)."]})


class ApiBlueprint(SmorestBlueprint):
    """JSON API: bearer token, schemas, problem+json."""

    ARGUMENTS_PARSER = BodyParser()

    def arguments(self, schema: Any, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As flask-smorest's; the schema is made once, not at every request."""
        made: Callable[[Callable[..., Any]], Callable[..., Any]] = super().arguments(
            schema() if isinstance(schema, type) else schema, **options
        )
        return made

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As flask-smorest's; what a command changed is written first, so that the answer shows the final version."""
        rendered = super().response(status_code, schema, **options)

        def decorator(view: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(view)
            def settled(*args: Any, **kwargs: Any) -> Any:
                result = view(*args, **kwargs)
                if request.method in WRITING:
                    unit().flush()
                return result

            decorated: Callable[..., Any] = rendered(settled)
            return decorated

        return decorator

    @staticmethod
    def _generate_etag(etag_data: Any, extra_data: Any = None) -> str:
        """A version is its own tag; anything else is hashed."""
        return str(etag_data) if isinstance(etag_data, int) else str(SmorestBlueprint._generate_etag(etag_data, extra_data))

    def _set_etag_in_response(self, response: Any) -> None:
        if "versioned" in g:
            self.set_etag(g.versioned.version)
        super()._set_etag_in_response(response)

    def _check_not_modified(self, etag: str) -> None:
        try:
            super()._check_not_modified(etag)
        except NotModified as unchanged:
            unchanged.etag = etag
            raise


def api_blueprint(noun: str, *, service: str, prefix: str | None = None) -> ApiBlueprint:
    """The JSON API of a noun under `/<service>/api/<noun>`, or `/<service>/api/<prefix>`."""
    path = f"/{service}/api/{noun if prefix is None else prefix}".rstrip("/")
    return ApiBlueprint(noun, f"{service}.{noun}", url_prefix=path, description=noun.capitalize())


def page_blueprint(noun: str, *, service: str) -> PageBlueprint:
    """The pages of a noun, named `<noun>_pages`, under `/<service>`; routes give the rest of the path."""
    return PageBlueprint(f"{noun}_pages", f"{service}.{noun}", url_prefix=f"/{service}")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
