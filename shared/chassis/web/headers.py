"""Response headers that keep pages to themselves: content security policy, isolation, no caching of personal pages."""

import re
import uuid

from flask import Request, Response

from chassis.web.schemas import UUID

CORRELATION = "X-Correlation-Id"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
ALWAYS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
KNOWN = re.compile(UUID)


def protect(response: Response, *, static: bool, https: bool, correlation_id: str) -> None:
    """Adds the headers to a response; static files alone may be cached."""
    headers = response.headers
    headers.extend(ALWAYS)
    headers.add(CORRELATION, correlation_id)
    if https:
        headers.add(*HTTPS_ONLY)
    if static:
        headers.setdefault("Cache-Control", "public, max-age=3600")
    else:
        headers["Cache-Control"] = "no-store"


def correlation_id_of(request: Request) -> str:
    """The caller's correlation id when it is a UUID, otherwise a new one."""
    given = request.headers.get(CORRELATION)
    if given and KNOWN.fullmatch(given.lower()):
        return given.lower()
    return str(uuid.uuid4())
