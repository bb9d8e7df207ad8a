"""What an administrator does by hand with a running service: dead letters, a halted consumer, parked jobs."""

from datetime import UTC, datetime
from typing import Any

import click
from pymongo.database import Database
from rich.console import Console
from rich.table import Column, Table

from chassis import clock, dead_letters
from chassis.config import Settings
from chassis.dead_letters import DeadLetter
from chassis.replay import replay
from chassis.service import Service
from chassis.transaction import connect

OUT = Console()


def _database(service: Service, settings: Settings) -> Database[dict[str, Any]]:
    return connect(settings)[settings.database_name(service.name)]


def _letters(service: Service, settings: Settings, wanted: tuple[str, ...] = ()) -> list[DeadLetter]:
    found = dead_letters.listed(settings, service.name, _database(service, settings))
    return [letter for letter in found if not wanted or letter.id in wanted or letter.origin in wanted]


def dead_letter_commands(service: Service) -> click.Group:
    """`dlq list | show | replay | drop`."""
    dlq = click.Group("dlq", help="Dead letters: what this service could not apply.")
    for command in (_list(service), _show(service), _replay(service), _drop(service)):
        dlq.add_command(command)
    return dlq


def _list(service: Service) -> click.Command:
    @click.command("list")
    @click.pass_obj
    def show_all(settings: Settings) -> None:
        """List what waits for a decision."""
        table = Table(*(Column(title, overflow="fold") for title in ("id", "at", "origin", "key", "reason")))
        for letter in _letters(service, settings):
            table.add_row(letter.id, letter.at, letter.origin, letter.key, letter.reason)
        OUT.print(table)

    return show_all


def _show(service: Service) -> click.Command:
    @click.command("show")
    @click.argument("id")
    @click.pass_obj
    def show(settings: Settings, id: str) -> None:
        """Print one with its stack and payload."""
        found = _letters(service, settings, (id,))
        if not found:
            raise click.UsageError(f"There is no dead letter {id}. `dlq list` shows those that wait.")
        for letter in found:
            payload = (letter.value or b"(no payload kept)").decode(errors="replace")
            click.echo("\n".join((letter.id, letter.origin, letter.reason, letter.stack, payload)))

    return show


def _replay(service: Service) -> click.Command:
    @click.command("replay")
    @click.argument("ids", nargs=-1)
    @click.option("--all", "everything", is_flag=True, help="All that are listed.")
    @click.pass_obj
    def bring_back(settings: Settings, ids: tuple[str, ...], everything: bool) -> None:
        """Apply again, after a fix."""
        if not ids and not everything:
            raise click.UsageError("Name the dead letters, or say --all.")
        for letter in _letters(service, settings, ids):
            click.echo(replay(service, settings, _database(service, settings), letter))

    return bring_back


def _drop(service: Service) -> click.Command:
    @click.command("drop")
    @click.argument("ids", nargs=-1, required=True)
    @click.pass_obj
    def drop(settings: Settings, ids: tuple[str, ...]) -> None:
        """List them no more; what they would have done stays undone."""
        for letter in _letters(service, settings, ids):
            dead_letters.settle(_database(service, settings), letter, "dropped")
            click.echo(f"{letter.id}: dropped")

    return drop


def consumer_commands(service: Service) -> click.Group:
    """`consumer resume`."""
    consumer = click.Group("consumer", help="The consumer that stopped itself after many dead letters in a row.")

    @consumer.command("resume")
    @click.pass_obj
    def resume(settings: Settings) -> None:
        """Let it go on."""
        found = _database(service, settings)["topics"].find_one_and_delete({"_id": "consumer:halted"})
        click.echo(f"resumed; it had stopped: {found['reason']}" if found else "it was not stopped")

    return consumer


def job_commands(service: Service) -> click.Group:
    """`jobs list | retry`."""
    jobs = click.Group("jobs", help="What the clock has to do.")

    @jobs.command("list")
    @click.pass_obj
    def show_all(settings: Settings) -> None:
        """List due times, parked jobs first."""
        table = Table(*(Column(title, overflow="fold") for title in ("key", "job", "due", "attempts", "parked")))
        for job in _database(service, settings)[clock.COLLECTION].find(sort=[("parked", -1), ("due", 1)], limit=200):
            table.add_row(job["_id"], job["job"], f"{job['due']:%Y-%m-%d %H:%M}", str(job["attempts"]), job.get("parked") or "")
        OUT.print(table)

    @jobs.command("retry")
    @click.argument("key")
    @click.pass_obj
    def retry(settings: Settings, key: str) -> None:
        """Run a parked job now."""
        again = {"$set": {"due": datetime.now(UTC), "attempts": 0, "parked": None}}
        done = _database(service, settings)[clock.COLLECTION].update_one({"_id": key}, again)
        click.echo("due now" if done.matched_count else "there is no such job")

    return jobs
