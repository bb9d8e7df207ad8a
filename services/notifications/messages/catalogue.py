"""The table of messages: what each kind says, in English; the catalogues of `locale` say it in the other languages.

Places: given_name (recipient), other (the other side's given name), programme, moment, deadline, minutes;
to guardians also ward and mentors (given names).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.language import mark


@dataclass(frozen=True, kw_only=True)
class Text:
    """One kind of message. `path` leads to the page of the action; `invites`: it says where a session is and has a calendar part."""

    category: str
    subject: str
    paragraphs: tuple[str, ...]
    action: str
    path: str
    invites: bool = False


GREETING = mark("Hi %(given_name)s,")

CALENDAR_TITLE = mark("Session with %(other)s")

MESSAGES: Mapping[str, Text] = {
    "pairing-proposed": Text(
        category="pairing",
        subject=mark("Could you and %(other)s be a good pair?"),
        paragraphs=(
            mark("In %(programme)s we look for people who fit well together. We think that you and %(other)s could be a good pair."),
            mark("Have a look at the proposal and say whether you would like it. No is a fine answer too: nobody is told why."),
            mark("Please answer before %(deadline)s. After that the proposal ends by itself."),
        ),
        action=mark("See the proposal"),
        path="/pairing/pairings/{subject_id}",
    ),
    "pairing-accepted": Text(
        category="pairing",
        subject=mark("You and %(other)s are a pair"),
        paragraphs=(
            mark("Good news: you and %(other)s both said yes. From now on you are a pair in %(programme)s."),
            mark("Next comes your first session. As soon as it has a time, you get an invitation for your calendar."),
            mark("In that session you agree how you work together: when you meet, how you reach each other, what stays between you."),
        ),
        action=mark("See your pairing"),
        path="/pairing/pairings/{subject_id}",
    ),
    "pairing-accepted-guardian": Text(
        category="pairing",
        subject=mark("%(ward)s and %(mentors)s begin together"),
        paragraphs=(
            mark("In %(programme)s the mentoring of %(ward)s with %(mentors)s begins. Everybody who takes part in it said yes."),
            mark("You need not do anything now. Your page says with whom %(ward)s is, and whom you can ask."),
        ),
        action=mark("See how it stands"),
        path="/pairing/wards",
    ),
    "pairing-closed-guardian": Text(
        category="pairing",
        subject=mark("The mentoring of %(ward)s with %(mentors)s has ended"),
        paragraphs=(
            mark("In %(programme)s the mentoring of %(ward)s with %(mentors)s has ended. They have no more sessions together."),
            mark("You need not do anything. If you would like to know more, ask the coordinator: your page says who that is."),
        ),
        action=mark("See your page"),
        path="/pairing/wards",
    ),
    "pairing-declined": Text(
        category="pairing",
        subject=mark("A proposed pair in %(programme)s will not go on"),
        paragraphs=(
            mark("One side said no to a proposed pair in %(programme)s. That is always allowed, and nobody has to say why."),
            mark("One mentee needs a new proposal. All other pairs stay as they are."),
        ),
        action=mark("See the proposed pair"),
        path="/pairing/pairings/{subject_id}",
    ),
    "group-proposed": Text(
        category="pairing",
        subject=mark("Would you like to join a group in %(programme)s?"),
        paragraphs=(
            mark("In %(programme)s we put together small groups of mentors and mentees. We think that one of them could be right for you."),
            mark("Have a look at who is in it and say whether you would like it. No is a fine answer too: nobody is told why."),
            mark("Please answer before %(deadline)s. After that the group begins with those who said yes."),
        ),
        action=mark("See the group"),
        path="/pairing/pairings/{subject_id}",
    ),
    "group-accepted": Text(
        category="pairing",
        subject=mark("Your group in %(programme)s is complete"),
        paragraphs=(
            mark("Good news: your group in %(programme)s is complete, and everybody who is in it said yes."),
            mark("Your coordinator tells you when you meet for the first time."),
        ),
        action=mark("See your group"),
        path="/pairing/pairings/{subject_id}",
    ),
    "group-left": Text(
        category="pairing",
        subject=mark("Somebody said no to a group in %(programme)s"),
        paragraphs=(
            mark("Somebody said no to a proposed group in %(programme)s. That is always allowed, and nobody has to say why."),
            mark("The group goes on if enough remain. Have a look at it: perhaps somebody needs a new proposal."),
        ),
        action=mark("See the group"),
        path="/pairing/pairings/{subject_id}",
    ),
    "group-smaller": Text(
        category="pairing",
        subject=mark("Your group in %(programme)s has become smaller"),
        paragraphs=(
            mark("Somebody has left your group in %(programme)s. That can happen to every group, and it is nobody's fault."),
            mark("The others go on. You need not do anything; look at your agreement together when you meet next."),
        ),
        action=mark("See your group"),
        path="/pairing/pairings/{subject_id}",
    ),
    "group-smaller-staff": Text(
        category="pairing",
        subject=mark("Somebody left a group in %(programme)s"),
        paragraphs=(
            mark("Somebody left a group in %(programme)s, which goes on with the others. They are told that nobody is to blame."),
            mark("Have a look at it: perhaps the group needs somebody else, or a word from you."),
        ),
        action=mark("See the group"),
        path="/pairing/pairings/{subject_id}",
    ),
    "group-lapsed": Text(
        category="pairing",
        subject=mark("The group in %(programme)s does not begin"),
        paragraphs=(
            mark("Too few people said yes, so this group in %(programme)s does not begin. You need not do anything."),
            mark("Your coordinator looks for something else for you."),
        ),
        action=mark("See your pairings"),
        path="/pairing/pairings",
    ),
    "pairing-paused": Text(
        category="pairing",
        subject=mark("Your sessions in %(programme)s pause for now"),
        paragraphs=(
            mark("Your pairing in %(programme)s pauses. Please do not meet until you hear from us that it goes on."),
            mark("It is nothing that you have to solve. Your coordinator knows and gets in touch with you."),
        ),
        action=mark("See your pairing"),
        path="/pairing/pairings/{subject_id}",
    ),
    "pairing-paused-staff": Text(
        category="pairing",
        subject=mark("A pairing in %(programme)s is paused"),
        paragraphs=(
            mark("A pairing in %(programme)s is paused. Its people are told not to meet for now."),
            mark("Its page says why, and what has to be done before it can go on."),
        ),
        action=mark("See what is needed"),
        path="/pairing/pairings/{subject_id}",
    ),
    "pairing-resumed": Text(
        category="pairing",
        subject=mark("Your pairing in %(programme)s goes on"),
        paragraphs=(
            mark("Good news: your pairing in %(programme)s goes on. You can meet again."),
            mark("Look at the times of your sessions together, and choose new ones where they have passed."),
        ),
        action=mark("See your sessions"),
        path="/sessions/",
    ),
    "pairing-closing": Text(
        category="pairing",
        subject=mark("Time to look back on your pairing in %(programme)s"),
        paragraphs=(
            mark("Your pairing in %(programme)s comes to its end. You did something together that is worth looking back on."),
            mark("A few questions help you: what did you learn, what are you proud of, what comes next? Answer what you like."),
            mark("You have time until %(deadline)s."),
        ),
        action=mark("Look back"),
        path="/pairing/pairings/{subject_id}/closure",
    ),
    "pairing-closed": Text(
        category="pairing",
        subject=mark("Your pairing in %(programme)s has ended"),
        paragraphs=(
            mark("Your pairing in %(programme)s has ended. Thank you for the time and the attention that you gave to it."),
            mark("On its page you find what you wrote, what happens to your data and, after at least one session, your certificate."),
        ),
        action=mark("See how it ended"),
        path="/pairing/pairings/{subject_id}",
    ),
    "pairing-stopped": Text(
        category="pairing",
        subject=mark("Your pairing in %(programme)s has ended"),
        paragraphs=(
            mark("Your pairing in %(programme)s has ended, and there are no more sessions. Please do not meet any more."),
            mark("Your coordinator gets in touch with you. If something worries you, tell somebody whom you trust, or your coordinator."),
        ),
        action=mark("See your pairing"),
        path="/pairing/pairings/{subject_id}",
    ),
    "pairing-stopped-staff": Text(
        category="pairing",
        subject=mark("A pairing in %(programme)s was closed for safeguarding"),
        paragraphs=(
            mark("A pairing in %(programme)s was closed at once for safeguarding. Its people are told not to meet any more."),
            mark("Agree who talks to them, and to the guardian of a minor."),
        ),
        action=mark("See the pairing"),
        path="/pairing/pairings/{subject_id}",
    ),
    "change-requested": Text(
        category="pairing",
        subject=mark("Somebody in %(programme)s asks for a change"),
        paragraphs=(
            mark("Somebody in %(programme)s would like to work with somebody else. Only coordinators are told, and nobody is to blame."),
            mark(
                "Who it is and what she wrote stands on the page of the pairing. Please talk with her first; nothing changes before that."
            ),
        ),
        action=mark("See who asks"),
        path="/pairing/?programme={programme_id}",
    ),
    "change-settled": Text(
        category="pairing",
        subject=mark("A word from your coordinator in %(programme)s"),
        paragraphs=(
            mark("Your coordinator noted that you talked about what you asked for in %(programme)s, and that you go on as you are."),
            mark("Is that not so, or is it still not right? Ask again on the page of your pairing. Nobody else is told."),
        ),
        action=mark("See your pairings"),
        path="/pairing/pairings",
    ),
    "consent-withdrawn": Text(
        category="pairing",
        subject=mark("Somebody in %(programme)s took a consent back"),
        paragraphs=(
            mark("Somebody in %(programme)s, or a guardian, took a consent or permission back. No match is looked for from now on."),
            mark("Look at who it is, and whether meetings that are planned have to end."),
        ),
        action=mark("See who it is"),
        path="/pairing/consents/{subject_id}",
    ),
    "meeting-planned": Text(
        category="session",
        subject=mark("Your session with %(other)s: %(moment)s"),
        paragraphs=(
            mark("Your session with %(other)s has a time: %(moment)s. Plan %(minutes)s minutes for it."),
            mark("The invitation for your calendar is attached."),
            mark("Does this time not suit you? Then choose another one together. Moving a session is better than missing it."),
        ),
        action=mark("See the session"),
        path="/sessions/meetings/{subject_id}",
        invites=True,
    ),
    "meeting-moved": Text(
        category="session",
        subject=mark("New time for your session with %(other)s: %(moment)s"),
        paragraphs=(
            mark("Your session with %(other)s has a new time: %(moment)s. Plan %(minutes)s minutes for it."),
            mark("The earlier time no longer counts. The attached invitation puts the new time in your calendar."),
        ),
        action=mark("See the session"),
        path="/sessions/meetings/{subject_id}",
        invites=True,
    ),
    "debrief-asked": Text(
        category="session",
        subject=mark("How was your session with %(other)s?"),
        paragraphs=(
            mark("You and %(other)s had a session. Looking back helps you to take something from it."),
            mark("What was most important? What was hard, and what did you do about it? A few words are enough."),
        ),
        action=mark("Look back in two minutes"),
        path="/sessions/meetings/{subject_id}",
    ),
    "agreement-offered": Text(
        category="pairing",
        subject=mark("An agreement waits for your signature"),
        paragraphs=(
            mark("In %(programme)s there is an agreement on when you meet, how you reach each other and what stays between you."),
            mark("One of you has signed it. Please read it. If you agree, sign it on the page; if not, say what should be different."),
        ),
        action=mark("Read the agreement"),
        path="/pairing/pairings/{subject_id}/agreement",
    ),
    "agreement-signed": Text(
        category="pairing",
        subject=mark("Everybody signed your agreement"),
        paragraphs=(
            mark("Everybody signed the agreement in %(programme)s. It counts from now on, until you change it together."),
            mark("You find it on the page of your pairing, also to print."),
        ),
        action=mark("See the agreement"),
        path="/pairing/pairings/{subject_id}/agreement",
    ),
    "concern-raised": Text(
        category="safeguarding",
        subject=mark("Somebody raised a concern"),
        paragraphs=(
            mark("Somebody raised a concern. Please read it today: only safeguarding leads can."),
            mark("What it says is not in this mail, and not in any other."),
        ),
        action=mark("Read the concern"),
        path="/pairing/cases/{subject_id}",
    ),
    "concern-urgent": Text(
        category="safeguarding",
        subject=mark("Urgent: somebody raised a concern"),
        paragraphs=(
            mark("Somebody raised a concern and says that a person is in danger now. Please read it at once: only safeguarding leads can."),
            mark("What it says is not in this mail, and not in any other."),
        ),
        action=mark("Read the concern"),
        path="/pairing/cases/{subject_id}",
    ),
    "concern-unread": Text(
        category="safeguarding",
        subject=mark("A safeguarding lead is needed today"),
        paragraphs=(
            mark("Somebody raised a concern, and there is no safeguarding lead who may read it. It is kept safe until there is one."),
            mark("Please appoint one today, on the page “Staff”: give somebody the role of safeguarding lead, or invite her with it."),
        ),
        action=mark("Appoint a safeguarding lead"),
        path="/pairing/staff",
    ),
    "retention-ending": Text(
        category="data",
        subject=mark("The data of %(programme)s will soon be erased"),
        paragraphs=(
            mark("%(programme)s ended some time ago. In about a month the data of its participants is erased, as was promised to them."),
            mark("You need not do anything. If somebody needs a certificate or a figure from it, see to that now."),
        ),
        action=mark("See the programme's data requests"),
        path="/pairing/data-requests?programme={subject_id}",
    ),
    "round-opened": Text(
        category="feedback",
        subject=mark("What do you think of %(programme)s?"),
        paragraphs=(
            mark("We would like to know how %(programme)s is going for you. Your answers help us to make it better."),
            mark("It takes about five minutes. You can answer until %(deadline)s."),
            mark("Everybody in your group gets this message. Before you begin, the page tells you who can see what you write."),
        ),
        action=mark("Give your answers"),
        path="/feedback/rounds/{subject_id}",
    ),
}

PLACES: Mapping[str, str] = {
    "online": mark("You meet online."),
    "in_person": mark("You meet in person. Agree together on the place."),
    "either": mark("Online or in person: choose together what suits you."),
}
"""Where a session is, by its format."""

NO_LONGER_HERE = mark("somebody who has left")
"""Stands for the name of a person whose data is erased."""
