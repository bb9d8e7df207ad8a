"""pairing: who takes part in which programme, and who is paired with whom.

Owns       accounts (sign-in), programmes, people, match runs, pairings, change requests, closures, concerns;
           signs the tokens that every service verifies.
Commands   sign in, invite staff; create or change a programme; import people; propose, publish; accept, decline; pause, resume, end, close;
           ask for a change; look back; raise a concern, look after it.
Publishes  person.changed, person.erased · programme.changed · match.published · pairing.proposed, accepted, declined, lapsed,
           paused, resumed, closing, closed · group.proposed, accepted, left, lapsed · concern.raised.
Consumes   meeting.held: the first one makes a pairing active, each is counted;
           pairing.silent: its coordinator is asked to talk about an ending.
"""
