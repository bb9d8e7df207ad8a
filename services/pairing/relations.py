"""How somebody must stand to a thing of `pairing` to use a route: the policies that the table in `policies` is made of."""

from typing import Any

from chassis.auth import Principal
from chassis.policies import any_of, audited, either
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.repository import ACCOUNTS
from pairing.agreements.parties import answers_for
from pairing.concerns.reading import may_read
from pairing.concerns.repository import CONCERNS
from pairing.consents.repository import CONSENTS
from pairing.data_rights.commands import guards as answers_for_person
from pairing.data_rights.repository import ERASURES, EXPORTS
from pairing.matching.repository import RUNS
from pairing.pairings.repository import PAIRINGS
from pairing.people.repository import DRAFTS, PEOPLE
from ui.navigation import chooses_zone

coordinator = any_of("coordinator")
safeguarding_lead = any_of("safeguarding_lead")


def administrator(who: Principal, read: UnitOfWork, **_: Any) -> bool:
    """The administrators of this moment: a token that outlives the role for some minutes gives nobody roles or an account."""
    account = read.get_many(ACCOUNTS, [who.id]).get(who.id) if who.has("administrator") else None
    return account is not None and account.state == "active" and "administrator" in account.roles


def has_own_zone(who: Principal, read: UnitOfWork, **_: Any) -> bool:
    """Staff who choose their zone apart from any form."""
    return chooses_zone(who.roles)


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


def guards(who: Principal, read: UnitOfWork, *, person_id: str, **_: Any) -> bool:
    """The guardian of this person, while she is a minor."""
    return who.has("guardian") and answers_for_person(read, who.id, person_id)


def about_consent(who: Principal, read: UnitOfWork, *, consent_id: str, **_: Any) -> bool:
    """Whoever may see the permissions of the person whom this record is about."""
    person_id = read.get(CONSENTS, consent_id).person_id
    return any(policy(who, read, person_id=person_id) for policy in (oneself, guards, runs_person))


def reads_export(who: Principal, read: UnitOfWork, *, export_id: str, **_: Any) -> bool:
    """The one for whom this copy is made: the person, or who is her guardian still."""
    export = read.get(EXPORTS, export_id)
    return export.reader_id == who.id and (export.person_id == who.id or guards(who, read, person_id=export.person_id))


def about_oneself(who: Principal, read: UnitOfWork, *, export_id: str, **_: Any) -> bool:
    """The person whose data this copy holds."""
    return read.get(EXPORTS, export_id).person_id == who.id


def runs_export(who: Principal, read: UnitOfWork, *, export_id: str, **_: Any) -> bool:
    """The coordinators of a programme that the person was in when the copy was asked for."""
    return who.has("coordinator") and not who.programmes.isdisjoint(read.get(EXPORTS, export_id).programme_ids)


def own_erasure(who: Principal, read: UnitOfWork, *, erasure_id: str, **_: Any) -> bool:
    """The person who is to be erased, and her guardian."""
    person_id = read.get(ERASURES, erasure_id).person_id
    return who.id == person_id or guards(who, read, person_id=person_id)


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


def leads_safeguarding(who: Principal, read: UnitOfWork, *, pairing_id: str, **_: Any) -> bool:
    """The safeguarding leads of the instance, for every pairing there is."""
    return who.has("safeguarding_lead") and bool(read.get(PAIRINGS, pairing_id))


guards_pairing = either(runs_pairing, leads_safeguarding)


def party(who: Principal, read: UnitOfWork, *, pairing_id: str, **_: Any) -> bool:
    """The people of this pairing, but for one who was erased and is signed in for some minutes more."""
    return who.id in read.get(PAIRINGS, pairing_id).members and bool(read.get_many(PEOPLE, [who.id]))


def guards_member(who: Principal, read: UnitOfWork, *, pairing_id: str, **_: Any) -> bool:
    """The guardians of minors in this pairing."""
    return who.has("guardian") and answers_for(read, read.get(PAIRINGS, pairing_id), who.id)


def looks_after(who: Principal, read: UnitOfWork, *, concern_id: str, **_: Any) -> bool:
    """The safeguarding leads, but for one who raised this concern or whom it is about."""
    return who.has("safeguarding_lead") and may_read(read, read.get(CONCERNS, concern_id), who.id)


concerned = either(oneself, guards, audited(runs_person))
concerned_to_change = either(oneself, guards, runs_person)


def own_certificate(who: Principal, read: UnitOfWork, *, pairing_id: str, person_id: str, **_: Any) -> bool:
    """The person of this pairing whose certificate it is."""
    return who.id == person_id and who.id in read.get(PAIRINGS, pairing_id).members


signs = either(party, guards_member)
reads_agreement = either(party, guards_member, audited(runs_pairing))
