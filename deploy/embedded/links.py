"""Asks the pairing service for a one-time sign-in link of the administrator."""

import os
import subprocess
import sys
from collections.abc import Mapping

from embedded.problems import Problem


def administrator(environment: Mapping[str, str]) -> str:
    """A fresh link; `environment` is that of the running services. Raises `Problem` when the service gives none."""
    command = [sys.executable, "-m", "pairing", "sign-in-link", "--administrator"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **environment}, check=False)
    except subprocess.TimeoutExpired as error:
        raise Problem("The sign-in link was not made within 60 s.", "Look at `make status` and try `make sign-in-link` again.") from error
    lines = asked.stdout.strip().splitlines()
    if asked.returncode != 0 or not lines:
        detail = asked.stderr.strip().splitlines()[-3:]
        raise Problem("The sign-in link could not be made.", "Look at `make status` and try `make sign-in-link` again.", detail)
    return lines[-1]
