"""What can be wrong with a catalogue: missing, obsolete or unsure translations, and places that do not match."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

PLACE = re.compile(r"%\((\w+)\)[sd]")


def faults(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """One sentence per fault of `catalogue` against the messages in `template`."""
    for wanted in template:
        if not wanted.id:
            continue
        found = catalogue.get(wanted.id, wanted.context)
        if found is None:
            yield f"missing: {_shown(wanted)}"
        else:
            yield from _message_faults(found, catalogue.num_plurals)
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"obsolete: {_shown(message)}"


def _message_faults(message: Message, plurals: int) -> Iterator[str]:
    given = message.string if isinstance(message.string, tuple | list) else (message.string,)
    translations = [translation or "" for translation in given]
    identifiers = message.id if isinstance(message.id, tuple | list) else (message.id,)
    if not all(translations) or len(translations) < (plurals if len(identifiers) > 1 else 1):
        yield f"untranslated: {_shown(message)}"
        return
    if message.fuzzy:
        yield f"unsure: {_shown(message)}"
    expected = places(identifiers[-1])
    counted = {"num"} if len(identifiers) > 1 else set()
    for translation in translations:
        if places(translation) | counted != expected | counted:
            yield f"other places than the message: {_shown(message)}"
        if _stray(translation) != _stray(identifiers[-1]):
            yield f"a per cent sign that is not doubled: {_shown(message)}"


def places(text: str) -> set[str]:
    """The names in the %(name)s places of a text."""
    return set(PLACE.findall(text))


def _stray(text: str) -> bool:
    return "%" in PLACE.sub("", text).replace("%%", "")


def _shown(message: Message) -> str:
    return repr(message.id if isinstance(message.id, str) else message.id[0])
