"""Events about people, published by `pairing`: the only events that carry personal data, on their own compacted topic."""

from datetime import date

from contracts.declare import event

PUBLISHER = "pairing"


@event("person.changed", key="person_id")
class PersonChanged:
    """The present state of one person; the newest version wins.

    `roles` as in tokens; `language` a two-letter code; `time_zone` an IANA name;
    `availability` weekly slots in that zone, each like "Wed 19:00-22:30"; `ward_ids` the people whom a guardian answers for.
    `of_age_on` is the day, in her zone, on which a mentee comes of age; None for others, and where that is not known.
    """

    person_id: str
    roles: tuple[str, ...]
    given_name: str
    family_name: str
    email: str
    language: str
    time_zone: str
    programme_ids: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    ward_ids: tuple[str, ...] = ()
    of_age_on: date | None = None


@event("person.erased", key="person_id")
class PersonErased:
    """The person is erased. Travels as a tombstone: the Kafka record has the key and no value."""

    person_id: str
