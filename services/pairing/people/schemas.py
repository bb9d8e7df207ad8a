"""What the API of people takes and gives."""

from typing import Any

from flask import request
from flask_smorest.fields import Upload
from marshmallow import fields, pre_load

from chassis.web import PageArguments
from chassis.web.schemas import Choice, Day, Identifier, Integer, QueryBoolean, Schema, Text
from pairing.people.choices import VETTING_TYPES
from pairing.people.columns import COLUMNS
from pairing.people.model import PASSED, VETTING_RESULTS


class VettingSchema(Schema):
    """The outcome of a background check."""

    type = Text(max=60)
    issued = Day()
    expires = Day()
    result = Choice(*VETTING_RESULTS)
    checked_by = Text(max=40)


class NewVettingSchema(Schema):
    """The outcome of a check; without `expires`, a passed one lasts as long as is usual for its type."""

    type = Choice(*VETTING_TYPES, required=True)
    issued = Day(required=True)
    expires = Day(allow_none=True, load_default=None)
    result = Choice(*VETTING_RESULTS, load_default=PASSED)


class TrainingSchema(Schema):
    """The day of a training."""

    day = Day(required=True)


class GuardianSchema(Schema):
    """Who answers for a minor, and since when taking part is permitted."""

    name = Text(max=200)
    email = Text(max=254)
    permission = Day(allow_none=True)


class PersonSchema(Schema):
    """A participant as staff and the person see them."""

    id = Identifier(dump_only=True)
    email = Text(max=254)
    given_name = Text(max=200)
    family_name = Text(max=200)
    roles = fields.List(Text(max=40))
    language = Text(max=10)
    time_zone = Text(max=64)
    programme_ids = fields.List(Identifier())
    country = Text(max=2)
    city = Text(max=200)
    languages = fields.List(Text(max=10))
    birth_date = Day(allow_none=True)
    format = Text(max=20)
    availability = fields.List(Text(max=20))
    wishes = fields.List(Text(max=254))
    not_with = fields.List(Text(max=254))
    family = Text(max=200)
    joined_on = Day(allow_none=True)
    organisation = Text(max=200)
    expertise = fields.List(Text(max=40))
    capacity = Integer()
    models = fields.List(Text(max=40))
    goals = fields.List(Text(max=40))
    pupils = fields.List(Text(max=254))
    vetting = fields.Nested(VettingSchema, allow_none=True)
    vetting_history = fields.List(fields.Nested(VettingSchema))
    data_protection_training = Day(allow_none=True)
    interests = fields.List(Text(max=40))
    career_goal = Text(max=40)
    learning_style = Text(max=40)
    experience_level = Text(max=40)
    needs = fields.List(Text(max=40))
    motivation = Text(max=2000, lines=True)
    guardian = fields.Nested(GuardianSchema, allow_none=True)
    version = Integer(dump_only=True)


class PeopleArguments(PageArguments):
    """Which participants to list."""

    role = Choice(*COLUMNS, load_default=None)


class ImportArguments(Schema):
    """Into which programme, in which role; without `confirm` nothing is written."""

    programme_id = Identifier(required=True)
    role = Choice(*COLUMNS, required=True)
    confirm = QueryBoolean(load_default=False)


class ImportFile(Schema):
    """The workbook or CSV file; `mapping` is a JSON object of its headings and our columns, `sheet` a sheet of the workbook."""

    file = Upload(required=True)
    mapping = Text(max=20_000, lines=True, load_default="")
    sheet = Text(max=31, load_default="")

    @pre_load
    def with_texts(self, files: Any, **_: Any) -> dict[str, Any]:
        """The files of the form and its texts together."""
        return {**request.form, **{name: files[name] for name in files}}


class FindingSchema(Schema):
    """One thing found in the file: where, what was there, and what to do."""

    row = Integer()
    column = Text(max=200)
    value = Text(max=200)
    code = Text(max=40)
    message = Text(max=1000, attribute="text")


class HeadingSchema(Schema):
    """A heading that is none of our columns, and the one it seems to be; "" when none."""

    heading = Text(max=200, attribute="text")
    suggestion = Text(max=40)


class ChangeSchema(Schema):
    """A row that adds or changes somebody, and which columns of theirs."""

    row = Integer()
    change = Choice("new", "changed")
    columns = fields.List(Text(max=40))


class ImportSchema(Schema):
    """What the import did, or without `confirm` would do; counts are rows."""

    good = Integer()
    created = Integer()
    updated = Integer()
    unchanged = Integer()
    changes = fields.List(fields.Nested(ChangeSchema))
    unmapped = fields.List(fields.Nested(HeadingSchema))
    sheets = fields.List(Text(max=200))
    errors = fields.List(fields.Nested(FindingSchema))
    warnings = fields.List(fields.Nested(FindingSchema))
