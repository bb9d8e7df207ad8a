"""Personal texts that a test can find anywhere, and that would be a tag or an attribute on a page that does not escape them."""

import csv
import io

from support.cohort import MENTEE, MENTOR

MARK = "xq7zk4wv"
"""Long enough that no sealed text or token contains it by chance."""

SPIKE = f"\"'><{MARK} {MARK}=1>&{{{{7*7}}}}%(x)s%"
AVAILABLE = "Mon 08:00-22:00; Tue 08:00-22:00; Wed 08:00-22:00; Thu 08:00-22:00; Fri 08:00-22:00"


def spiked(word: str) -> str:
    """A name or text that is personal and would do harm where it is not escaped."""
    return f"{word} {SPIKE}"


def table(role: str, name: str, count: int) -> bytes:
    """The CSV file of a programme's people of one role."""
    usual = (MENTOR if role == "mentor" else MENTEE) | {"availability": AVAILABLE}
    given = {"given_name": spiked(role.title()), "family_name": spiked("Jansen"), "city": spiked("Sneek")}
    own = {"organisation": spiked("Firda"), "capacity": "2"} if role == "mentor" else {"motivation": f"I like\n{spiked('robots')}"}
    text = io.StringIO()
    writer = csv.DictWriter(text, ["email", *usual])
    writer.writeheader()
    writer.writerows({"email": f"{role}{number}.{name}.{MARK}@example.org", **usual, **given, **own} for number in range(count))
    return text.getvalue().encode()
