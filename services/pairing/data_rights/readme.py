"""The README of a copy of somebody's data, in her language: what is in it, what is lacking, what is left out and why."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.topics import SERVICES
from pairing.data_rights import words
from pairing.data_rights.model import Export
from ui.formats import moment_text
from ui.language import Translator, mark, translator

LOCALE = Path(__file__).parents[1] / "locale"

TITLE = mark("A copy of your data")
TOLD = (
    mark("You have a right to this copy (GDPR, Articles 15 and 20). Each part of the system has its own folder."),
    mark("Files that end in .json can be read in any editor. Files that end in .csv hold the same lists for a spreadsheet."),
)
LEFT_OUT = (
    mark("What somebody else wrote, such as your mentor's own look back on a session, is theirs and not in here (GDPR, Article 15(4))."),
    mark("Neither is whom coordinators keep apart, and why: that protects others too."),
    mark("Of the other people you find no more than the name by which you know them."),
    mark("Answers in feedback rounds bear no name. Nobody can tell which are yours, so they cannot be in here."),
)
NO_WORDS = mark("This copy was made for a guardian. What the young person wrote in confidence is not in it.")
RIGHTS = (
    mark("Is something wrong, or do you want it erased? Say so on the page “Your data”, or to your coordinator."),
    mark("If you think that we treat your data wrongly, you can complain to the data-protection authority of your country."),
)


def text(export: Export, found: Mapping[str, Mapping[str, Any]], language: str, time_zone: str) -> str:
    """The whole text, wrapped by nobody; lines end as every editor understands."""
    say = translator(language, LOCALE)
    head = [say.gettext(TITLE), "", moment_text(export.asked_at, say.language, time_zone), ""]
    told = [say.gettext(sentence) for sentence in TOLD]
    left = [say.gettext(sentence) for sentence in (*LEFT_OUT, *(() if export.with_words else (NO_WORDS,)))]
    rights = [say.gettext(sentence) for sentence in RIGHTS]
    return "\r\n".join([*head, *told, "", *_folders(found, say), "", *left, "", *rights, ""])


def _folders(found: Mapping[str, Mapping[str, Any]], say: Translator) -> list[str]:
    lines: list[str] = []
    for service in SERVICES:
        name = say.gettext(words.SERVICES[service])
        if service in found:
            lines.append(f"{service}/  {name}: {', '.join(found[service])}")
        else:
            lines.append(say.say("%(name)s did not answer in time, so its part is lacking. Ask for a new copy.", name=name))
    return lines
