"""The style sheet and pictures, served by every service under its own path and kept by browsers until they change."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, request, send_from_directory

FOLDER = Path(__file__).parent / "static"
FILES = frozenset(file.name for file in FOLDER.iterdir())
ONE_YEAR_S = 365 * 24 * 3600
ONE_HOUR_S = 3600


@cache
def fingerprint(filename: str) -> str:
    """Twelve hexadecimal digits that change when the file does."""
    return sha256((FOLDER / filename).read_bytes()).hexdigest()[:12]


def address(service: str, filename: str) -> str:
    """The path of a file under a service, with its fingerprint: "/pairing/static/look.css?v=…"."""
    return f"/{service}/static/{filename}?v={fingerprint(filename)}"


def serve(app: Flask, service: str) -> None:
    """Adds the route `static`; an address with the right fingerprint may be kept for a year."""

    def static(filename: str) -> Response:
        if filename not in FILES:
            abort(404)
        response = send_from_directory(FOLDER, filename, max_age=ONE_HOUR_S)
        if request.args.get("v") == fingerprint(filename):
            response.cache_control.max_age = ONE_YEAR_S
            response.cache_control.immutable = True
        response.cache_control.public = True
        response.cache_control.no_cache = None
        return response

    app.add_url_rule(f"/{service}/static/<path:filename>", endpoint="static", view_func=static)
