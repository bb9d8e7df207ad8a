"""The words that intake files and forms may use for fields, models, goals and the like."""

FIELDS = (
    "architecture",
    "climate_science",
    "data_and_ai",
    "digital_design",
    "digital_fabrication",
    "electronics",
    "entrepreneurship",
    "game_design",
    "life_sciences",
    "mathematics",
    "mechanical_engineering",
    "music_technology",
    "programming",
    "robotics",
    "space",
    "wearables",
)
MODELS = ("on_the_job", "structured", "ad_hoc", "collaborative")
FORMATS = ("online", "in_person", "either")
GOALS = ("explore_careers", "technical_skills", "confidence", "leadership")
LEARNING_STYLES = ("reading", "listening", "visual", "doing")
LEVELS = ("new", "developing", "experienced")
NEEDS = ("hands_on", "structured", "flexible", "group")
VETTING_TYPES = ("garda_vetting", "vog", "sexual_offences_certificate", "criminal_record_certificate", "local_policy")
RENEWAL_MONTHS = {"vog": 36, "criminal_record_certificate": 12}
"""After how many months a check is usually renewed, where there is a rule or advice."""
