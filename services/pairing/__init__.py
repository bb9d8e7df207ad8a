"""pairing: who takes part in which programme, and who is paired with whom.

Owns       accounts (sign-in), programmes, people, match runs and set-ups, pairings, concerns; signs the tokens that every service
           verifies.
Commands   sign in, invite staff; create or change a programme; import people; propose pairs or groups, lock, exclude, publish;
           accept, decline, find a substitute;
           raise a concern, look after it.
Publishes  person.changed, person.erased · programme.changed · match.published · pairing.proposed, accepted, declined, lapsed ·
           concern.raised.
Consumes   meeting.held: the first one makes a pairing active.
"""
