"""Who may do what in `pairing`: endpoint → policy. A route without a row here does not start."""

from typing import Any

from chassis.auth import Principal
from chassis.policies import any_of, audited, either, public, signed_in
from chassis.unit_of_work import UnitOfWork
from pairing.data_rights.commands import guards
from pairing.data_rights.repository import ERASURES, EXPORTS
from pairing.matching.repository import RUNS
from pairing.pairings.repository import PAIRINGS
from pairing.people.repository import DRAFTS, PEOPLE

administrator = any_of("administrator")
coordinator = any_of("coordinator")


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


def guards_person(who: Principal, read: UnitOfWork, *, person_id: str, **_: Any) -> bool:
    """A guardian of this person."""
    return who.has("guardian") and guards(read, who.id, person_id)


def reads_export(who: Principal, read: UnitOfWork, *, export_id: str, **_: Any) -> bool:
    """The one for whom this copy is made."""
    return read.get(EXPORTS, export_id).reader_id == who.id


def about_oneself(who: Principal, read: UnitOfWork, *, export_id: str, **_: Any) -> bool:
    """The person whose data this copy holds."""
    return read.get(EXPORTS, export_id).person_id == who.id


def runs_export(who: Principal, read: UnitOfWork, *, export_id: str, **_: Any) -> bool:
    """The coordinators of a programme that the person was in when the copy was asked for."""
    return who.has("coordinator") and not who.programmes.isdisjoint(read.get(EXPORTS, export_id).programme_ids)


def own_erasure(who: Principal, read: UnitOfWork, *, erasure_id: str, **_: Any) -> bool:
    """The person who is to be erased, and her guardian."""
    person_id = read.get(ERASURES, erasure_id).person_id
    return who.id == person_id or guards_person(who, read, person_id=person_id)


def runs_erasure(who: Principal, read: UnitOfWork, *, erasure_id: str, **_: Any) -> bool:
    """The coordinators of a programme that the person was in when the erasure was asked for."""
    return who.has("coordinator") and not who.programmes.isdisjoint(read.get(ERASURES, erasure_id).programme_ids)


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
    """The mentor and the mentee of this pairing."""
    pairing = read.get(PAIRINGS, pairing_id)
    return who.id in (pairing.mentor_id, pairing.mentee_id)


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
    "home_pages.show": signed_in,
    "home_pages.privacy": public,
    "data_rights.ask_for_copy": either(oneself, guards_person, runs_person),
    "data_rights.show_export": either(reads_export, about_oneself, audited(runs_export)),
    "data_rights.fetch": reads_export,
    "data_rights.ask_for_erasure": either(oneself, guards_person, runs_person),
    "data_rights.show_erasure": either(own_erasure, audited(runs_erasure)),
    "data_rights.withdraw": either(own_erasure, runs_erasure),
    "data_rights.requests": audited(runs),
    "data_rights_pages.own": signed_in,
    "data_rights_pages.show": either(oneself, guards_person, audited(runs_person)),
    "data_rights_pages.ask_for_copy": either(oneself, guards_person, runs_person),
    "data_rights_pages.fetch": reads_export,
    "data_rights_pages.confirm": either(oneself, guards_person, audited(runs_person)),
    "data_rights_pages.erase": either(oneself, guards_person, runs_person),
    "data_rights_pages.withdraw": either(own_erasure, runs_erasure),
    "data_rights_pages.requests": audited(coordinator),
    "data_rights_pages.certificate": public,
    "data_rights_pages.certificate_file": public,
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
