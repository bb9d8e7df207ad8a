"""The words for what the intake calls by codes: columns, goals, ways to learn, levels, needs, checks and their outcomes."""

from collections.abc import Iterable

from pairing.pairings.words import listed
from ui import gettext as _
from ui.language import mark

COLUMNS = {
    "email": mark("E-mail address"),
    "given_name": mark("Given name"),
    "family_name": mark("Family name"),
    "country": mark("Country"),
    "city": mark("Town"),
    "time_zone": mark("Time zone"),
    "languages": mark("Languages"),
    "format": mark("Way to meet"),
    "availability": mark("Free times"),
    "wishes": mark("Wishes to be paired with"),
    "not_with": mark("Never to be paired with"),
    "family": mark("Family"),
    "joined_on": mark("Waits since"),
    "birth_date": mark("Day of birth"),
    "organisation": mark("Organisation"),
    "expertise": mark("Knows about"),
    "capacity": mark("Mentees at most"),
    "models": mark("Ways of mentoring"),
    "goals": mark("Helps with"),
    "pupils": mark("Own pupils"),
    "vetting_type": mark("Background check"),
    "vetting_issued": mark("Day of the check"),
    "vetting_expires": mark("Check valid until"),
    "vetting_result": mark("Outcome of the check"),
    "data_protection_training": mark("Data-protection training"),
    "interests": mark("Interested in"),
    "career_goal": mark("Career goal"),
    "learning_style": mark("Way of learning"),
    "experience_level": mark("Level"),
    "needs": mark("Needs most"),
    "guardian_name": mark("Name of the guardian"),
    "guardian_email": mark("E-mail address of the guardian"),
    "guardian_permission": mark("Permission of the guardian"),
    "motivation": mark("In her own words"),
    "vetting": mark("Background check"),
    "vetting_history": mark("Earlier background checks"),
    "guardian": mark("Guardian"),
    "language": mark("Language of mails and pages"),
    "roles": mark("Role"),
    "programme_ids": mark("Programmes"),
}
"""Columns of a file and fields of a person."""

GOALS = {
    "explore_careers": mark("exploring careers"),
    "technical_skills": mark("technical skills"),
    "confidence": mark("confidence"),
    "leadership": mark("leadership"),
}
LEARNING_STYLES = {
    "reading": mark("by reading"),
    "listening": mark("by listening"),
    "visual": mark("by seeing"),
    "doing": mark("by doing"),
}
LEVELS = {"new": mark("new to it"), "developing": mark("on the way"), "experienced": mark("experienced")}
NEEDS = {
    "hands_on": mark("working with her hands"),
    "structured": mark("clear goals and planned sessions"),
    "flexible": mark("help when it is needed"),
    "group": mark("learning in a group"),
}
VETTING_TYPES = {
    "garda_vetting": mark("Garda vetting (Ireland)"),
    "vog": mark("certificate of conduct, VOG (Netherlands)"),
    "sexual_offences_certificate": mark("sexual-offences certificate (Spain)"),
    "criminal_record_certificate": mark("criminal-record certificate (Portugal)"),
    "local_policy": mark("check by local policy"),
}
VETTING_RESULTS = {"passed": mark("passed"), "not_passed": mark("not passed"), "pending": mark("not finished")}


def column(name: str) -> str:
    """A column or field by its name."""
    return _(COLUMNS[name]) if name in COLUMNS else name


def columns(names: Iterable[str]) -> str:
    """Several of them: "Town and Free times"."""
    return listed([column(name) for name in names])


def goals(codes: Iterable[str]) -> str:
    """Career goals: "confidence and leadership"."""
    return listed([_(GOALS[code]) if code in GOALS else code for code in codes])


def vetting_type(code: str) -> str:
    """A kind of background check."""
    return _(VETTING_TYPES[code]) if code in VETTING_TYPES else code.replace("_", " ")


def vetting_result(code: str) -> str:
    """The outcome of a background check."""
    return _(VETTING_RESULTS[code]) if code in VETTING_RESULTS else code
