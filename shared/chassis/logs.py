"""Structured JSON logs with a correlation id and without personal data, for our own code and for libraries alike."""

import json
import logging
import logging.config
import re
from collections.abc import Mapping
from typing import Any

import structlog

ADDRESS = re.compile(r"[^\s@<>\"',;:(){}\[\]]+@[^\s@<>\"',;:(){}\[\]]+")
QUERY = re.compile(r"\?[^\s\"']*=[^\s\"']*")
NEVER = frozenset({"body", "query", "query_string", "form", "cookies", "headers", "email", "name", "password", "token"})
MASK = "[removed]"


def without_personal_data(logger: Any, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drops fields that carry what people sent, and masks e-mail addresses and query strings in all others."""
    return {key: masked(value) for key, value in event.items() if key not in NEVER}


def masked(value: Any) -> Any:
    """The value with e-mail addresses and query strings replaced, in nested values too."""
    if isinstance(value, str):
        if "@" in value:
            value = ADDRESS.sub(MASK, value)
        return QUERY.sub("?" + MASK, value) if "?" in value else value
    if isinstance(value, Mapping):
        return {key: masked(each) for key, each in value.items() if key not in NEVER}
    if isinstance(value, list | tuple):
        return [masked(each) for each in value]
    return value


ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)
BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
AFTER: list[Any] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    without_personal_data,
    structlog.processors.JSONRenderer(serializer=lambda event, **_: ENCODER.encode(event)),
]
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": AFTER,
            "foreign_pre_chain": [structlog.stdlib.ExtraAdder(), *BEFORE],
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        "gunicorn.access": {"level": "CRITICAL", "handlers": ["stderr"], "propagate": False},
        "werkzeug": {"level": "WARNING"},
        "pymongo": {"level": "WARNING"},
        "kafka": {"level": "WARNING"},
    },
}
"""For logging.config.dictConfig, and gunicorn's `logconfig_dict`: the application writes its own line per request, without addresses."""


def configure(level: str = "INFO") -> None:
    """Makes this process log as JSON lines to standard error, from `level` on."""
    logging.config.dictConfig({**LOGGING, "root": {"level": level, "handlers": ["stderr"]}})
    route()


def route() -> None:
    """Sends what structlog is told through the standard library, whatever handlers are there."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logger(name: str) -> Any:
    """A logger for one module: `log.info("what happened", field=value)`."""
    return structlog.stdlib.get_logger(name)


def correlate(correlation_id: str) -> None:
    """From here on, log lines of this thread or task carry this correlation id and no other's."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(correlation_id=correlation_id)
