"""Puts an export together as one ZIP file, when it is fetched: nothing readable lies anywhere before."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from chassis import sealing
from chassis.data_rights import part_name
from chassis.unit_of_work import UnitOfWork
from pairing.data_rights import readme
from pairing.data_rights.model import Export
from pairing.data_rights.repository import parts_of
from pairing.people.error_sheet import inert

Files = dict[str, Mapping[str, Any]]
"""Service to its files: name without ending → content."""


def archive(read: UnitOfWork, export: Export, language: str, time_zone: str) -> bytes:
    """The ZIP: README.txt in this language, a folder for each service with JSON files, and CSV beside every list."""
    found = contents(read, export)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", readme.text(export, found, language, time_zone))
        for service, files in found.items():
            for name, content in files.items():
                file.writestr(f"{service}/{name}.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n")
                if isinstance(content, list) and content:
                    file.writestr(f"{service}/{name}.csv", _table(content))
    return written.getvalue()


def contents(read: UnitOfWork, export: Export) -> Files:
    """What every service sent; one whose parts are not all here, or cannot be opened, is not in it."""
    key = sealing.fetch_back(read.settings.secret, export.id, export.locked_key)
    found: Files = {}
    for service, parts in parts_of(read, export.id).items():
        if export.answered(service):
            try:
                found[service] = sealing.unseal(key, part_name(export.id, service), parts)
            except sealing.Unopenable:
                continue
    return found


def _table(rows: list[dict[str, Any]]) -> bytes:
    """A list as CSV that no spreadsheet program calculates: UTF-8 with byte order mark and semicolons."""
    sheet, columns = io.StringIO(), list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(sheet, delimiter=";")
    writer.writerow(columns)
    writer.writerows([inert(_cell(row.get(name))) for name in columns] for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
