"""Publishing a match run: at once, or, where it has very many pairs, a sheet at a time by the clock."""

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import offers, repository
from pairing.matching.gathering import EXCLUDED, MET_BEFORE
from pairing.matching.model import LostPair, MatchRun
from pairing.matching.offers import Offer, Standing
from pairing.matching.repository import RUNS
from pairing.matching.sheets import PAIRS, PER_SHEET
from pairing.pairings import commands as pairings
from pairing.pairings import proposing
from pairing.pairings.rematching import match_again
from pairing.programmes import commands as programmes
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES, hold
from pairing.programmes.stages import CLOSING, is_before
from ui.language import mark

PUBLISH = "publish-match-run"
AT_ONCE = 500
"""Pairs up to which a run is published while somebody waits; more of them are proposed by the clock."""
OUT_OF_DATE = "match-run-out-of-date"
TAKEN = mark("People got another pairing or left since this proposal was computed. Compute a new one; it takes a second.")
WHY = {
    EXCLUDED: mark("A pair of this proposal was excluded since it was computed. Compute a new one; it takes a second."),
    MET_BEFORE: mark("Two people of this proposal said no to each other, or ended early, since it was computed. Compute a new one."),
}
"""Why a proposal is out of date, where there is more to say than TAKEN."""
ENDING = "ending"
"""Why a pair is not proposed when the programme comes to its end meanwhile."""


def publish(uow: UnitOfWork, run_id: str) -> MatchRun:
    """Proposes every pair or group of the run to its people, and sets the programme's other waiting runs aside.

    Raises Refused when it was published or overtaken, when people are no longer free, when safeguarding forbids a pair meanwhile, or
    when the programme is coming to its end. Of a run of very many pairs those that cannot be proposed are left out and told so.
    """
    run = uow.get(RUNS, run_id)
    programme = uow.get(PROGRAMMES, run.programme_id)
    hold(uow, [programme.id])
    programmes.tell(uow, programme, programme.begin_running())
    run.begin_publishing(uow.now)
    for other in repository.waiting(uow, run.programme_id):
        if other.id != run.id:
            other.supersede()
    if run.figures.pairs > AT_ONCE and not run.of_groups:
        _plan(uow, run.id, sheet=1)
        return run
    everything = offers.of_groups(run) or offers.of_sheets(repository.sheets(uow, run.id, PAIRS))
    _make_all(uow, programme, everything)
    run.send(len(everything))
    uow.emit(run, run.end_publishing())
    return run


def publish_sheet(uow: UnitOfWork, run_id: str, sheet: int) -> None:
    """Proposes the pairs of one sheet, leaves out those that something forbids meanwhile, and goes on; the clock's command."""
    run = uow.get(RUNS, run_id)
    programme = uow.get(PROGRAMMES, run.programme_id)
    hold(uow, [programme.id])
    laid_out = repository.sheet(uow, run.id, PAIRS, sheet)
    wanted = offers.of_sheets([laid_out])
    lost = _make_those_that_can_be(uow, programme, wanted)
    run.send(len(wanted) - len(lost), lost)
    if len(laid_out.pairs) == PER_SHEET:
        _plan(uow, run.id, sheet + 1)
        return
    uow.emit(run, run.end_publishing())
    match_again(uow, run.programme_id)


def _make_all(uow: UnitOfWork, programme: Programme, wanted: list[Offer]) -> None:
    standing = offers.standing(uow, programme.id, wanted)
    for offer in wanted:
        hindrance = standing.hindrance(offer)
        if hindrance:
            raise Refused(OUT_OF_DATE, WHY.get(hindrance, TAKEN))
        _make(uow, programme, standing, offer)


def _make_those_that_can_be(uow: UnitOfWork, programme: Programme, wanted: list[Offer]) -> list[LostPair]:
    standing, lost = offers.standing(uow, programme.id, wanted), []
    for offer in wanted:
        hindrance = standing.hindrance(offer) if is_before(programme.state, CLOSING) else ENDING
        try:
            if not hindrance:
                _make(uow, programme, standing, offer)
        except Refused as refused:
            hindrance = refused.code.removeprefix("safeguarding-").replace("-", "_")
        if hindrance:
            lost.append(LostPair(offer.mentor_ids[0], offer.mentee_ids[0], hindrance))
    return lost


def _make(uow: UnitOfWork, programme: Programme, standing: Standing, offer: Offer) -> None:
    mentors, mentees = ([standing.people[id] for id in ids] for ids in (offer.mentor_ids, offer.mentee_ids))
    if offer.is_group:
        proposing.propose_group(uow, programme, mentors, mentees, offer.fit)
    else:
        pairings.propose(uow, programme, mentors[0], mentees[0], offer.fit)
    standing.take(offer)


def _plan(uow: UnitOfWork, run_id: str, sheet: int) -> None:
    uow.schedule(PUBLISH, uow.now, f"{PUBLISH}:{run_id}", run_id=run_id, sheet=sheet)
