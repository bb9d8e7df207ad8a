"""One command starts, one stops drained; everything stays in the folder; a second start of the folder is refused."""

import os
import smtplib
import stat
import subprocess
import sys
import threading
import time
from email.message import EmailMessage
from pathlib import Path

import psutil
import pytest
from urllib3 import PoolManager, Timeout

from embedded import leftovers
from embedded.problems import Problem
from embedded.run import Instance

HTTP = PoolManager(timeout=Timeout(20))
HOLDER = """
import sys, time
from embedded.run import Instance
instance = Instance(sys.argv[1])
instance.start()
print(instance.pids()["supervisor"], flush=True)
time.sleep(60)
"""


def embedded(environment, *arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "embedded", *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False, **options
    )


def test_paths_lead_to_their_services_unchanged(instance):
    for service in ("pairing", "sessions", "feedback", "notifications"):
        seen = HTTP.request("GET", f"{instance.url}/{service}/some/path").json()
        assert seen == {"service": service, "script": "", "path": f"/{service}/some/path"}


def test_the_front_door_leads_to_pairing_and_nothing_else_is_there(instance):
    answer = HTTP.request("GET", f"{instance.url}/", redirect=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/pairing/")
    assert HTTP.request("GET", f"{instance.url}/pairingx/").status == 404


def test_health_names_the_service_that_is_not_ready(instance):
    assert HTTP.request("GET", f"{instance.url}/healthz").status == 200
    (instance.home.root / "unready-feedback").touch()
    answer = HTTP.request("GET", f"{instance.url}/healthz", retries=False)
    (instance.home.root / "unready-feedback").unlink()
    said = {name: words["status"] for name, words in answer.json()["services"].items()}
    assert (answer.status, said) == (503, {"pairing": "ok", "sessions": "ok", "feedback": "no", "notifications": "ok"})


def test_mail_is_kept_as_files(instance):
    host, port = instance.environment["SMTP_URL"].removeprefix("smtp://").split(":")
    mail = EmailMessage()
    mail["Message-ID"], mail["To"], mail["Subject"] = "<once@example.org>", "ana@example.org", "Fundação"
    mail.set_content("Olá")
    for _ in range(2):
        with smtplib.SMTP(host, int(port)) as client:
            client.send_message(mail, from_addr="fabconnect@localhost")
    assert len(list(instance.home.mail.glob("*.eml"))) == 1


def test_a_second_start_of_the_same_folder_is_refused(instance, command_environment):
    refused = embedded(command_environment, "up", "--home", str(instance.home.root), "--port", "0")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"An instance already runs in {instance.home.root} at {instance.url}.")
    assert "Traceback" not in refused.stderr
    assert instance.wait_ready(5) is None


def test_only_the_home_is_written(instance, surroundings):
    assert list(Path(surroundings["HOME"]).iterdir()) == []
    for process in leftovers.of(instance.home):
        for path in open_for_writing(process.pid):
            assert path.is_relative_to(instance.home.root), f"{process.cmdline()} writes {path}"


def open_for_writing(pid):
    """Regular files that a process holds open for writing."""
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        path = Path(str(descriptor.readlink()).removesuffix(" (deleted)"))
        flags = int(Path(f"/proc/{pid}/fdinfo/{descriptor.name}").read_text().split("flags:")[1].split()[0], 8)
        if flags & (os.O_WRONLY | os.O_RDWR) and stat.S_ISREG(descriptor.stat().st_mode):
            yield path


def test_no_one_else_may_read_the_home(instance):
    assert instance.home.root.stat().st_mode & 0o077 == 0


def test_a_stop_lets_the_running_request_and_the_workers_finish(surroundings, tmp_path):
    instance = Instance(tmp_path / "home", environment=surroundings)
    instance.start()
    answers = []
    request = threading.Thread(target=lambda: answers.append(HTTP.request("GET", f"{instance.url}/pairing/slow").data))
    request.start()
    while not (instance.home.root / "slow-began").exists():
        time.sleep(0.01)
    instance.stop()
    request.join()
    assert answers == [b"finished"]
    stops = (instance.home.root / "stops").read_text().splitlines()
    assert stops[0] == "web answered"
    assert sorted(stops[1:]) == [f"{name} drained" for name in ("feedback", "notifications", "pairing", "sessions")]
    assert '"Shutting down"' in instance.log("mongod") or "shutdown" in instance.log("mongod")
    assert "killed" not in instance.log("supervisor").replace("broker did not stop in time and is killed", "")
    assert list(leftovers.of(instance.home)) == []


def test_an_instance_ends_with_the_process_that_holds_it(surroundings, tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "home")]
    holder = subprocess.Popen(command, env={**os.environ, **surroundings}, stdout=subprocess.PIPE, text=True)
    supervisor = psutil.Process(int(holder.stdout.readline()))
    holder.kill()
    holder.wait()
    holder.stdout.close()
    psutil.wait_procs([supervisor], timeout=15)
    assert not supervisor.is_running()


def test_up_returns_while_the_instance_runs_and_down_ends_it(command_environment, tmp_path):
    home = str(tmp_path / "home")
    began = time.monotonic()
    started = embedded(command_environment, "up", "--home", home, "--port", "0")
    try:
        assert started.returncode == 0, started.stderr
        assert time.monotonic() - began < 12
        url = started.stdout.split("FabConnect runs at ")[1].split()[0]
        assert f"{url}pairing/sign-in#once" in started.stdout
        assert HTTP.request("GET", url, redirect=False).status == 302
        assert "mongod is ready" in started.stderr
        shown = embedded(command_environment, "status", "--home", home).stdout
        assert all(name in shown for name in ("supervisor", "mongod", "broker", "mail", "web", "notifications"))
        assert embedded(command_environment, "sign-in-link", "--home", home).stdout == f"{url}pairing/sign-in#once\n"
        assert "all processes are ready" in embedded(command_environment, "logs", "--home", home, "supervisor").stdout
        assert "There is no log of pears. There are: broker, " in embedded(command_environment, "logs", "--home", home, "pears").stderr
    finally:
        stopped = embedded(command_environment, "down", "--home", home)
    assert (stopped.returncode, stopped.stdout) == (0, "Stopped.\n")
    assert embedded(command_environment, "down", "--home", home).stdout == "Nothing was running.\n"
    assert embedded(command_environment, "status", "--home", home).returncode == 1


def test_given_addresses_are_used_instead_of_own_processes(instance, surroundings, tmp_path):
    given = {"MONGO_URL": instance.mongo_url, "KAFKA_BOOTSTRAP": instance.bootstrap, "SMTP_URL": "smtp://mail.example:25"}
    with Instance(tmp_path / "home", environment={**surroundings, **given}, services=("pairing",)) as second:
        assert list(second.pids()) == ["supervisor", "pairing", "web"]
        assert second.environment["SMTP_URL"] == "smtp://mail.example:25"


@pytest.mark.parametrize(
    ("name", "value"), [("MONGO_URL", "mongodb://127.0.0.1:9"), ("MONGO_URL", "mongodb://"), ("KAFKA_BOOTSTRAP", "127.0.0.1:9")]
)
def test_a_given_address_where_nobody_answers_is_told(surroundings, tmp_path, name, value):
    with pytest.raises(Problem, match=name):
        Instance(tmp_path / "home", environment={**surroundings, name: value}).start()
