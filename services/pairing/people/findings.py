"""What an intake file got wrong or should know: one finding per cell, each with the sentence that tells the remedy."""

from dataclasses import dataclass, field
from typing import Any

from ui.language import mark

SHOWN_CHARACTERS = 60

REMEDIES = {
    "column-missing": mark("This column is missing. Add it, with exactly this heading."),
    "column-twice": mark("This heading is there twice. Delete or rename one of the two columns."),
    "column-unknown": mark("No such column is known: it was not read. Check the heading if it should be."),
    "column-absent": mark("This column is not in the file: it stays empty, or as it was."),
    "encoding": mark("The file was read as Windows-1252. Check that accents look right; if not, save it as “CSV UTF-8”."),
    "quotes": mark("The quotation marks of this row do not match. Double those inside a text, and close each one that is opened."),
    "too-many-cells": mark("This row has more cells than the heading. Put texts that contain the separator in quotation marks."),
    "required": mark("This cell is empty. Fill it in."),
    "too-long": mark("This text is too long. Use at most %(most)s characters."),
    "unprintable": mark("This text holds characters that cannot be seen. Type it again."),
    "several-lines": mark("Write this on one line."),
    "formula": mark("This looks like a formula. It is kept as plain text and never calculated."),
    "cell-error": mark("The workbook could not calculate this cell. Put the value itself into it."),
    "calculated": mark("This cell is calculated by the workbook. The value that it was saved with was taken."),
    "not-calculated": mark("This cell is a formula without a saved value. Put the value itself into it."),
    "email": mark("This is not an e-mail address. Write it like name@example.org."),
    "email-twice": mark("Row %(first)s has the same e-mail address. Give each person their own, or delete one of the rows."),
    "email-own": mark("This is the person's own address. Write the address of the other person."),
    "email-elsewhere": mark(
        "This person is already here through another programme, and the row would change what is stored there. "
        "Ask the coordinator of that programme, or take over what is stored."
    ),
    "email-other-role": mark("Somebody with this address is already here as %(role)s. Use another address for the other role."),
    "day-format": mark("This is not a date. Write year, month and day like 2011-05-04."),
    "day-order": mark("Write dates with the year first: %(day)s."),
    "day-ambiguous": mark("Write %(one)s or %(other)s: it cannot be seen which is the day and which the month."),
    "day-impossible": mark("There is no such day in the calendar. Check the month and the day."),
    "day-future": mark("This day has not come yet. Check the date."),
    "birth-implausible": mark(
        "Born on this day, this person would be %(age)s years old. Check the year: from %(least)s to %(most)s can be right."
    ),
    "number": mark("Write a whole number from %(least)s to %(most)s."),
    "choice": mark("This word is not known here. Write one of: %(allowed)s."),
    "choice-near": mark("This word is not known here. Did you mean %(near)s?"),
    "language": mark("This is not a language code. Write two-letter codes with semicolons between, like nl;en."),
    "country": mark("This is not a country code. Write two letters, like NL."),
    "time-zone": mark("This is not a time zone. Write its IANA name, like Europe/Amsterdam or Atlantic/Reykjavik."),
    "availability": mark("“%(part)s” is not a stretch of a day. Write like Wed 19:00-21:30, with semicolons between."),
    "availability-joined": mark("Some times overlap. They were joined to: %(slots)s."),
    "vetting-incomplete": mark("Of a background check, type, date and last valid day belong together. Fill in all three, or none."),
    "vetting-order": mark("The background check ends before it was issued. Check both dates."),
    "vetting-lapsed": mark("This background check has lapsed. Until a new one is recorded, this mentor cannot be paired with a minor."),
    "vetting-not-passed": mark(
        "This background check was not passed or is not finished. Until one is passed, this mentor cannot be paired with a minor."
    ),
    "vetting-none": mark("No background check is recorded. Until one is, this mentor cannot be paired with a minor."),
    "vetting-own": mark("Nobody records their own background check, so it was not read. Ask another coordinator to look at it."),
    "training-none": mark("No data-protection training is recorded. Until it is, nobody can be proposed to this mentor."),
    "guardian-missing": mark("This mentee is under 18. Fill in a guardian's name and e-mail address."),
    "guardian-same": mark("This is the mentee's own address. Write the guardian's."),
    "guardian-permission": mark(
        "This mentee is under 18 and no guardian's permission is recorded. Until it is, no mentor can be proposed."
    ),
    "permission-taken-back": mark(
        "The guardian took this permission back or did not give it, so the file does not set it. If it is given again, record that on the "
        "page of this person's permissions."
    ),
    "other-unknown": mark(
        "Nobody with the address %(email)s is here yet. Check how it is written: as long as it names nobody, it keeps nobody apart."
    ),
    "wish-unknown": mark("Nobody with the address %(email)s is in the programme yet. The wish counts as soon as they are."),
}


@dataclass(frozen=True)
class Finding:
    """One thing found at a row and column; `code` is a key of REMEDIES, `params` fill its places."""

    row: int
    column: str
    value: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English sentence, which is also the message id, before its places are filled."""
        return REMEDIES[self.code]

    @property
    def text(self) -> str:
        """The English sentence with its places filled."""
        return self.message % self.params


def found(row: int, column: str, value: str, code: str, **params: Any) -> Finding:
    """A finding, with the value cut to what fits a table."""
    shown = " ".join(value.split())
    return Finding(row, column, shown if len(shown) <= SHOWN_CHARACTERS else shown[: SHOWN_CHARACTERS - 1] + "…", code, params)
