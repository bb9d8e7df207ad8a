"""sessions: when a mentor and a mentee meet, that it was safe, and what came of it.

Owns       meetings (one planned or held session each), checklists, diaries (taken time), silences; copies of people's names and free hours.
Commands   plan the first session; move; confirm the checklist; mark held or missed; write a debrief.
Publishes  meeting.planned, moved, held · checklist.confirmed · debrief.written · pairing.silent · sessions.data_contributed, data_erased.
Consumes   pairing.accepted → plans the first session; pairing.paused, resumed, closed → its sessions stand still, go on, are off;
           person.changed, person.erased, programme.changed → its own copies;
           data.export_requested, erasure_requested → what it holds about a person, handed over or erased.
"""
