"""Makes .venv and installs the project into it when something changed: python3 deploy/install.py [test].

It uses nothing newer than Python 3.6, so that a Python that is too old can still say so.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "deploy" / "constraints.txt"
OLDEST = (3, 11)


class Failure(Exception):
    """A sentence and its remedy for the person who installs."""


def sources():
    """The files that say what is to be installed."""
    found = [ROOT / "pyproject.toml", CONSTRAINTS]
    for folder in ("shared", "services", "deploy", "tests"):
        found.extend((ROOT / folder).glob("**/requirements.txt"))
    return found


def current(stamp):
    """Whether the last installation is newer than all that it was made from."""
    if not (stamp.exists() and PYTHON.exists()):
        return False
    made = stamp.stat().st_mtime
    return all(path.stat().st_mtime <= made for path in sources())


def check_python(version=sys.version_info):
    """Raises Failure when this Python is too old or cannot make a virtual environment."""
    if tuple(version[:2]) < OLDEST:
        found = f"{sys.executable} is {version[0]}.{version[1]}"
        raise Failure(f"FabConnect needs Python 3.11 or newer; {found}. Install a newer one and name it: make up PYTHON=python3.12.")
    try:
        __import__("venv")
        __import__("ensurepip")
    except ImportError as error:
        package = f"python{version[0]}.{version[1]}-venv"
        raise Failure(f"This Python lacks its module {error.name}. Install it: apt-get install {package} (Debian, Ubuntu).") from None


def make_venv():
    """Makes .venv unless there is a working one."""
    if PYTHON.exists() and subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        return
    say("Making .venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The folder .venv could not be made. Is the disk full?")


def install(extras):
    """Installs the project and its pinned dependencies."""
    say("Installing; a few minutes the first time")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(CONSTRAINTS), "-e", f".[{extras}]"]
    remedy = "No network, a full disk, or no package for this platform and Python: the lines above tell which."
    run(pip, f"The dependencies could not be installed. {remedy}")


def run(command, failure):
    """Runs a command in the project; raises Failure when it fails."""
    if subprocess.call(command, cwd=str(ROOT)) != 0:
        raise Failure(failure)


def say(text):
    """Tells what goes on."""
    sys.stderr.write(f"{text} …\n")
    sys.stderr.flush()


def main(extra):
    """Brings .venv up to date for running, or with "test" for testing too."""
    extras = "embedded,test" if extra == "test" else "embedded"
    stamps = [VENV / f"installed-{name}" for name in extras.split(",")]
    if current(stamps[-1]):
        return
    check_python()
    make_venv()
    install(extras)
    for stamp in stamps:
        stamp.touch()


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
    except Failure as failure:
        sys.exit(str(failure))
    except OSError as error:
        sys.exit(f"{error}. Is the disk full, or does the folder belong to somebody else?")
