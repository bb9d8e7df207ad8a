"""How the web process of one service listens and works; gunicorn reads the names of this module."""

import os
import shutil
from pathlib import Path
from typing import Any

from prometheus_client import multiprocess

from chassis.logs import LOGGING

workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
control_socket_disable = True
preload_app = False
timeout = 60
graceful_timeout = 25
keepalive = 75
max_requests = 20_000
max_requests_jitter = 2_000
logconfig_dict = LOGGING


def on_starting(server: Any) -> None:
    """Metrics start at nought: files of processes that are gone would be counted for ever."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True)


def child_exit(server: Any, worker: Any) -> None:
    """A worker that ended no longer counts in the gauges of living processes."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)
