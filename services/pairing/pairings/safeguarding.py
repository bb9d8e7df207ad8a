"""The safeguarding gate: who must not work with whom, judged on one day, and what would open it."""

from datetime import date

from chassis.errors import Refused
from pairing.people.model import Person


def is_trained(mentor: Person, day: date) -> bool:
    """Whether the mentor did the data-protection training by this day."""
    return mentor.data_protection_training is not None and mentor.data_protection_training <= day


def check(mentor: Person, mentee: Person, ends_on: date, day: date) -> None:
    """Passes, or raises Refused with the rule that forbids to pair these two in a programme until `ends_on`, and its remedy."""
    if mentee.is_minor(day) and not mentor.vetting_valid_until(ends_on):
        raise Refused(
            "safeguarding-vetting",
            "The mentee is a minor, and the mentor's vetting does not last until the programme ends. Record a renewed one, then try again.",
        )
    if not is_trained(mentor, day):
        raise Refused(
            "safeguarding-training",
            "The mentor has not done the data-protection training yet. Record the date of the training, then try again.",
        )
    if mentor.consent_withdrawn or mentee.consent_withdrawn:
        raise Refused(
            "safeguarding-consent",
            "One of the two has withdrawn consent to the use of personal data. Have it given again by the person, then try again.",
        )
    if not mentee.has_permission(day):
        raise Refused(
            "safeguarding-guardian-permission",
            "The mentee is a minor, and no permission of a guardian is on record. Record the permission, then try again.",
        )
