"""What people see: page layout, form and chart macros, five languages, dates in the reader's zone, and mail."""

from ui.reader import from_reader, gettext, ngettext, reader
from ui.rendering import install, page

__all__ = ["from_reader", "gettext", "install", "ngettext", "page", "reader"]
