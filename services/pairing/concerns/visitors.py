"""Somebody who raises a concern without signing in: which programmes she can name, and how she finds her concern again."""

from chassis.errors import Invalid
from chassis.unit_of_work import UnitOfWork
from pairing.concerns.model import VISITOR, Content
from pairing.concerns.numbers import id_of, read
from pairing.concerns.own import OwnConcern, own_view
from pairing.concerns.repository import CONCERNS
from pairing.intake.repository import open_entrances
from pairing.programmes.model import Programme
from pairing.programmes.repository import of_ids


def programmes(uow: UnitOfWork) -> list[Programme]:
    """What a visitor can choose from: the programmes that everybody may know, since their form lets everybody in; none unless several."""
    entrances = open_entrances(uow)
    found = {programme.id: programme for programme in of_ids(uow, entrances)}
    public = [each for each in found.values() if entrances[each.id].lets_in(each, uow.now.date())]
    return sorted(public, key=lambda each: each.name) if len(public) > 1 else []


def content(uow: UnitOfWork, *, words: str, reach: str, programme_id: str) -> Content:
    """What a visitor says; raises Invalid when it is to be about a programme that was not offered to her."""
    if programme_id and programme_id not in {programme.id for programme in programmes(uow)}:
        raise Invalid({"programme_id": ["Choose from the list, or leave it open."]})
    return Content(words=words, reach=reach, programme_id=programme_id)


def of_number(uow: UnitOfWork, typed: str) -> OwnConcern | None:
    """What she who has this number sees of the concern, as any raiser sees of hers; none when there is no concern with this number."""
    number = read(typed)
    found = uow.find_one(CONCERNS, {"_id": id_of(uow.settings.secret, number), "raised_by": VISITOR}) if number else None
    return own_view(uow, found) if found else None
