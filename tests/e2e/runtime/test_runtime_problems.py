"""What goes wrong at the start ends with one sentence, its remedy and exit code 1, and leaves nothing running."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from embedded import leftovers
from embedded.home import Home


@pytest.fixture
def start(command_environment, tmp_path):
    def run(*arguments, home=tmp_path / "home", environment=None, before=()):
        command = [*before, sys.executable, "-m", "embedded", "up", "--home", str(home), *arguments]
        result = subprocess.run(
            command, env=command_environment | (environment or {}), capture_output=True, text=True, timeout=60, check=False
        )
        assert "Traceback" not in result.stderr
        assert list(leftovers.of(Home.at(home))) == []
        return result

    return run


def said(result):
    assert result.returncode == 1
    return result.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("foreground", [[], ["--foreground"]])
def test_a_busy_port(start, foreground):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert said(start("--port", str(port), *foreground)).startswith(f"Port {port} on 127.0.0.1 is used by another program.")


def test_a_service_that_keeps_dying(start, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "broken-sessions").touch()
    result = start("--port", "0")
    assert said(result) == f"The process `sessions` keeps ending (exit code 7). Read {tmp_path}/home/logs/sessions.log."
    assert "  | cannot work: the reason" in result.stderr


def test_damaged_database_files(start, tmp_path):
    (tmp_path / "home" / "mongo").mkdir(parents=True)
    (tmp_path / "home" / "mongo" / "WiredTiger").write_text("WiredTiger\n")
    (tmp_path / "home" / "mongo" / "WiredTiger.turtle").write_text("garbage")
    (tmp_path / "home" / "mongo" / "WiredTiger.wt").write_text("garbage")
    assert said(start("--port", "0")).startswith("The database files are damaged. Restore")


def test_a_cut_secret(start, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "secret").write_text("cut")
    assert "secret is broken" in said(start("--port", "0"))


def test_a_mongod_that_lacks_a_library(start, tmp_path):
    program = tmp_path / "mongod"
    program.write_text(
        "#!/bin/sh\necho 'mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file' >&2\nexit 127\n"
    )
    program.chmod(0o755)
    result = start("--port", "0", environment={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert said(result).startswith("The library libcurl.so.4, which mongod needs, is missing. Install it: apt-get install libcurl4")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_a_folder_that_the_user_may_not_write(start, tmp_path):
    if not shutil.which("setpriv"):
        pytest.skip("needs setpriv")
    result = start("--port", "0", before=["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"], home="/usr/fabconnect")
    assert said(result) == "/usr/fabconnect is not writable. Give yourself the right to write there, or choose another HOME_FOLDER."


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs root to mount a small disk")
def test_a_disk_that_is_too_small(start, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(small)], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a small disk: {mounted.stderr!r}")
    try:
        assert "MB free and 600 MB are needed" in said(start("--port", "0", home=small / "home"))
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize("arguments", [["--port", "seventy"], ["--nonsense"]])
def test_a_wrong_option(start, arguments):
    result = start(*arguments)
    assert result.returncode == 2
    assert "Error:" in result.stderr
