"""The installer says what it lacks, and does nothing when nothing changed."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def installer(tmp_path):
    """The installer of a copy of the project's requirement files, with an installation in place."""
    for source in [
        ROOT / "pyproject.toml",
        ROOT / "deploy" / "constraints.txt",
        ROOT / "deploy" / "install.py",
        ROOT / "shared" / "requirements.txt",
    ]:
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(source, copy)
    specification = importlib.util.spec_from_file_location("installer", tmp_path / "deploy" / "install.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.PYTHON.parent.mkdir(parents=True)
    module.PYTHON.symlink_to(sys.executable)
    return module


@pytest.fixture
def commands(installer, monkeypatch):
    """The commands that the installer runs; none is really run."""
    seen = []
    monkeypatch.setattr(installer.subprocess, "call", lambda command, **_: seen.append(command) or 0)
    return seen


def test_an_old_python_is_told(installer):
    with pytest.raises(installer.Failure, match=r"needs Python 3\.11 or newer; .* is 3\.9"):
        installer.check_python((3, 9, 2))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_virtual_environments_is_told(installer, monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(installer.Failure, match=f"lacks its module {module}.*apt-get install python3.11-venv"):
        installer.check_python((3, 11, 2))


def test_the_first_run_installs_and_the_second_does_nothing(installer, commands):
    installer.main("")
    assert any(".[embedded]" in command for command in commands)
    commands.clear()
    installer.main("")
    assert commands == []


def test_testing_needs_more_than_running(installer, commands):
    installer.main("")
    commands.clear()
    installer.main("test")
    assert any(".[embedded,test]" in command for command in commands)
    commands.clear()
    installer.main("")
    assert commands == []


@pytest.mark.parametrize("changed", ["pyproject.toml", "deploy/constraints.txt", "shared/requirements.txt"])
def test_a_changed_requirement_is_installed(installer, commands, tmp_path, changed):
    installer.main("")
    commands.clear()
    newer = (installer.VENV / "installed-embedded").stat().st_mtime + 1
    os.utime(tmp_path / changed, (newer, newer))
    installer.main("")
    assert commands


def test_a_failed_installation_is_tried_again(installer, monkeypatch):
    monkeypatch.setattr(installer.subprocess, "call", lambda command, **_: 0 if "import pip" in command else 1)
    for _ in range(2):
        with pytest.raises(installer.Failure, match="could not be installed"):
            installer.main("")


def test_make_without_a_target_explains_itself():
    shown = subprocess.run(
        ["make", "-C", str(ROOT)], capture_output=True, text=True, check=True, env={**os.environ, "MAKEFLAGS": ""}
    ).stdout
    for target in ("up", "down", "status", "logs", "test", "lint", "demo", "bench", "test-containers", "test-kafka"):
        assert f"make {target} " in shown
