"""The command line of a service: `python -m <service> web | worker | migrate | dlq | jobs | consumer`."""

import os
import sys

import click
from environs import EnvValidationError
from gunicorn.app.wsgiapp import run as gunicorn

from chassis import logs, migrations, worker
from chassis.config import Settings
from chassis.operations import consumer_commands, dead_letter_commands, job_commands
from chassis.service import Service
from chassis.transaction import connect


def main(service: Service) -> None:
    """Reads the environment, then runs the command; a wrong environment is told in one list, without a traceback."""
    try:
        settings = Settings.from_environment()
    except EnvValidationError as wrong:
        click.echo(f"The configuration is not complete: {wrong}", err=True)
        click.echo("Set these variables (README, section on configuration) and start again.", err=True)
        sys.exit(2)
    logs.configure(settings.log_level)
    group(service)(obj=settings, prog_name=f"python -m {service.name}")


def group(service: Service) -> click.Group:
    """All commands of one service."""
    top = click.Group(help=f"The {service.name} service of one instance.")
    operations = (dead_letter_commands(service), consumer_commands(service), job_commands(service))
    for command in (_web(service), _worker(service), _migrate(service), *operations, *service.commands):
        top.add_command(command)
    return top


def _web(service: Service) -> click.Command:
    @click.command("web")
    @click.option("--bind", default="127.0.0.1:8000", show_default=True)
    def web(bind: str) -> None:
        """Serves pages and API with gunicorn."""
        config = os.environ.get("GUNICORN_CONFIG")
        options = ["-c", config] if config else ["--worker-class", "gthread", "--threads", "16", "--no-control-socket"]
        sys.argv = ["gunicorn", *options, "--bind", bind, f"{service.name}.app:create_app()"]
        gunicorn()

    return web


def _worker(service: Service) -> click.Command:
    @click.command("worker")
    @click.option("--only", type=click.Choice(worker.PARTS), multiple=True, help="Run only these parts.")
    @click.pass_obj
    def run_worker(settings: Settings, only: tuple[str, ...]) -> None:
        """Runs relay, consumer and clock."""
        sys.exit(worker.run(service, settings, only or worker.PARTS))

    return run_worker


def _migrate(service: Service) -> click.Command:
    @click.command("migrate")
    @click.pass_obj
    def migrate(settings: Settings) -> None:
        """Brings the database to the form this version expects."""
        count = migrations.migrate(service, connect(settings)[settings.database_name(service.name)], settings)
        click.echo(f"{service.name}: {count} migrations applied")

    return migrate
