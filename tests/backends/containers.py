"""MongoDB and Apache Kafka in containers, from the images that production pins; needs a Docker engine."""

import contextlib
import os
from pathlib import Path

import docker
from docker.errors import DockerException, ImageNotFound
from testcontainers.core.container import DockerContainer

from backends import replica_set
from backends.process import Unavailable, free_port, wait_until
from backends.protocol import answers

MONGO_IMAGE = os.environ.get("FABCONNECT_MONGO_IMAGE", "mongo:8.0")
KAFKA_IMAGE = os.environ.get("FABCONNECT_KAFKA_IMAGE", "apache/kafka:4.1.0")


def require_engine(image: str) -> None:
    """Unavailable unless a Docker engine answers and has, or can pull, the image."""
    try:
        with contextlib.closing(docker.from_env()) as engine:
            engine.ping()
            with contextlib.suppress(ImageNotFound):
                engine.images.get(image)
                return
            engine.images.pull(*image.split(":"))
    except DockerException as said:
        raise Unavailable(f"no Docker engine, or no image {image}: {said}") from said


class Container:
    """One container whose port is the same inside, outside and after a restart, so that what it advertises stays true."""

    def __init__(self, image: str) -> None:
        require_engine(image)
        self.image = image
        self.port = free_port()
        self.container: DockerContainer | None = None

    def describe(self, container: DockerContainer) -> DockerContainer:
        """Adds command and environment to a container that is about to start."""
        raise NotImplementedError

    @property
    def running(self) -> bool:
        """Whether the container runs."""
        if not self.container:
            return False
        wrapped = self.container.get_wrapped_container()
        wrapped.reload()
        return bool(wrapped.status == "running")

    def up(self) -> None:
        """Creates the container, or starts the stopped one with the data it left."""
        if not self.container:
            self.container = self.describe(DockerContainer(self.image).with_bind_ports(self.port, self.port)).start()
        elif not self.running:
            self.container.get_wrapped_container().start()

    def kill(self) -> None:
        """Ends what runs in the container with SIGKILL; its data stays."""
        if self.container and self.running:
            self.container.get_wrapped_container().kill()
            self.container.get_wrapped_container().wait()

    def close(self) -> None:
        """Removes the container and its data."""
        if self.container:
            self.container.stop()
            self.container = None


class MongoContainer(Container):
    """A replica set of one containerised mongod."""

    def __init__(self, folder: Path) -> None:
        super().__init__(MONGO_IMAGE)
        self.url = replica_set.url(self.port)

    def describe(self, container: DockerContainer) -> DockerContainer:
        """The server listens on the port that the host sees, so that its member address holds on both sides."""
        return container.with_command(f"mongod --replSet {replica_set.NAME} --port {self.port}")

    def start(self) -> None:
        """Starts mongod and waits for a primary."""
        self.up()
        replica_set.initiate(self.port)

    def step_down(self) -> None:
        """Makes the primary stand down for a moment."""
        replica_set.step_down(self.port)


class BrokerContainer(Container):
    """A containerised one-node KRaft broker."""

    keeps_log = True

    def __init__(self, folder: Path) -> None:
        super().__init__(KAFKA_IMAGE)
        self.bootstrap = f"127.0.0.1:{self.port}"

    def describe(self, container: DockerContainer) -> DockerContainer:
        """One node that is broker and controller and advertises the host's port."""
        return container.with_envs(
            KAFKA_NODE_ID="1",
            KAFKA_PROCESS_ROLES="broker,controller",
            KAFKA_LISTENERS=f"PLAINTEXT://:{self.port},CONTROLLER://localhost:9093",
            KAFKA_ADVERTISED_LISTENERS=f"PLAINTEXT://{self.bootstrap}",
            KAFKA_LISTENER_SECURITY_PROTOCOL_MAP="CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            KAFKA_CONTROLLER_LISTENER_NAMES="CONTROLLER",
            KAFKA_CONTROLLER_QUORUM_VOTERS="1@localhost:9093",
            KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR="1",
            KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR="1",
            KAFKA_TRANSACTION_STATE_LOG_MIN_ISR="1",
            KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR="1",
            KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR="1",
            KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS="0",
            KAFKA_BROKER_HEARTBEAT_INTERVAL_MS="500",
            KAFKA_BROKER_SESSION_TIMEOUT_MS="2000",
            KAFKA_AUTO_CREATE_TOPICS_ENABLE="false",
        )

    def start(self) -> None:
        """Starts the broker and waits until it answers."""
        self.up()
        wait_until(lambda: answers(self.bootstrap), "Apache Kafka in its container")

    def stop(self) -> None:
        """Ends the broker; its log stays."""
        self.kill()

    def forget(self) -> None:
        """Throws the stopped broker and its log away."""
        self.close()
