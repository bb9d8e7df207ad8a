"""Who may do what in `pairing`: endpoint → policy. A route without a row here does not start."""

from typing import Any

from chassis.auth import Principal
from chassis.policies import any_of, audited, either, public, signed_in
from chassis.unit_of_work import UnitOfWork
from pairing.agreements.parties import answers_for
from pairing.concerns.reading import may_read
from pairing.concerns.repository import CONCERNS
from pairing.matching.repository import RUNS
from pairing.pairings.repository import PAIRINGS
from pairing.people.repository import DRAFTS, PEOPLE

administrator = any_of("administrator")
coordinator = any_of("coordinator")
safeguarding_lead = any_of("safeguarding_lead")


def runs(who: Principal, read: UnitOfWork, *, programme_id: str, **_: Any) -> bool:
    """The coordinators of this programme."""
    return who.has("coordinator") and programme_id in who.programmes


def in_programme(who: Principal, read: UnitOfWork, *, programme_id: str, **_: Any) -> bool:
    """Everybody who takes part in this programme or runs it."""
    return programme_id in who.programmes


def oneself(who: Principal, read: UnitOfWork, *, person_id: str, **_: Any) -> bool:
    """The person."""
    return who.id == person_id


def runs_person(who: Principal, read: UnitOfWork, *, person_id: str, **_: Any) -> bool:
    """The coordinators of a programme that this person is in."""
    return who.has("coordinator") and not who.programmes.isdisjoint(read.get(PEOPLE, person_id).programme_ids)


def own_draft(who: Principal, read: UnitOfWork, *, draft_id: str, **_: Any) -> bool:
    """The coordinator who uploaded this file, while she runs its programme."""
    draft = read.get(DRAFTS, draft_id)
    return who.has("coordinator") and draft.owner_id == who.id and draft.programme_id in who.programmes


def runs_match_run(who: Principal, read: UnitOfWork, *, run_id: str, **_: Any) -> bool:
    """The coordinators of the programme that this match run is for."""
    return who.has("coordinator") and read.get(RUNS, run_id).programme_id in who.programmes


def runs_pairing(who: Principal, read: UnitOfWork, *, pairing_id: str, **_: Any) -> bool:
    """The coordinators of the programme that this pairing belongs to."""
    return who.has("coordinator") and read.get(PAIRINGS, pairing_id).programme_id in who.programmes


def party(who: Principal, read: UnitOfWork, *, pairing_id: str, **_: Any) -> bool:
    """The people of this pairing."""
    return who.id in read.get(PAIRINGS, pairing_id).members


def guards_member(who: Principal, read: UnitOfWork, *, pairing_id: str, **_: Any) -> bool:
    """The guardians of minors in this pairing."""
    return who.has("guardian") and answers_for(read, read.get(PAIRINGS, pairing_id), who.id)


def looks_after(who: Principal, read: UnitOfWork, *, concern_id: str, **_: Any) -> bool:
    """The safeguarding leads, but for one who raised this concern or whom it is about."""
    return who.has("safeguarding_lead") and may_read(read, read.get(CONCERNS, concern_id), who.id)


signs = either(party, guards_member)
reads_agreement = either(party, guards_member, audited(runs_pairing))

POLICIES = {
    "accounts_pages.sign_in": public,
    "accounts_pages.ask": public,
    "accounts_pages.sent": public,
    "accounts_pages.confirm": public,
    "accounts_pages.use": public,
    "accounts_pages.renew": public,
    "accounts_pages.sign_out": public,
    "accounts_pages.jwks": public,
    "oidc_pages.start": public,
    "oidc_pages.finish": public,
    "sign_in_links.ask": public,
    "tokens.redeem": public,
    "tokens.renew": public,
    "tokens.sign_out": signed_in,
    "staff_pages.index": administrator,
    "staff_pages.invite": administrator,
    "staff_pages.close": administrator,
    "match_runs.index": coordinator,
    "match_runs.create": coordinator,
    "match_runs.show": audited(runs_match_run),
    "match_runs.publish": runs_match_run,
    "matching_pages.index": coordinator,
    "matching_pages.compute": coordinator,
    "matching_pages.show": audited(runs_match_run),
    "matching_pages.publish": runs_match_run,
    "pairings.index": signed_in,
    "pairings.show": either(party, audited(runs_pairing)),
    "pairings.accept": party,
    "pairings.decline": party,
    "pairings_pages.index": either(audited(coordinator), signed_in),
    "pairings_pages.show": either(party, audited(runs_pairing)),
    "pairings_pages.accept": party,
    "pairings_pages.decline": party,
    "agreements.show": reads_agreement,
    "agreements.write": party,
    "agreements.sign": signs,
    "agreements_pages.show": reads_agreement,
    "agreements_pages.version": reads_agreement,
    "agreements_pages.printed": reads_agreement,
    "agreements_pages.edit": party,
    "agreements_pages.write": party,
    "agreements_pages.sign": signs,
    "concerns.index": signed_in,
    "concerns.raise_concern": signed_in,
    "concerns_pages.index": signed_in,
    "concerns_pages.new": signed_in,
    "concerns_pages.raise_concern": signed_in,
    "cases_pages.index": audited(safeguarding_lead),
    "cases_pages.show": audited(looks_after),
    "cases_pages.take": looks_after,
    "cases_pages.note": looks_after,
    "cases_pages.message": looks_after,
    "cases_pages.close": looks_after,
    "home_pages.show": signed_in,
    "home_pages.privacy": public,
    "people.index": audited(runs),
    "people.show": either(oneself, audited(runs_person)),
    "people.import_file": coordinator,
    "people_pages.index": audited(coordinator),
    "people_pages.show": either(oneself, audited(runs_person)),
    "imports_pages.choose": coordinator,
    "imports_pages.upload": coordinator,
    "imports_pages.preview": audited(own_draft),
    "imports_pages.confirm": own_draft,
    "imports_pages.errors": audited(own_draft),
    "programmes.index": signed_in,
    "programmes.create": coordinator,
    "programmes.show": in_programme,
    "programmes.change": runs,
    "programmes_pages.index": coordinator,
    "programmes_pages.new": coordinator,
    "programmes_pages.create": coordinator,
    "programmes_pages.show": runs,
    "programmes_pages.change": runs,
}
