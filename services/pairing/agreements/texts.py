"""The words of agreements: each section states what always holds and asks what the people settle themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.language import mark


@dataclass(frozen=True)
class Question:
    """What people fill in: one of `choices` (code to words), or their own words when there are none."""

    key: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = True
    hint: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the agreement."""

    title: str
    states: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


WAYS = {"online": mark("online"), "in_person": mark("in person"), "both": mark("sometimes online, sometimes in person")}
OFTEN = {
    "weekly": mark("every week"),
    "fortnightly": mark("every two weeks"),
    "monthly": mark("every month"),
    "as_needed": mark("when one of us asks for it"),
}
ANSWERED = {
    "same_day": mark("on the same day"),
    "two_days": mark("within two days"),
    "week": mark("within a week"),
}
REVIEWED = {
    "each_session": mark("at the end of each session"),
    "monthly": mark("once a month"),
    "on_request": mark("whenever one of us asks"),
}
ROTATED = {"each_session": mark("at every session"), "monthly": mark("every month"), "per_project": mark("with every project")}

COMMON = (
    Section(
        mark("How we meet"),
        (mark("In person we meet where other people are around, and somebody at home or at school knows where."),),
        (
            Question("way", mark("We meet"), WAYS),
            Question("place", mark("Where, or with which tool"), hint=mark("For example the Fab Lab, or a video call.")),
        ),
    ),
    Section(
        mark("When and how often"),
        (mark("If one of us cannot come, she says so as early as she can, and we move the session instead of dropping it."),),
        (
            Question("often", mark("How often"), OFTEN),
            Question("times", mark("Days, times and how long"), hint=mark("For example Wednesday at four, for an hour.")),
        ),
    ),
    Section(
        mark("How we reach each other"),
        (mark("We use as few channels as we can, and none that shows private data to others."),),
        (
            Question("channel", mark("Between sessions we use"), hint=mark("For example e-mail, or a chat that both of you have.")),
            Question("answered", mark("We answer"), ANSWERED),
            Question(
                "quiet", mark("When we do not disturb each other"), required=False, hint=mark("For example after eight in the evening.")
            ),
        ),
    ),
    Section(
        mark("How we treat each other"),
        (
            mark("We listen, let each other finish, and take questions seriously."),
            mark("We make no remarks about looks, gender, origin or belief that could hurt, and we do not accept them from others."),
            mark("Nobody has to do or share anything that does not feel right."),
        ),
        (Question("behaviour", mark("What else matters to us"), required=False),),
    ),
    Section(
        mark("What stays between us"),
        (
            mark("What we tell each other stays between us."),
            mark(
                "One limit: when somebody may be in danger or is being hurt, the safeguarding lead is told. Where possible we say so first."
            ),
            mark("We take and share no pictures without asking, and without the guardian's permission where one is needed."),
        ),
    ),
    Section(
        mark("Who does what"),
        (),
        (
            Question("mentor_role", mark("What the mentor does"), hint=mark("For example: asks questions, shows her work, opens doors.")),
            Question(
                "mentee_role", mark("What the mentee does"), hint=mark("For example: brings topics, tries things out, says what helps.")
            ),
        ),
    ),
    Section(
        mark("How we give each other feedback"),
        (mark("We say what went well, what could be different, and what would help."),),
        (Question("feedback", mark("We look back together"), REVIEWED),),
    ),
    Section(
        mark("If something goes wrong"),
        (
            mark("We read this agreement again and talk about it, if that feels safe."),
            mark("If that does not help, or if we would rather not, the coordinator helps."),
            mark("Asking for another mentor is never held against anybody."),
            mark("If something feels wrong, each of us can tell the safeguarding lead, at the foot of any page."),
        ),
    ),
)

OF_MODEL = {
    "on_the_job": Section(
        mark("Learning on the job"),
        (
            mark("First the mentor shows it, then we do it together, then the mentee does it herself."),
            mark("After each time we talk about how it went."),
            mark("The safety rules of the workplace are explained before the first task, and machines are used only as explained."),
        ),
        (Question("tasks", mark("What we work on, and who else is there")),),
    ),
    "structured": Section(
        mark("Planned sessions"),
        (mark("Each of us brings a topic. At the end we note the next step."),),
        (Question("milestones", mark("What we want to reach, and by when")),),
    ),
    "ad_hoc": Section(
        mark("Contact when needed"),
        (mark("Asking is always fine. The mentor answers in the time promised above, if only to say when there is more time."),),
        (Question("boundaries", mark("What questions are for, and what they are not for")),),
    ),
    "collaborative": Section(
        mark("Learning together in a group"),
        (mark("Everybody has a role, and everybody learns from everybody. Each of us gets a turn to lead."),),
        (
            Question("group_roles", mark("Who has which role to begin with")),
            Question("rotation", mark("The lead changes"), ROTATED),
        ),
    ),
}
"""Model of mentoring to its own section."""
