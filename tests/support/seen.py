"""What a browser makes of a page: its tags, attributes, addresses and text; and what stands in a printed document."""

import io
import zipfile
from html.parser import HTMLParser

from pypdf import PdfReader
from werkzeug.test import TestResponse

ADDRESSES = ("href", "src", "action", "formaction")


class Seen(HTMLParser):
    """One page, read as a browser reads it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.addresses: list[str] = []
        self.values: list[str] = []
        self.pieces: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}
        self.values += [value or "" for _, value in attrs]
        self.addresses += [value or "" for name, value in attrs if name in ADDRESSES]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def text(self) -> str:
        """All text and all values of attributes."""
        return "".join(self.pieces) + "\n".join(self.values)


def text_of(answer: TestResponse) -> str:
    """What somebody reads who gets this answer: the page, the text, a printed document, or every file of an archive."""
    if answer.mimetype == "text/html":
        return Seen(answer.text).text
    if answer.mimetype == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    if answer.mimetype != "application/zip":
        return str(answer.text)
    file = zipfile.ZipFile(io.BytesIO(answer.data))
    return "\n".join(file.read(name).decode() for name in file.namelist())
