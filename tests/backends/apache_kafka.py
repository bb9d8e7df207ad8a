"""Apache Kafka in KRaft mode as a child process, from its jars on Maven Central; needs Java 17 and Maven."""

import base64
import fcntl
import re
import shutil
import subprocess
import uuid
from pathlib import Path

from backends.process import Process, Unavailable, free_port, wait_until
from backends.protocol import answers

HERE = Path(__file__).parent
JARS = HERE / "target" / "jars"
OLDEST_JAVA = 17
QUICK_START = "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
ONE_NODE = """\
process.roles=broker,controller
node.id=1
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=2000
auto.create.topics.enable=false
"""


def java() -> str:
    """Path of a Java that Kafka 4 accepts."""
    found = shutil.which("java")
    if not found:
        raise Unavailable("no java: Apache Kafka needs Java 17 or newer")
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < OLDEST_JAVA:
        raise Unavailable(f"Apache Kafka needs Java 17 or newer, found: {said.splitlines()[0] if said else 'nothing'}")
    return found


def jars() -> str:
    """Class path of the broker; Maven brings the jars the first time and whenever the pom is newer than they are."""
    pom, done = HERE / "pom.xml", JARS / ".complete"
    JARS.mkdir(parents=True, exist_ok=True)
    with (JARS.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists() or done.stat().st_mtime < pom.stat().st_mtime:
            copy_jars(pom)
            done.touch()
    return f"{JARS}/*"


def copy_jars(pom: Path) -> None:
    """Lets Maven download the jars into target/jars."""
    if not shutil.which("mvn"):
        raise Unavailable("no mvn: Maven brings the jars of Apache Kafka")
    command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    copied = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if copied.returncode:
        raise Unavailable(f"Maven could not bring the jars of Apache Kafka:\n{copied.stdout[-1500:]}{copied.stderr[-500:]}")


class ApacheKafka:
    """A one-node KRaft broker, log in `folder`, on a port that stays the same over restarts."""

    keeps_log = True

    def __init__(self, folder: Path) -> None:
        logs = f"-Dlog4j2.configurationFile={HERE / 'log4j2.properties'}"
        self.command = [java(), *QUICK_START.split(), logs, "-cp", jars()]
        self.data, self.log = folder / "kafka", folder / "kafka.log"
        self.properties = folder / "server.properties"
        self.bootstrap, self.controller = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
        self.process: Process | None = None

    @property
    def running(self) -> bool:
        """Whether the broker runs."""
        return self.process is not None and self.process.alive

    def start(self) -> None:
        """Starts the broker, with a fresh log when it has none, and waits until it answers."""
        if not self.running:
            if not self.data.exists():
                self.format_log()
            self.process = Process([*self.command, "kafka.Kafka", str(self.properties)], self.log)
        wait_until(lambda: answers(self.bootstrap), "Apache Kafka", process=self.process)

    def format_log(self) -> None:
        """Writes the configuration and formats an empty log under a new cluster id."""
        addresses = f"listeners=PLAINTEXT://{self.bootstrap},CONTROLLER://{self.controller}\ncontroller.quorum.voters=1@{self.controller}\n"
        self.properties.write_text(f"{ONE_NODE}{addresses}log.dirs={self.data}\n")
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        formatting = [*self.command, "kafka.tools.StorageTool", "format", "--cluster-id", cluster, "--config", str(self.properties)]
        subprocess.run(formatting, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        """Ends the broker, as a crash would; its log stays."""
        if self.process:
            self.process.kill()

    def forget(self) -> None:
        """Throws the log of the stopped broker away."""
        shutil.rmtree(self.data, ignore_errors=True)

    def close(self) -> None:
        """Ends the broker for good."""
        self.stop()
