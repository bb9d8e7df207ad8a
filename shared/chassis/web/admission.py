"""What every request passes before its view and after it: identity, rate, form token; protective headers, one count, one log line."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Response, g, request
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge, Unauthorized

from chassis import logs, metrics
from chassis.policies import Policy, is_public
from chassis.web import csrf, headers, identity, limits

if TYPE_CHECKING:
    from chassis.web.application import Application

WATCHING = frozenset({"healthz", "readyz", "metrics", "static", "docs_style"})
OPEN = WATCHING | {"openapi", "docs"}
"""Endpoints of the chassis that everybody may use and that show nothing of anybody."""
log = logs.logger(__name__)


class Route(NamedTuple):
    """What the chassis knows of an endpoint."""

    api: bool
    policy: Policy
    public: bool
    takes_any_form: bool
    sensitive: tuple[tuple[Any, Callable[[], str]], ...]
    keeps_answer: bool

    @classmethod
    def of(cls, api: bool, policy: Policy, view: Callable[..., Any]) -> "Route":
        """The route of a view, with the marks its decorators left."""
        keeps_answer = api and not hasattr(view, "answer_not_kept")
        return cls(api, policy, is_public(policy), hasattr(view, "without_csrf"), getattr(view, "sensitive", ()), keeps_answer)


def admit(app: "Application") -> None:
    """Lets a request through to its view, or raises: too large, token not valid, too often, not signed in, form of another site."""
    _open_request()
    route = app.routes.get(request.endpoint or "")
    if request.endpoint is None or request.method == "OPTIONS" or (route is None and request.endpoint in OPEN):
        return
    if route is None:
        raise Forbidden
    _check_size(app.settings.max_body_bytes)
    try:
        (identity.identify_caller if route.api else identity.identify_visitor)(app.verifier)
    finally:
        _check_rates(app, route)
    if g.principal is None and not route.public:
        raise Unauthorized
    if not route.api and not route.takes_any_form and request.method not in ("GET", "HEAD"):
        csrf.check_form()


def finish(app: "Application", https: bool, response: Response) -> Response:
    """Completes an answer, counts it and logs it: endpoint, never address or content."""
    endpoint = request.endpoint or "none"
    headers.protect(response, static=endpoint in ("static", "docs_style"), https=https, correlation_id=g.correlation_id)
    csrf.keep_visitor(response)
    seconds = time.perf_counter() - g.started
    metrics.answered(app.service.name, endpoint, request.method, response.status_code, seconds)
    if endpoint not in WATCHING:
        log.info("request", endpoint=endpoint, method=request.method, status=response.status_code, ms=round(seconds * 1000, 1))
    return response


def _open_request() -> None:
    g.started = time.perf_counter()
    g.correlation_id = headers.correlation_id_of(request)
    g.principal = None
    logs.correlate(g.correlation_id)


def _check_size(most: int) -> None:
    """Raises a 413 for a body that is too long; one of unannounced length is read now, since werkzeug would cut it off silently."""
    if request.content_length is not None:
        too_long = request.content_length > most
    else:
        too_long = "Transfer-Encoding" in request.headers and len(request.get_data(cache=True)) >= most
    if too_long:
        raise RequestEntityTooLarge


def _check_rates(app: "Application", route: Route) -> None:
    if app.settings.rate_limits:
        limits.check_rate(app.counter)
        for item, key in route.sensitive:
            limits.check_sensitive(app.limiter, item, key)
