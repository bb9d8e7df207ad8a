"""How a service answers HTTP: the application, blueprints, and what a view may ask about its request."""

from chassis.web.application import create_app
from chassis.web.blueprints import api_blueprint, page_blueprint
from chassis.web.context import principal, principal_or_none, unit
from chassis.web.csrf import csrf_field, csrf_token, without_csrf
from chassis.web.etag import check_version, set_version
from chassis.web.idempotency import answer_not_kept
from chassis.web.identity import drop_sign_in_cookie, local_path, presented_claims, set_sign_in_cookie, sign_in_lapsed
from chassis.web.limits import posted, sensitive
from chassis.web.pagination import PageArguments, cursor_page

__all__ = [
    "PageArguments",
    "answer_not_kept",
    "api_blueprint",
    "check_version",
    "create_app",
    "csrf_field",
    "csrf_token",
    "cursor_page",
    "drop_sign_in_cookie",
    "local_path",
    "page_blueprint",
    "posted",
    "presented_claims",
    "principal",
    "principal_or_none",
    "sensitive",
    "set_sign_in_cookie",
    "set_version",
    "sign_in_lapsed",
    "unit",
    "without_csrf",
]
