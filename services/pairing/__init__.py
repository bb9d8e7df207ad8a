"""pairing: who takes part in which programme, and who is paired with whom.

Owns       accounts (sign-in), programmes, people, match runs, pairings; signs the tokens that every service verifies.
Commands   sign in, invite staff; create or change a programme; import people; propose, publish; accept, decline.
Publishes  person.changed, person.erased · programme.changed · match.published · pairing.proposed, accepted, declined, lapsed.
Consumes   meeting.held: the first one makes a pairing active.
"""
