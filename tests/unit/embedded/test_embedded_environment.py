"""The environment of the services: the instance's own addresses, the user's names."""

from embedded.environment import Addresses, for_services
from embedded.home import Home

ADDRESSES = Addresses(url="http://127.0.0.1:8080", mongo_url="mongodb://m", bootstrap="b:1", smtp_url="smtp://s")


def test_files_lie_in_the_home(tmp_path):
    made = for_services(Home.at(tmp_path), ADDRESSES, {})
    assert made["KEYS_DIR"] == str(tmp_path / "keys")
    assert made["SECRET_FILE"] == str(tmp_path / "secret")


def test_what_the_user_named_stays(tmp_path):
    made = for_services(Home.at(tmp_path), ADDRESSES, {"PUBLIC_URL": "https://mentoring.example", "INSTANCE": "lisbon"})
    assert (made["PUBLIC_URL"], made["INSTANCE"]) == ("https://mentoring.example", "lisbon")


def test_a_stale_address_of_the_shell_does_not_reach_the_services(tmp_path):
    assert for_services(Home.at(tmp_path), ADDRESSES, {"KEYS_DIR": "/elsewhere"})["KEYS_DIR"] == str(tmp_path / "keys")
    assert for_services(Home.at(tmp_path), ADDRESSES, {})["PUBLIC_URL"] == ADDRESSES.url
