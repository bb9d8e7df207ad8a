"""Printable documents: a Typst template and values become a tagged PDF, accessible by PDF/UA-1 (ISO 14289-1) wherever the fonts allow.

A template lies beside the pages of its noun, `templates/<noun>/<name>.typ`. It finds its values in `given`, with dates and numbers as the
reader writes them, and gets its look from `ui/templates/printed.typ`. A service that prints names `typst` in its requirements.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

LOOK = Path(__file__).parent / "templates" / "printed.typ"
ATTEMPTS: tuple[tuple[bool, Literal["ua-1", "1.7"]], ...] = ((True, "ua-1"), (False, "ua-1"), (False, "1.7"))
"""Own fonts of Typst alone, and standard. Where glyphs are missing, the machine's fonts help; at last blanks are better than nothing."""


def render(template: Path, values: Mapping[str, object], *, language: str, at: datetime | None = None) -> bytes:
    """The PDF of a template with these values, of which `title` is the document's own; `at` is its date, left out when None.

    Values are JSON (text, numbers, lists, objects) and can say nothing to Typst: they are data, never part of the source. Nothing
    outside the template's folder can be read. Same input, same bytes, on one machine. Raises `typst.TypstError` for a faulty template.
    """
    import typst

    told = {"values": json.dumps(dict(values)), "language": language, "dated": "yes" if at else "no"}
    source = LOOK.read_bytes() + template.read_bytes()
    for own_fonts, standard in ATTEMPTS:
        how: dict[str, Any] = {"ignore_system_fonts": own_fonts, "pdf_standards": [standard], "timestamp": at}
        try:
            return bytes(typst.compile(source, root=str(template.parent), format="pdf", sys_inputs=told, **how))
        except typst.TypstError as error:
            refused = error
    raise refused
