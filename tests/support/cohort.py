"""Makes cohorts of any size that all fit each other, as the CSV files a coordinator has."""

import csv
import io

MENTOR = {
    "given_name": "Maud", "family_name": "Jansen", "country": "NL", "city": "Sneek", "time_zone": "Europe/Amsterdam", "languages": "en;nl",
    "birth_date": "1985-03-15", "organisation": "Firda",
    "expertise": "robotics;programming", "capacity": "1", "models": "structured",
    "format": "online", "availability": "Wed 16:00-19:00; Thu 16:00-19:00", "vetting_type": "vog", "vetting_issued": "2026-09-01",
    "vetting_expires": "2029-09-01", "data_protection_training": "2026-09-01", "wishes": "",
}  # fmt: skip
MENTEE = {
    "given_name": "Yara", "family_name": "Bakker", "country": "NL", "city": "Sneek", "time_zone": "Europe/Amsterdam", "languages": "en;nl",
    "birth_date": "2004-05-04", "interests": "robotics", "career_goal": "confidence", "learning_style": "doing",
    "experience_level": "new",
    "needs": "structured", "format": "online", "availability": "Wed 16:00-19:00; Thu 16:00-19:00", "guardian_name": "",
    "guardian_email": "", "guardian_permission": "", "wishes": "", "motivation": "",
}  # fmt: skip


def table(role: str, count: int) -> bytes:
    """A CSV file with `count` people of this role, each with an address of her own."""
    person = MENTOR if role == "mentor" else MENTEE
    text = io.StringIO()
    writer = csv.DictWriter(text, ["email", *person])
    writer.writeheader()
    writer.writerows({"email": f"{role}{number}@{role}s.example.org", **person} for number in range(count))
    return text.getvalue().encode()
