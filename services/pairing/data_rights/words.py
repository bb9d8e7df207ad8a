"""The words for what data rights call by codes: services, states, kinds of data, and the reasons why some of it stays."""

from ui.language import mark

SERVICES = {
    "pairing": mark("People and pairs"),
    "sessions": mark("Sessions"),
    "feedback": mark("Feedback"),
    "notifications": mark("Messages"),
}

PROGRESS = {
    "answered": (mark("answered"), "good"),
    "waited_for": (mark("working on it"), ""),
    "late": (mark("late"), "warn"),
}

EXPORT_STATES = {
    "collecting": (mark("being gathered"), ""),
    "ready": (mark("ready"), "good"),
    "incomplete": (mark("ready, a part is lacking"), "warn"),
}

ERASURE_STATES = {
    "waiting": (mark("will be erased"), "warn"),
    "erasing": (mark("being erased"), "warn"),
    "done": (mark("erased"), "good"),
    "withdrawn": (mark("taken back"), ""),
}

KINDS = {
    "people": mark("the person's own entry"),
    "accounts": mark("accounts"),
    "sign_ins": mark("sign-ins"),
    "sign_in_links": mark("sign-in links"),
    "drafts": mark("uploaded files that may hold the person"),
    "forms": mark("forms, sent or begun"),
    "guardian_requests": mark("questions to a guardian"),
    "guardianships": mark("links between guardian and child"),
    "guardians": mark("guardians who were here for this child alone: they are asked, and erased in three days"),
    "look_backs": mark("looks back on pairings"),
    "change_requests": mark("requests for another mentor or mentee"),
    "match_rules": mark("pairs that were to be kept or never made, with the reasons"),
    "mentions": mark("mentions of name or address by others, such as wishes"),
    "explanations": mark("explanations of the pairs that were proposed"),
    "copies_of_data": mark("copies of data that were asked for"),
    "agreements": mark("agreements of the person's pairings"),
    "stored_answers": mark("stored answers to requests"),
    "copies": mark("working copies of name and address"),
    "debriefs": mark("texts written after sessions"),
    "reserved_times": mark("reserved times"),
    "participations": mark("notes that the person answered a round"),
    "messages": mark("links from messages and figures to the person"),
    "pairings": mark("that there was a pair, without a name"),
    "match_runs": mark("match runs, without a name"),
    "consents": mark("that consent was given or withdrawn, and when, without a name, for 400 days"),
    "concerns": mark("concerns about somebody's safety, sealed, if there are any"),
    "requests": mark("this erasure, without a name"),
    "sessions": mark("that there was a session, without a name"),
    "audit": mark("who of the staff read what, by numbers only"),
    "answers": mark("answers in feedback rounds, without a name"),
    "figures": mark("figures of whole groups"),
}

REASONS = {
    "statistics": mark("Statistics in which nobody can be recognised (GDPR, Article 17(3)(d) and Article 89)."),
    "accountability": mark("We must be able to show that we keep to the rules (GDPR, Article 5(2))."),
    "no_name": mark("They bear no name, so nobody can find out whose they were (GDPR, Article 11)."),
    "legal_claims": mark("It may be needed for a legal claim (GDPR, Article 17(3)(e))."),
    "protection": mark("A law on the protection of children requires it (GDPR, Article 17(3)(b))."),
}
"""Why something stays: the code that services answer with."""
