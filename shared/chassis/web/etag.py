"""Entity tags (RFC 9110, section 8.8.3) from the version of an aggregate: nobody overwrites what they have not seen."""

from typing import Any, cast

from flask import current_app, g, request
from flask_smorest import Blueprint


def check_version(aggregate: Any) -> None:
    """Raises 412 unless the caller's If-Match names the present version; for views under `@bp.etag` that change something."""
    blueprint().check_etag(aggregate.version)


def set_version(aggregate: Any) -> None:
    """Gives the answer the ETag of this aggregate, as it is after the command; a reader who has it already gets 304."""
    g.versioned = aggregate


def blueprint() -> Blueprint:
    """The API blueprint of the present request."""
    return cast(Blueprint, current_app.blueprints[request.blueprint or ""])
