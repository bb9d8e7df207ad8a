"""The checklist is whole, versioned, and confirmed only in full."""

import pytest

from chassis.errors import Invalid, Refused
from sessions.checklists.model import CHECKLISTS, CURRENT

KEYS = [item.key for item in CURRENT.items]


def test_versions_count_up_and_the_last_is_current() -> None:
    assert list(CHECKLISTS) == [checklist.version for checklist in CHECKLISTS.values()] == list(range(1, len(CHECKLISTS) + 1))
    assert CHECKLISTS[CURRENT.version] is CURRENT
    assert len(KEYS) == len(set(KEYS)) == 7


def test_all_items_in_any_order_pass() -> None:
    CURRENT.require_all(CURRENT.version, reversed(KEYS))


@pytest.mark.parametrize("lacking", KEYS)
def test_each_lacking_item_is_named(lacking: str) -> None:
    with pytest.raises(Invalid) as refused:
        CURRENT.require_all(CURRENT.version, [key for key in KEYS if key != lacking])
    assert list(refused.value.errors) == [lacking]


def test_another_version_is_to_be_read_again() -> None:
    with pytest.raises(Refused, match="new version"):
        CURRENT.require_all(CURRENT.version + 1, KEYS)
