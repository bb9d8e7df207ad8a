"""What happens to a concern: it is raised, looked after, written about and closed; the only writer of concerns."""

from dataclasses import replace

from chassis.unit_of_work import UnitOfWork
from pairing.accounts.repository import active_with
from pairing.concerns.model import VISITOR, Concern, Content
from pairing.concerns.numbers import id_of, number_of
from pairing.concerns.repository import CONCERNS
from pairing.concerns.seal import content_of, seal, seal_content, texts_of

LEAD = "safeguarding_lead"


def raise_concern(uow: UnitOfWork, id: str, raised_by: str, content: Content, *, urgent: bool) -> Concern:
    """Seals what somebody says and tells the safeguarding leads that there is something, not what.

    `id` comes with the form: sent twice it is one concern. Other words under the same id are a concern of their own: nothing is lost.
    """
    known = uow.find_one(CONCERNS, {"_id": id})
    if known and known.raised_by == raised_by and content_of(uow.settings.secret, known) == content:
        return known
    return _raise(uow, uow.new_id() if known else id, raised_by, content, urgent=urgent)


def raise_as_visitor(uow: UnitOfWork, form_id: str, content: Content, *, urgent: bool) -> str:
    """The same for somebody who is not signed in; gives the number of her concern, which nobody can tell her again.

    `form_id` comes with the form as above; the concern's own id follows from the number, so that no visitor chooses it.
    """
    secret, number = uow.settings.secret, number_of(uow.settings.secret, form_id)
    known = uow.find_one(CONCERNS, {"_id": id_of(secret, number)})
    if known and content_of(secret, known) == replace(content, number=number):
        return number
    number = number_of(secret, uow.new_id()) if known else number
    _raise(uow, id_of(secret, number), VISITOR, replace(content, number=number), urgent=urgent)
    return number


def readers(uow: UnitOfWork, concern: Concern, about_id: str) -> list[str]:
    """The safeguarding leads who may read a concern: those who did not raise it and whom it is not about."""
    return [id for id in active_with(uow, LEAD) if concern.may_be_read_by(id, about_id)]


def take(uow: UnitOfWork, concern_id: str, by: str) -> None:
    """A lead says that she looks into it; raises Forbidden, Refused."""
    concern = uow.get(CONCERNS, concern_id)
    concern.take(by, _about(uow, concern), uow.now)


def write(uow: UnitOfWork, concern_id: str, what: str, text: str, by: str) -> None:
    """Adds a note or a message to the raiser; the same text again right after it changes nothing. Raises Forbidden, Refused."""
    concern = uow.get(CONCERNS, concern_id)
    last = concern.log[-1:]
    repeated = last and (last[0].what, last[0].by) == (what, by) and texts_of(uow.settings.secret, concern)[-1] == text
    if not repeated:
        concern.write(what, by, _about(uow, concern), seal(uow.settings.secret, concern.place, text), uow.now)


def close(uow: UnitOfWork, concern_id: str, outcome: str, by: str) -> None:
    """Closes it with what came of it; raises Forbidden, Refused."""
    concern = uow.get(CONCERNS, concern_id)
    concern.close(by, _about(uow, concern), seal(uow.settings.secret, concern.place, outcome), uow.now)


def _raise(uow: UnitOfWork, id: str, raised_by: str, content: Content, *, urgent: bool) -> Concern:
    sealed = seal_content(uow.settings.secret, id, content)
    concern = Concern(id=id, raised_by=raised_by, raised_at=uow.now, urgent=urgent, sealed=sealed)
    uow.emit(concern, concern.raised(readers(uow, concern, content.about_id), active_with(uow, "administrator")))
    return uow.add(CONCERNS, concern)


def _about(uow: UnitOfWork, concern: Concern) -> str:
    return content_of(uow.settings.secret, concern).about_id
