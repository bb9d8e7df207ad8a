"""feedback: what mentees say about their mentoring, in figures that point at nobody.

Owns       questionnaires (data in the code), rounds, answers, participations; keeps the roles of people and the names of programmes.
Commands   open a round; answer it once; close it.
Publishes  round.opened, round.closed.
Consumes   person.changed, person.erased, programme.changed → its own copies.
"""
