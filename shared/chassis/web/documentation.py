"""The API's own description: OpenAPI 3.1 from the routes, and a page that shows it without any script."""

import http
from functools import cached_property
from typing import Any

from flask import Flask, Response, current_app
from flask_smorest import Api
from flask_smorest.spec.plugins import FlaskPlugin
from flask_smorest.utils import prepare_response
from jinja2 import Environment, PackageLoader
from marshmallow import fields
from werkzeug.exceptions import HTTPException

from chassis.web import problems
from chassis.web.blueprints import IdConverter
from chassis.web.idempotency import HEADER
from chassis.web.schemas import Schema

VERSION = "1.0"
IDEMPOTENCY_KEY = {
    "name": HEADER,
    "in": "header",
    "description": "The same key again gives the first answer again and has no second effect.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
}


class ProblemSchema(Schema):
    """A problem document (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    correlation_id = fields.String(required=True)


class DocumentedApi(Api):
    """flask-smorest's registry of API blueprints, with problem documents for errors."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask, service: str) -> None:
        title = f"{app.settings.instance_name}: {service}"  # type: ignore[attr-defined]
        app.config.update(API_TITLE=title, API_VERSION=VERSION, OPENAPI_VERSION="3.1.0")
        super().__init__(app, spec_kwargs={"security": [{"bearer": []}]})
        self.register_converter(IdConverter, lambda _: {"type": "string", "format": "uuid"})
        self.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})

    def handle_http_exception(self, error: HTTPException) -> Response:
        """The chassis's own table of errors."""
        return problems.handle(error)

    def _register_responses(self) -> None:
        described = {status.name: status.phrase for status in http.HTTPStatus}
        for name, description in {**described, "DEFAULT_ERROR": "Any other problem"}.items():
            response: dict[str, Any] = {"description": description}
            if name not in ("NO_CONTENT", "NOT_MODIFIED"):
                response["schema"] = self.ERROR_SCHEMA
            prepare_response(response, self.spec, problems.MEDIA_TYPE)
            self.spec.components.response(name, response, lazy=True)

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document, with operation ids, idempotency keys, and no demand for a token on public routes."""
        document: dict[str, Any] = self.spec.to_dict()
        for rule in self._app.url_map.iter_rules():
            path = document["paths"].get(FlaskPlugin.flaskpath2openapi(rule.rule), {})
            for method in {each.lower() for each in rule.methods or ()} & path.keys():
                _complete(path[method], method, rule.endpoint, self._app.routes[rule.endpoint])
        return document


def add_documentation(app: Flask, api: DocumentedApi, service: str) -> None:
    """The routes openapi.json and docs under the service's API, with the page's style sheet."""
    app.extensions["openapi"] = api
    app.add_url_rule(f"/{service}/api/openapi.json", "openapi", lambda: current_app.json.response(api.document))
    app.add_url_rule(f"/{service}/api/docs", "docs", lambda: docs_page(api.document, service))
    app.add_url_rule(f"/{service}/api/docs.css", "docs_style", lambda: Response(_template("docs.css").render(), mimetype="text/css"))


def docs_page(document: dict[str, Any], service: str) -> str:
    """The HTML page of an OpenAPI document: every operation with what it takes and gives."""
    operations: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                shared = methods.get("parameters", [])
                own = [_resolved(each, document) for each in [*shared, *operation.get("parameters", [])]]
                operations.setdefault(operation["tags"][0], []).append((method, path, {**operation, "parameters": own}))
    return _template("docs.html").render(document=document, service=service, operations=operations, body=_body, resolve=_resolved)


def _complete(operation: dict[str, Any], method: str, endpoint: str, route: Any) -> None:
    operation["operationId"] = endpoint.replace(".", "_")
    if route.public:
        operation["security"] = []
    if method == "post" and route.keeps_answer:
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)


def _resolved(part: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The part itself, or what its $ref points to in the document."""
    if "$ref" not in part:
        return part
    found: Any = document
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _body(holder: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The schema of a request or response body, empty when it has none."""
    for content in _resolved(holder, document).get("content", {}).values():
        return _resolved(content.get("schema", {}), document)
    return {}


def _template(name: str) -> Any:
    return Environment(loader=PackageLoader("chassis.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(name)
