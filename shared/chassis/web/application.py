"""Builds the Flask application of a service: every request identified, every command one transaction, every refusal explained."""

import threading
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from flask import Flask, Request, Response, g, request
from flask.templating import Environment
from limits.strategies import FixedWindowRateLimiter
from pymongo.database import Database
from werkzeug.exceptions import Forbidden
from werkzeug.middleware.proxy_fix import ProxyFix

from chassis import logs
from chassis.auth import Verifier
from chassis.config import Settings
from chassis.policies import Decision, check_complete
from chassis.service import Service
from chassis.transaction import connect, transact
from chassis.unit_of_work import UnitOfWork
from chassis.web import audit, csrf, idempotency, problems, stores
from chassis.web.admission import Route, admit, finish
from chassis.web.blueprints import WRITING, ApiBlueprint, IdConverter
from chassis.web.documentation import DocumentedApi, add_documentation
from chassis.web.health import add_health
from chassis.web.limits import MinuteCounter, SharedStorage
from chassis.web.sessions import RareSessions

OF_ONE_ATTEMPT = ("_flask_smorest", "versioned", "page_limit")


class NotKept(Exception):
    """Carries an answer that refuses (400 and above) out of a transaction that must not be committed."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


class Application(Flask):
    """One service's web application; connects to the database at the first request, after the server has forked."""

    session_interface = RareSessions()

    def __init__(self, service: Service, settings: Settings) -> None:
        super().__init__(service.name, static_folder=None)
        self.service, self.settings = service, settings
        self.secret = settings.secret
        self.verifier = Verifier(settings.keys_dir, settings.instance)
        self.counter = MinuteCounter()
        self.patience = 3 * settings.mongo_timeout_ms / 1000
        self.routes: dict[str, Route] = {}
        self._connecting = threading.Lock()
        self._database: Database[dict[str, Any]] | None = None

    @property
    def database(self) -> Database[dict[str, Any]]:
        """The service's database; raises PyMongoError when it cannot be reached the first time."""
        if self._database is None:
            with self._connecting:
                if self._database is None:
                    database = connect(self.settings)[self.settings.database_name(self.service.name)]
                    stores.prepare(database)
                    self._database = database
        return self._database

    @cached_property
    def limiter(self) -> FixedWindowRateLimiter:
        """The limiter that all processes share."""
        return FixedWindowRateLimiter(SharedStorage(self.database))

    def is_api(self, asked: Request) -> bool:
        """Whether errors of this request are for programs rather than for people."""
        route = self.routes.get(asked.endpoint or "")
        if route is None:
            return asked.endpoint is not None or asked.path.startswith(f"/{self.service.name}/api/")
        return route.api

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: no view here is a coroutine, and asking costs time at every call."""
        return func

    def create_jinja_environment(self) -> Environment:
        """Flask's, with the hidden field of forms."""
        environment = super().create_jinja_environment()
        environment.globals["csrf_field"] = csrf.csrf_field
        return environment

    def dispatch_request(self) -> Any:
        """Runs the view in its unit of work: a transaction that is repeated whole on transient faults, or on GET only for reading."""
        route = self.routes.get(request.endpoint or "")
        if route is None or request.method == "OPTIONS":
            return super().dispatch_request()
        who = g.principal
        context = {"actor": who.id if who else None, "correlation_id": g.correlation_id}
        attempt = partial(self._attempt, route)
        if request.method not in WRITING:
            return attempt(UnitOfWork(self.database, self.settings, self.service.name, **context))
        try:
            return transact(self.database, self.settings, self.service.name, attempt, patience=self.patience, **context)
        except NotKept as refused:
            return refused.response

    def _attempt(self, route: Route, uow: UnitOfWork) -> Response:
        """One attempt at the whole request: policy, stored answer or view, answer stored."""
        _start_over(uow)
        decision = route.policy(g.principal, uow, **(request.view_args or {}))
        if not decision:
            raise Forbidden
        key = idempotency.key_of_request() if route.keeps_answer and request.method == "POST" else None
        known = idempotency.stored_answer(uow, key) if key else None
        if known is not None:
            return known
        response = self.make_response(super().dispatch_request())
        if request.method in WRITING and response.status_code >= 400:
            raise NotKept(response)
        if key:
            idempotency.keep_answer(uow, key, response)
        if decision is Decision.NOTED and request.method not in WRITING:
            audit.note(uow)
        return response


def create_app(service: Service, settings: Settings) -> Application:
    """The application of a service; raises IncompletePolicies unless routes and policy table match."""
    logs.route()
    app = Application(service, settings)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]
    https = settings.public_url.startswith("https:")
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        SECRET_KEY=b"session|" + app.secret,
        SESSION_COOKIE_NAME=f"fabconnect_{service.name}",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.converters["id"] = IdConverter
    app.before_request(partial(admit, app))
    app.after_request(partial(finish, app, https))
    app.register_error_handler(Exception, problems.handle)
    _add_blueprints(app, service)
    return app


def _add_blueprints(app: Application, service: Service) -> None:
    api = DocumentedApi(app, service.name)
    for blueprint in service.blueprints:
        (api if isinstance(blueprint, ApiBlueprint) else app).register_blueprint(blueprint)
    endpoints = [rule.endpoint for rule in app.url_map.iter_rules()]
    check_complete(endpoints, service.policies)
    for endpoint in endpoints:
        is_api = isinstance(app.blueprints[endpoint.rpartition(".")[0]], ApiBlueprint)
        app.routes[endpoint] = Route.of(is_api, service.policies[endpoint], app.view_functions[endpoint])
    add_documentation(app, api, service.name)
    add_health(app, service.name)


def _start_over(uow: UnitOfWork) -> None:
    """Makes the request as fresh as at its first attempt: what the attempt before left behind is gone, uploads are read from the start."""
    repeated = "unit" in g
    g.unit = uow
    for name in OF_ONE_ATTEMPT:
        g.pop(name, None)
    if repeated and request.mimetype == "multipart/form-data":
        for upload in request.files.values():
            upload.seek(0)
