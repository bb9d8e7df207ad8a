"""pairing: who takes part in which programme, and who is paired with whom.

Owns       accounts (sign-in), programmes, people, consents, the public form, match runs, pairings; signs the tokens that every
           service verifies.
Commands   sign in, invite staff; create or change a programme; import people, fill in the form; ask a guardian, agree, take it back;
           propose, publish; accept, decline.
Publishes  person.changed, person.erased · programme.changed · match.published · pairing.proposed, accepted, declined, lapsed
           · consent.withdrawn.
Consumes   nothing: every other service hears of people and programmes from here.
"""
