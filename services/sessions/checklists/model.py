"""The data-protection and safety checklist, versioned as data: a changed text is a new version, never an edit of an old one.

What it covers: informed consent, limited access and safe sharing (GDPR, Art. 5 to 7 and 25), and safeguarding in one-to-one contact.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chassis.errors import Invalid, Refused
from ui.language import mark


@dataclass(frozen=True)
class Item:
    """One thing to confirm; `text` is an English sentence (a message id)."""

    key: str
    text: str


@dataclass(frozen=True)
class Checklist:
    """One version of the list."""

    version: int
    items: tuple[Item, ...]

    def require_all(self, version: int, confirmed: Iterable[str]) -> None:
        """Passes when every item of this version is confirmed; raises Refused for another version, Invalid when items lack."""
        if version != self.version:
            raise Refused("checklist_changed", "The checklist has a new version. Read it again, then confirm it.")
        given = set(confirmed)
        lacking = [item.key for item in self.items if item.key not in given]
        if lacking:
            raise Invalid({key: [mark("Confirm this item, or talk to your coordinator before you meet.")] for key in lacking})


CHECKLISTS = {
    1: Checklist(
        1,
        (
            Item("consent", mark("My mentee knows what is written down about her and why. If she is under age, her guardian knows too.")),
            Item("little", mark("I note only what the mentoring needs, and nobody else can read my notes.")),
            Item(
                "channel",
                mark("We use the programme's platforms. Nothing sensitive goes through open links or private chat accounts."),
            ),
            Item("place", mark("We meet at an agreed place or in an agreed video room, and the programme knows when and where.")),
            Item("pictures", mark("No pictures, recordings or posts, unless she (and her guardian) said yes to exactly that use.")),
            Item("trust", mark("She knows that our talks stay between us, and that I must tell somebody when anyone is in danger.")),
            Item("concern", mark("I know the safeguarding lead of the programme, and I report a worry on the same day.")),
        ),
    ),
}
CURRENT = CHECKLISTS[max(CHECKLISTS)]
