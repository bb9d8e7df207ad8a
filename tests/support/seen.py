"""What a browser makes of a page: its tags, attributes, addresses and text; and what stands in a printed document."""

from html.parser import HTMLParser
from io import BytesIO

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
    """All that can be read in an answer: a page, a printed document, or the text itself."""
    if answer.mimetype == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return Seen(answer.text).text if answer.mimetype == "text/html" else str(answer.text)
