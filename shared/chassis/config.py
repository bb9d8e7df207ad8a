"""Reads the configuration of a process from environment variables and secret files, and reports every fault at once."""

from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Any

from environs import Env

SECRET_TEXTS = ("oidc_client_secret", "kafka_sasl_password")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a process of one instance needs to know; see README for each variable."""

    instance: str = "fabconnect"
    mongo_url: str
    kafka_bootstrap: str
    keys_dir: Path
    secret_file: Path
    instance_name: str = "FabConnect"
    public_url: str = "http://127.0.0.1:8080"
    smtp_url: str = "smtp://127.0.0.1:1025"
    mail_from: str = "fabconnect@localhost"
    admin_email: str = "admin@localhost"
    safeguarding_contact: str = ""
    mongo_timeout_ms: int = 3_000
    kafka_partitions: int = 3
    kafka_replication: int = 1
    kafka_fetch_max_wait_ms: int = 500
    kafka_session_timeout_ms: int = 45_000
    kafka_heartbeat_ms: int = 3_000
    kafka_security_protocol: str = "PLAINTEXT"
    kafka_ssl_cafile: str = ""
    kafka_sasl_mechanism: str = ""
    kafka_sasl_username: str = ""
    kafka_sasl_password: str = ""
    consumer_batch: int = 2_000
    consumer_attempts: int = 3
    consumer_dead_letters_in_a_row: int = 50
    max_event_bytes: int = 900_000
    outbox_days: int = 400
    max_body_bytes: int = 8 * 1024 * 1024
    rate_limits: bool = True
    trusted_proxies: int = 0
    log_level: str = "INFO"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""

    @property
    def secret(self) -> bytes:
        """The instance's secret, without the newline that editors add."""
        return self.secret_file.read_bytes().strip()

    def database_name(self, service: str) -> str:
        """One database per service and instance."""
        return f"{self.instance}_{service}"

    @classmethod
    def from_environment(cls) -> "Settings":
        """Settings from the process environment; raises environs.EnvValidationError that names every wrong variable.

        Each variable is the field's name in capitals. Secret texts may come from files: OIDC_CLIENT_SECRET_FILE, KAFKA_SASL_PASSWORD_FILE.
        """
        env = Env(eager=False)
        read = {name: _read(env, name, declared) for name, declared in cls.__dataclass_fields__.items()}
        files = {name: env.path(f"{name.upper()}_FILE", None) for name in SECRET_TEXTS}
        env.seal()
        read |= {name: path.read_text().strip() for name, path in files.items() if path}
        return cls(**read)


def _read(env: Env, name: str, declared: Any) -> Any:
    parse: Any = {int: env.int, bool: env.bool, Path: env.path}.get(declared.type, env.str)
    return parse(name.upper()) if declared.default is MISSING else parse(name.upper(), declared.default)
