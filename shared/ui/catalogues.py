"""Keeps the catalogues of translations in step with the sources: `python -m ui.catalogues update|check [package …]`."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from ui.catalogue_faults import faults
from ui.language import DEFAULT, LANGUAGES, LOCALES

NOISE = tuple(b'"' + name for name in (b"POT-", b"PO-Rev", b"Last-T", b"Report", b"Language-Team", b"Generated"))
ROOT = Path(__file__).parents[2]
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "mark", "say", "Stale")),
    **dict.fromkeys(("ngettext", "say_number"), (1, 2)),
    **dict.fromkeys(("Refused", "Forbidden", "Unavailable"), (2,)),
    "pgettext": ((1, "c"), 2),
}
"""Functions whose arguments are messages; of the errors it is the sentence after the code."""


def packages() -> dict[str, tuple[Path, ...]]:
    """Package to the folders its messages come from; the first one holds its catalogues. The common one speaks for the chassis too."""
    services = {folder.name: (folder,) for folder in sorted((ROOT / "services").iterdir()) if (folder / "__init__.py").is_file()}
    return {"ui": (ROOT / "shared" / "ui", ROOT / "shared" / "chassis"), **services}


def extract(folders: tuple[Path, ...]) -> Catalog:
    """The messages of these folders, with the files they stand in."""
    catalogue = Catalog(project="FabConnect", fuzzy=False)
    for folder in folders:
        found = extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS, comment_tags=("translators:",), strip_comment_tags=True)
        for filename, _line, message, comments, context in found:
            catalogue.add(message, None, [(f"{folder.name}/{filename}", 0)], auto_comments=comments, context=context)
    return catalogue


def wanted(package: str) -> Catalog:
    """The messages that the catalogues of a package must hold: those in its sources that the common catalogue has not."""
    template = extract(packages()[package])
    if package != "ui":
        for message in extract(packages()["ui"]):
            if message.id:
                template.delete(message.id, message.context)
    return template


def path(package: str, language: str) -> Path:
    """Where the catalogue of a package and language lies."""
    return packages()[package][0] / "locale" / language / "LC_MESSAGES" / "messages.po"


def load(package: str, language: str) -> Catalog:
    """The catalogue as it is, empty when there is none yet."""
    file = path(package, language)
    if not file.is_file():
        return Catalog(locale=LOCALES[language], project="FabConnect", fuzzy=False)
    return read_po(BytesIO(file.read_bytes()), locale=LOCALES[language])


def update(package: str) -> None:
    """Adds new messages to every catalogue of a package and drops those that no source uses."""
    template = wanted(package)
    for language in _translated():
        catalogue = load(package, language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        written = BytesIO()
        write_po(written, catalogue, width=120, omit_header=False, include_lineno=False, sort_output=True)
        file = path(package, language)
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = [line for line in written.getvalue().splitlines() if line != b"#" and not line.startswith((b"# ", *NOISE))]
        file.write_bytes(b"\n".join(kept).strip() + b"\n")


def check(package: str) -> Iterator[str]:
    """One line per fault in the catalogues of a package."""
    template = wanted(package)
    for language in _translated():
        for fault in faults(template, load(package, language)):
            yield f"{package} {language}: {fault}"


def _translated() -> list[str]:
    return [language for language in LANGUAGES if language != DEFAULT]


@click.command()
@click.argument("action", type=click.Choice(["update", "check"]))
@click.argument("names", nargs=-1, metavar="[PACKAGE]...")
def main(action: str, names: tuple[str, ...]) -> None:
    """Update the catalogues from the sources, or check that nothing is missing."""
    found = []
    for package in names or packages():
        if action == "update":
            update(package)
        else:
            found += list(check(package))
    for fault in found:
        click.echo(fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
