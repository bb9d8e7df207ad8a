"""pairing: who takes part in which programme, who is paired with whom, and whether that is safe.

Owns       accounts (sign-in), programmes, country packs, people, consents, the public form, match runs and set-ups, pairings, agreements,
           change requests, closures, concerns, requests for data; signs the tokens that every service verifies.
Commands   sign in, invite staff; create, clone, change or move on a programme; import or add people, record a check, fill in the form;
           ask a guardian, agree, take it back; propose pairs or groups, lock, exclude, publish; accept, decline, find a substitute;
           write and sign an agreement; pause, resume, end, look back, close; ask for a change; raise a concern, look after it;
           ask for a copy of one's data or for its erasure.
Publishes  person.changed, person.erased · programme.changed, retention_ending · match.published ·
           pairing.proposed, accepted, declined, lapsed, paused, resumed, closing, closed · group.proposed, accepted, left, lapsed ·
           agreement.offered, signed · change.requested, settled · concern.raised · consent.withdrawn ·
           data.export_requested, erasure_requested.
Consumes   meeting.held, pairing.silent · data_contributed and data_erased of every other service.
"""
