"""pairing: who takes part in which programme, and who is paired with whom.

Owns       accounts (sign-in), programmes, country packs, people, match runs, pairings; signs the tokens that every service verifies.
Commands   sign in, invite staff; create, clone, change or move on a programme; import people; propose, publish; accept, decline.
Publishes  person.changed, person.erased · programme.changed · match.published · pairing.proposed, accepted, declined, lapsed.
Consumes   nothing: every other service hears of people and programmes from here.
"""
