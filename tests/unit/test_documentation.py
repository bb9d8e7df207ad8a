"""The documents say what is there: links, make targets, paths, commands and configuration that README and the others name exist."""

import importlib
import re
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from chassis.cli import group
from chassis.config import SECRET_TEXTS, Settings
from contracts.topics import SERVICES

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "deploy/README.md", "deploy/kubernetes/README.md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`|^    (.+)$", re.MULTILINE)
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
COMMAND = re.compile(r"python -m (\w+)((?: [a-z][a-z-]*)*)")
TREE_PATH = re.compile(r"(?:services|shared|deploy|tests|\.ci|\.github)/[\w./-]+")
INVENTED = ("goals", "library", "meeting.missed", "/de/", "RESULTS.md", "deploy/.env")
"""Parts of paths that are examples of what somebody adds, or made by a command."""
SETTING = re.compile(r"^\| `([A-Z_]+)` \| (`[^`]*`|required|empty) \| .+ \|$", re.MULTILINE)
MOST_BYTES = 150_000

every_document = pytest.mark.parametrize("name", DOCUMENTS)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_in(name: str) -> list[str]:
    return [inline or block for inline, block in CODE.findall(text_of(name))]


def anchors(path: Path) -> set[str]:
    """The headings of a document, as links name them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(document: Path) -> list[str]:
    """The relative links of a document that lead to no file or to no heading."""
    broken = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        place, _, anchor = link.partition("#")
        target = document.parent / place if place else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    return broken


def described_settings(document: str) -> dict[str, str]:
    """Variable to default, as the table of configuration says."""
    return {name: default.strip("`") for name, default in SETTING.findall(document)}


def real_settings() -> dict[str, str]:
    """Variable to default, as the code has it, in the words of the table."""
    return {field.name.upper(): default_of(field) for field in fields(Settings)}


def default_of(field) -> str:
    if field.default is MISSING:
        return "required"
    return {"": "empty", "True": "true", "False": "false"}.get(str(field.default), str(field.default))


def unknown_commands(text: str) -> list[str]:
    """The `python -m …` of a service that its command line does not know."""
    return [f"{name}{words}" for name, words in COMMAND.findall(text) if name in SERVICES and not knows(name, words.split())]


def knows(service: str, words: list[str]) -> bool:
    found: click.Command | None = group(importlib.import_module(f"{service}.app").SERVICE)
    for word in words:
        if not isinstance(found, click.Group):
            return True
        found = found.commands.get(word)
    return found is not None


@every_document
def test_every_link_leads_somewhere(name):
    assert broken_links(ROOT / name) == []


def test_a_link_that_leads_nowhere_is_noticed(tmp_path):
    document = tmp_path / "README.md"
    document.write_text("# Here\n[a](gone.md) [b](#here) [c](#there) [d](README.md#here) ![e](gone.png) [f](https://example.org/x)")
    assert broken_links(document) == ["gone.md", "#there", "gone.png"]


@every_document
def test_every_make_target_that_is_named_can_be_made(name):
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))
    named = {target for code in code_in(name) for target in MAKE.findall(code)}
    assert named <= targets


@every_document
def test_every_path_that_is_named_exists(name):
    named = {path.rstrip("/.") for code in code_in(name) for path in TREE_PATH.findall(code)}
    real = [path for path in named if not any(part in path for part in INVENTED)]
    assert [path for path in real if not (ROOT / path).exists()] == []


@every_document
def test_every_command_of_a_service_that_is_named_exists(name):
    assert unknown_commands(text_of(name)) == []


def test_a_command_that_does_not_exist_is_noticed():
    told = "`python -m sessions dlq list` `python -m sessions dlq burn` `python -m pairing fly`"
    assert unknown_commands(told) == ["sessions dlq burn", "pairing fly"]


def test_the_table_of_configuration_has_every_variable_with_its_default():
    assert described_settings(text_of("README.md")) == real_settings()


@pytest.mark.parametrize("name", SECRET_TEXTS)
def test_the_file_variant_of_every_secret_is_named(name):
    assert f"{name.upper()}_FILE" in text_of("README.md")


def test_the_newest_entry_of_the_changes_is_the_version_of_the_project():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert re.findall(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)[0] == version


def test_the_pictures_are_small_and_the_drawing_speaks_for_itself():
    pictures = list((ROOT / "deploy" / "docs").iterdir())
    assert {picture.name for picture in pictures} == {"report.png", "system.svg"}
    assert all(picture.stat().st_size <= MOST_BYTES for picture in pictures)
    drawing = ElementTree.parse(ROOT / "deploy" / "docs" / "system.svg").getroot()
    told = {part.tag.rpartition("}")[2]: part.text for part in drawing}
    assert told["title"] and all(service in told["desc"] for service in SERVICES)
