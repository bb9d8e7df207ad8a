"""pairing: who takes part in which programme, and who is paired with whom.

Owns       accounts (sign-in), programmes, people, match runs, pairings, concerns, data requests; signs the tokens that every service
           verifies.
Commands   sign in, invite staff; create or change a programme; import people; propose, publish; accept, decline;
           raise a concern, look after it; ask for a copy of somebody's data; ask for an erasure, take it back, carry it out.
Publishes  person.changed, person.erased · programme.changed · match.published · pairing.proposed, accepted, declined, lapsed ·
           concern.raised · programme.retention_ending · data.export_requested, erasure_requested.
Consumes   meeting.held: the first one makes a pairing active; data_contributed, data_erased of every service.
"""
