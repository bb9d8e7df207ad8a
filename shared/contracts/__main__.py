"""Prints or writes what is generated from the events: `python -m contracts table | asyncapi [MODULE …]`.

Each MODULE holds a HANDLERS table, such as `sessions.handlers`; its service is listed as a receiver of the classes there.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path

from contracts import asyncapi, catalogue

DOCUMENT = Path(__file__).with_name("asyncapi.json")


def rendered(receivers: catalogue.Receivers) -> str:
    """The AsyncAPI document as the text that is kept beside this module."""
    return json.dumps(asyncapi.document(receivers), indent=2, ensure_ascii=False) + "\n"


def receivers_in(modules: list[str]) -> dict[str, set[type]]:
    """Who receives what, from the HANDLERS tables of these modules."""
    return {name.partition(".")[0]: set(importlib.import_module(name).HANDLERS) for name in modules}


def main(arguments: list[str] | None = None) -> None:
    """The command line; `asyncapi` writes the document, `table` prints Markdown."""
    parser = argparse.ArgumentParser(prog="python -m contracts", description="Generated documentation of the events.")
    parser.add_argument("what", choices=("asyncapi", "table"))
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="modules with a HANDLERS table: sessions.handlers …")
    chosen = parser.parse_args(arguments)
    receivers = receivers_in(chosen.modules)
    if chosen.what == "asyncapi":
        DOCUMENT.write_text(rendered(receivers), encoding="utf-8")
    else:
        sys.stdout.write(catalogue.table(receivers))


if __name__ == "__main__":
    main()
