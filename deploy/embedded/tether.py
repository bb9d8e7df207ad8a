"""Runs a command that ends when the process that started it ends: python tether.py PARENT_PID command …

A program of its own, so that nothing but a few standard modules is loaded before the command takes its place.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie() -> None:
    """Asks Linux to kill this process when its parent dies; elsewhere the next start clears what was left."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main(arguments: list[str]) -> None:
    """Ties this process to its parent and becomes the command; ends at once when the parent is already gone."""
    parent, *command = arguments
    tie()
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
