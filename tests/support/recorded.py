"""Records the log lines that a process would write, in the form in which it would write them, at every level."""

import contextlib
import io
import logging
from collections.abc import Iterator

import structlog

from chassis import logs

QUIET = ("pymongo", "kafka", "werkzeug", "hypothesis", "faker", "babel")


@contextlib.contextmanager
def recorded() -> Iterator[io.StringIO]:
    """What is logged inside, even at the level of debugging; libraries are as quiet as `logs.LOGGING` makes them."""
    text, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(text)
    declared = logs.LOGGING["formatters"]["json"]
    form = {"processors": declared["processors"], "foreign_pre_chain": declared["foreign_pre_chain"]}
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**form))
    before = {name: logging.getLogger(name).level for name in ("", *QUIET)}
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name or None).setLevel(level)
