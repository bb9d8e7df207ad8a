"""Country packs: what they say, which version counts on a day, and that a wrong file stops the start with file, field and remedy."""

import runpy
import shutil
from datetime import date
from pathlib import Path

import pytest

from chassis.errors import NotFound
from pairing.app import create_app
from pairing.country_packs import repository
from pairing.country_packs.model import HOUSE_DEFAULT, Fact
from pairing.country_packs.repository import BadPack, country_of_zone, pack_of, packs, read_packs
from pairing.people.choices import VETTING_TYPES

DAY = date(2026, 11, 22)


def facts(pack):
    return {name: value for name, value in vars(pack).items() if isinstance(value, Fact)}


@pytest.mark.parametrize(
    ("country", "age", "confirmed"), [("NL", 16, True), ("IE", 16, True), ("ES", 14, True), ("PT", 13, False), ("IS", 13, False)]
)
def test_the_age_of_digital_consent_and_whether_it_is_confirmed(country, age, confirmed):
    found = pack_of(country, DAY).digital_consent_age
    assert (found.value, found.confirmed) == (age, confirmed)


@pytest.mark.parametrize(
    ("country", "kind", "months"),
    [
        ("NL", "vog", 36),
        ("IE", "garda_vetting", None),
        ("ES", "sexual_offences_certificate", None),
        ("PT", "criminal_record_certificate", 12),
        ("IS", "local_policy", None),
    ],
)
def test_the_vetting_of_each_country(country, kind, months):
    rule = pack_of(country, DAY).vetting.value
    assert (rule.types, rule.renewal_months) == ((kind,), months)
    assert kind in VETTING_TYPES


def test_the_law_that_spain_made_later_counts_from_its_day():
    sources = [pack_of("ES", day).vetting.source for day in (date(2021, 6, 24), date(2021, 6, 25))]
    assert ["8/2021" in source for source in sources] == [False, True]


def test_every_fact_names_its_source_and_our_own_choices_are_never_confirmed():
    for country in packs():
        for name, fact in facts(pack_of(country, DAY)).items():
            assert fact.source, (country, name)
            assert fact.confirmed is False or fact.source != HOUSE_DEFAULT, (country, name)
        assert pack_of(country, DAY).majority_age.value == 18


@pytest.mark.parametrize(("country", "day"), [("DE", DAY), ("", DAY), ("nl", DAY), ("../nl", DAY), ("NL", date(2018, 5, 24))])
def test_a_country_or_a_day_without_a_pack_is_told_so(country, day):
    with pytest.raises(NotFound):
        pack_of(country, day)


def test_a_zone_names_the_country_whose_pack_there_is():
    zones = ("Europe/Amsterdam", "Atlantic/Azores", "Atlantic/Canary", "Atlantic/Reykjavik", "Europe/Berlin", "UTC", "")
    assert [country_of_zone(zone) for zone in zones] == ["NL", "PT", "ES", "IS", "", "", ""]


@pytest.fixture
def folder(tmp_path):
    """A folder with the Dutch pack alone, and a way to change its text."""
    shutil.copy(Path(repository.__file__).parent / "nl.yaml", tmp_path)

    def change(old, new):
        text = (tmp_path / "nl.yaml").read_text()
        assert old in text
        (tmp_path / "nl.yaml").write_text(text.replace(old, new, 1))
        return tmp_path

    return change


def test_a_later_version_counts_from_its_first_day(folder):
    earlier = (Path(repository.__file__).parent / "nl.yaml").read_text().partition("versions:\n")[2]
    later = earlier.replace("2018-05-25", "2027-01-01").replace("value: 16", "value: 15")
    path = folder("versions:\n", f"versions:\n{later}")
    first, second = read_packs(path)["NL"]
    assert [first.valid_from, second.valid_from] == [date(2018, 5, 25), date(2027, 1, 1)]
    for day, age in ((date(2026, 12, 31), 16), (date(2027, 1, 1), 15)):
        assert repository.valid_on((second, first), day).digital_consent_age.value == age


@pytest.mark.parametrize(
    ("old", "new", "field", "remedy"),
    [
        ("value: 16", "value: sixteen", "versions.0.digital_consent_age.value", "Not a valid integer"),
        ("value: 16", "value: 160", "versions.0.digital_consent_age.value", "less than or equal to 120"),
        ("confirmed: true", "confirmed: yes please", "versions.0.digital_consent_age.confirmed", "Not a valid boolean"),
        ("valid_from: 2018-05-25", "valid_from: spring", "versions.0.valid_from", "Not a valid date"),
        ("types: [vog]", "types: [police]", "versions.0.vetting.value.types.0", "Must be one of"),
        ("types: [vog]", "types: []", "versions.0.vetting.value.types", "Shorter than minimum"),
        ("note: renewal_advised", "note: whatever", "versions.0.vetting.value.note", "Must be one of"),
        ("Europe/Amsterdam", "Europe/Atlantis", "versions.0.time_zone.value", "IANA name"),
        ("value: nl", "value: tlh", "versions.0.language.value", "Must be one of"),
        ("value: 25", "value: 11", "versions.0.mentee_maximum_age", "too old before they are old enough"),
        ("value: 16", "value: 19", "versions.0.digital_consent_age", "later than she comes of age"),
        ("    majority_age:", "    majority:", "versions.0.majority_age", "Missing data"),
        ("      source: FabConnect default", "", "versions.0.mentor_minimum_age.source", "Missing data"),
        ("confirmed: false", "confirmed: true", "versions.0.mentor_minimum_age.confirmed", "cannot be confirmed"),
        ("versions:", "version:", "versions", "Missing data"),
    ],
)
def test_a_wrong_pack_is_refused_with_file_field_and_remedy(folder, old, new, field, remedy):
    with pytest.raises(BadPack) as refused:
        read_packs(folder(old, new))
    said = str(refused.value)
    assert said.startswith("The country pack nl.yaml is wrong. ")
    assert f"{field}: " in said
    assert remedy in said
    assert said.endswith("then start again.")


def test_what_is_no_yaml_is_told_with_its_line(folder):
    with pytest.raises(BadPack, match=r"nl\.yaml, line 3 is no YAML"):
        read_packs(folder("versions:", "versions: [\n:"))


def test_two_versions_of_one_day_and_an_empty_folder_are_refused(folder, tmp_path):
    text = (tmp_path / "nl.yaml").read_text().partition("versions:\n")[2]
    with pytest.raises(BadPack, match="Two versions begin on the same day"):
        read_packs(folder("versions:\n", f"versions:\n{text}"))
    (tmp_path / "nl.yaml").unlink()
    with pytest.raises(BadPack, match="Put at least one file there"):
        read_packs(tmp_path)


def test_a_service_with_a_wrong_pack_does_not_start(folder, monkeypatch, capsys):
    monkeypatch.setattr(repository, "FOLDER", folder("value: 16", "value: sixteen"))
    packs.cache_clear()
    try:
        with pytest.raises(BadPack, match="digital_consent_age"):
            create_app()
        with pytest.raises(SystemExit) as ended:
            runpy.run_module("pairing", run_name="__main__")
    finally:
        packs.cache_clear()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("The country pack nl.yaml is wrong. versions.0.digital_consent_age.value: ")
