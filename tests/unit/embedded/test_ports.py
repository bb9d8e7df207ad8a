"""Ports are told when busy, and remembered while free."""

import socket

import pytest

from embedded import ports
from embedded.home import Home
from embedded.problems import Problem


@pytest.fixture
def place(tmp_path):
    home = Home.at(tmp_path)
    home.prepare()
    return home


def test_a_busy_port_is_told_with_a_remedy():
    with ports.listen("127.0.0.1", 0) as busy:
        number = busy.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {number} on 127.0.0.1 is used") as problem:
            ports.listen("127.0.0.1", number)
    assert f"PORT={number + 1}" in problem.value.remedy


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("203.0.113.7", 8080), ("no.such.host.invalid", 8080)])
def test_an_impossible_address_is_told(host, port):
    with pytest.raises(Problem, match="cannot be used"):
        ports.listen(host, port)


def test_inner_ports_are_kept_over_starts_and_differ(place):
    first = ports.inner(place, ("mongod", "broker", "mail"))
    assert len(set(first.values())) == 3
    assert ports.inner(place, ("mongod", "broker", "mail")) == first


def test_a_remembered_port_that_another_program_took_is_replaced(place):
    first = ports.inner(place, ("mongod",))["mongod"]
    with socket.create_server(("127.0.0.1", first)):
        assert ports.inner(place, ("mongod",))["mongod"] != first


@pytest.mark.parametrize("content", ["", '{"mongod": "x"}', '{"mongod": 80}', "[]"])
def test_a_broken_memory_of_ports_is_no_obstacle(place, content):
    place.ports.write_text(content)
    assert ports.inner(place, ("mongod",))["mongod"] in ports.INNER
