"""Settings of the web server of an embedded instance; gunicorn reads the names of this module."""

import os
import pathlib

from chassis.logs import LOGGING
from embedded import tether

bind = f"fd://{os.environ['WEB_LISTENER']}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "1"))
threads = 16
timeout = 60
graceful_timeout = 8
keepalive = 75
preload_app = False
control_socket_disable = True
worker_tmp_dir = os.environ["TMPDIR"]
logconfig_dict = LOGGING


def post_fork(server: object, worker: object) -> None:
    """A worker ends with the master that forked it."""
    tether.tie()


def post_worker_init(worker: object) -> None:
    """The applications are loaded: the supervisor may call the web ready."""
    pathlib.Path(os.environ["READY_FILE"]).touch()
