"""feedback: what mentees say about their mentoring, in figures that point at nobody.

Owns       questionnaires (data in the code), rounds, answers, participations; keeps the roles of people and the names of programmes.
Commands   open a round; answer it once; close it.
Publishes  round.opened, round.closed · feedback.data_contributed, data_erased.
Consumes   person.changed, person.erased, programme.changed → its own copies;
           data.export_requested, erasure_requested → what it holds about a person, handed over or erased.
"""
