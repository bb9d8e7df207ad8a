"""Who may do what in `pairing`: endpoint → policy. A route without a row here does not start."""

from typing import Any

from chassis.auth import Principal
from chassis.policies import any_of, audited, either, public, signed_in
from chassis.unit_of_work import UnitOfWork
from pairing.agreements.parties import answers_for
from pairing.concerns.reading import may_read
from pairing.concerns.repository import CONCERNS
from pairing.consents.repository import CONSENTS
from pairing.data_rights.repository import ERASURES, EXPORTS
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


def guards(who: Principal, read: UnitOfWork, *, person_id: str, **_: Any) -> bool:
    """The guardian of this person."""
    me = read.get_many(PEOPLE, [who.id]).get(who.id) if who.has("guardian") else None
    return me is not None and person_id in me.ward_ids


def about_consent(who: Principal, read: UnitOfWork, *, consent_id: str, **_: Any) -> bool:
    """Whoever may see the permissions of the person whom this record is about."""
    person_id = read.get(CONSENTS, consent_id).person_id
    return any(policy(who, read, person_id=person_id) for policy in (oneself, guards, runs_person))


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
    """The people of this pairing."""
    return who.id in read.get(PAIRINGS, pairing_id).members


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
    "match_runs.pairs": audited(runs_match_run),
    "match_runs.unmatched": audited(runs_match_run),
    "match_runs.idle": audited(runs_match_run),
    "match_setups.show": audited(runs_match_run),
    "match_setups.lock": runs_match_run,
    "match_setups.unlock": runs_match_run,
    "match_setups.exclude": runs_match_run,
    "match_setups.allow": runs_match_run,
    "match_setups.cost": audited(runs_match_run),
    "match_setups.pair_by_hand": runs_match_run,
    "match_setups.what_if": audited(coordinator),
    "match_setups_pages.person": audited(runs_match_run),
    "match_setups_pages.lock": runs_match_run,
    "match_setups_pages.unlock": runs_match_run,
    "match_setups_pages.exclude": audited(runs_match_run),
    "match_setups_pages.allow": runs_match_run,
    "match_setups_pages.by_hand": audited(runs_match_run),
    "match_setups_pages.pair_by_hand": runs_match_run,
    "what_if_pages.show": audited(runs_match_run),
    "what_if_pages.use": runs_match_run,
    "substitutes.possible": audited(runs_pairing),
    "substitutes.propose": runs_pairing,
    "substitutes_pages.show": audited(runs_pairing),
    "substitutes_pages.propose": runs_pairing,
    "matching_pages.index": coordinator,
    "matching_pages.compute": coordinator,
    "matching_pages.form_groups": coordinator,
    "matching_pages.show": audited(runs_match_run),
    "matching_pages.publish": runs_match_run,
    "pairings.index": signed_in,
    "pairings.show": either(party, audited(guards_pairing)),
    "pairings.accept": party,
    "pairings.decline": party,
    "pairings.pause": guards_pairing,
    "pairings.resume": guards_pairing,
    "pairings.end": runs_pairing,
    "pairings.close": runs_pairing,
    "pairings.stop": guards_pairing,
    "pairings.go_on": runs_pairing,
    "pairings.ask_for_change": party,
    "pairings_pages.index": either(audited(coordinator), signed_in),
    "pairings_pages.show": either(party, audited(guards_pairing)),
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
    "consents.history": concerned,
    "consents.agree": either(oneself, guards),
    "consents.withdraw": concerned_to_change,
    "consents.record_paper": runs_person,
    "consents.ask": either(oneself, runs_person),
    "consents_pages.show": concerned,
    "consents_pages.record": about_consent,
    "consents_pages.agree": either(oneself, guards),
    "consents_pages.withdraw": concerned_to_change,
    "consents_pages.paper": runs_person,
    "consents_pages.ask": either(oneself, runs_person),
    "guardians_pages.show": public,
    "guardians_pages.accept": public,
    "guardians_pages.decline": public,
    "guardians_pages.thanks": public,
    "join_pages.show": public,
    "join_pages.start": public,
    "join_pages.fill_in": public,
    "join_pages.save": public,
    "join_pages.later": public,
    "join_pages.mail_later": public,
    "join_pages.sent": public,
    "join_pages.resume": public,
    "join_pages.go_on": public,
    "entrances_pages.show": runs,
    "entrances_pages.open_form": runs,
    "entrances_pages.close_form": runs,
    "entrances_pages.renew": runs,
    "entrances_pages.ask_guardians": runs,
    "entrances_pages.waiting": audited(coordinator),
    "pairing_life_pages.pause": guards_pairing,
    "pairing_life_pages.resume": guards_pairing,
    "pairing_life_pages.end": runs_pairing,
    "pairing_life_pages.close": runs_pairing,
    "pairing_life_pages.stop": guards_pairing,
    "pairing_life_pages.go_on": runs_pairing,
    "pairing_life_pages.change": party,
    "pairing_life_pages.ask_for_change": party,
    "closures.show": party,
    "closures.look_back": party,
    "closures_pages.show": party,
    "closures_pages.look_back": party,
    "closures_pages.certificate_file": either(own_certificate, audited(runs_pairing)),
    "home_pages.show": signed_in,
    "home_pages.wards": any_of("guardian"),
    "home_pages.privacy": public,
    "data_rights.ask_for_copy": either(oneself, guards, runs_person),
    "data_rights.show_export": either(reads_export, about_oneself, audited(runs_export)),
    "data_rights.fetch": reads_export,
    "data_rights.ask_for_erasure": either(oneself, guards, runs_person),
    "data_rights.show_erasure": either(own_erasure, audited(runs_erasure)),
    "data_rights.withdraw": either(own_erasure, runs_erasure),
    "data_rights.requests": audited(runs),
    "data_rights_pages.own": signed_in,
    "data_rights_pages.show": either(oneself, guards, audited(runs_person)),
    "data_rights_pages.ask_for_copy": either(oneself, guards, runs_person),
    "data_rights_pages.fetch": reads_export,
    "data_rights_pages.confirm": either(oneself, guards, audited(runs_person)),
    "data_rights_pages.erase": either(oneself, guards, runs_person),
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
    "records_pages.new": coordinator,
    "records_pages.create": coordinator,
    "records_pages.edit": audited(runs_person),
    "records_pages.correct": runs_person,
    "records_pages.own": oneself,
    "records_pages.change_own": oneself,
    "checks_pages.record_vetting": runs_person,
    "checks_pages.record_training": runs_person,
    "checks_pages.leave": runs_person,
    "people.record_vetting": runs_person,
    "people.record_training": runs_person,
    "mapping_pages.show": audited(own_draft),
    "mapping_pages.choose": own_draft,
    "mapping_pages.choose_sheet": own_draft,
    "programmes.index": signed_in,
    "programmes.create": coordinator,
    "programmes.show": in_programme,
    "programmes.change": runs,
    "programmes.clone": runs,
    "programmes.advance": runs,
    "programmes_pages.index": coordinator,
    "programmes_pages.new": coordinator,
    "programmes_pages.create": coordinator,
    "programmes_pages.show": runs,
    "programmes_pages.edit": runs,
    "programmes_pages.change": runs,
    "programmes_pages.advance": runs,
}
