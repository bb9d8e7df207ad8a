"""The commands of an embedded instance: up, down, status, logs, sign-in-link, service, demo."""

import importlib
import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from embedded.environment import SERVICES
from embedded.files import read_json
from embedded.home import Home
from embedded.problems import Problem

home_option = click.option(
    "--home", "folder", default=".fabconnect", envvar="FABCONNECT_HOME", show_default=True, type=click.Path(path_type=Path),
    help="Folder that holds everything of the instance.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Runs a whole instance on this machine."""


@commands.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--foreground", is_flag=True, help="Stay in this process until a signal, as containers want it.")
@click.option("--attached", is_flag=True, hidden=True)
@click.option("--report-to", type=int, hidden=True)
@click.option("--workers", default=",".join(SERVICES), hidden=True)
def up(folder: Path, host: str, port: int, foreground: bool, attached: bool, report_to: int | None, workers: str) -> None:
    """Starts the instance and waits until it is ready."""
    from embedded.up import Plan

    names = tuple(name for name in workers.split(",") if name)
    plan = Plan(home=Home.at(folder), host=host, port=port, workers=names, attached=attached)
    if foreground:
        _supervise(plan, report_to)
    else:
        _start(plan)


def _supervise(plan: Any, report_to: int | None) -> None:
    from embedded import launch
    from embedded.up import run

    report = launch.reporter(report_to) if report_to is not None else _say
    try:
        run(plan, report)
    except Problem as problem:
        report({"problem": problem.sentence, "remedy": problem.remedy, "detail": problem.detail})
        raise


def _say(report: dict[str, Any]) -> None:
    if "ready" in report:
        click.echo(f"{report['ready']} is ready")
    if "up" in report:
        click.echo(f"FabConnect runs at {report['up']} (ready after {report['seconds']} s).")


def _start(plan: Any) -> None:
    from embedded import launch, links, progress

    with progress.shown() as heard:
        launch.start(plan, heard)
    state = read_json(plan.home.state)
    click.echo(f"\nFabConnect runs at {state['url']}/")
    click.echo(f"Sign in as administrator, once, within minutes: {links.administrator(state['environment'])}")
    click.echo("Next: make demo · make status · make logs · make down · another link: make sign-in-link")


@commands.command()
@home_option
def down(folder: Path) -> None:
    """Stops the instance; what it was doing is finished first."""
    from embedded.stop import stop

    click.echo("Stopped." if stop(Home.at(folder)) else "Nothing was running.")


@commands.command()
@home_option
def status(folder: Path) -> None:
    """Shows the processes of the instance."""
    from rich.console import Console

    from embedded.status import table

    home = _running(folder)
    Console().print(table(home))


@commands.command()
@home_option
@click.option("--follow", "-f", is_flag=True, help="Go on with new lines until Ctrl-C.")
@click.option("--lines", default=20, show_default=True, help="Lines of each log to begin with.")
@click.argument("names", nargs=-1)
def logs(folder: Path, follow: bool, lines: int, names: tuple[str, ...]) -> None:
    """Shows the end of the logs, all or those NAMEd."""
    from embedded import logs as reader

    home = Home.at(folder)
    kept = sorted(home.logs.glob("*.log"))
    unknown = sorted(set(names) - {path.stem for path in kept})
    if unknown:
        raise click.UsageError(
            f"There is no log of {', '.join(unknown)}. There are: {', '.join(path.stem for path in kept) or 'none yet'}."
        )
    paths = [home.log(name) for name in names] or kept
    for path in paths:
        for line in reader.lines_since(path, 0)[-lines:]:
            click.echo(f"{path.stem:>13} | {line}")
    for name, line in reader.follow(paths) if follow else ():
        click.echo(f"{name:>13} | {line}")


@commands.command("sign-in-link")
@home_option
def sign_in_link(folder: Path) -> None:
    """Prints a fresh one-time sign-in link of the administrator."""
    from embedded import links

    click.echo(links.administrator(read_json(_running(folder).state)["environment"]))


@commands.command(context_settings={"ignore_unknown_options": True})
@home_option
@click.argument("name", type=click.Choice(SERVICES))
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def service(folder: Path, name: str, words: tuple[str, ...]) -> None:
    """Runs a command of one service of the running instance: `service sessions dlq list`."""
    environment = read_json(_running(folder).state)["environment"]
    os.execve(sys.executable, [sys.executable, "-m", name, *words], {**os.environ, **environment})


@commands.command()
@home_option
@click.option("--port", default=8080, show_default=True, help="Port to listen on when the instance is started for the demo.")
def demo(folder: Path, port: int) -> None:
    """Does the whole main job with the sample files through the public interfaces."""
    home = Home.at(folder)
    if not home.holder():
        from embedded.up import Plan

        _start(Plan(home=home, port=port))
    importlib.import_module("embedded.demo").run(home)


def _running(folder: Path) -> Home:
    """The home of a running instance; raises `Problem` when it does not run."""
    home = Home.at(folder)
    for _ in range(20):
        if not home.holder():
            break
        if home.state.exists():
            return home
        time.sleep(0.1)
    raise Problem(f"No instance runs in {home.root}.", "Start it with `make up`.")


def main() -> None:
    """Runs a command; a `Problem` is told in a sentence with its remedy and ends with exit code 1."""
    try:
        commands(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except Problem as problem:
        for line in problem.detail:
            click.echo(f"  | {line}", err=True)
        click.echo(f"{problem.sentence} {problem.remedy}", err=True)
        sys.exit(1)
