"""`validate`: the account validator, step by step, and which actions will work."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from github_modules.account_validator import permission_matrix
from github_modules.action_kit.matrix import Verdict
from github_modules.cli.exits import Exit
from github_modules.cli.session import Session, session_of
from github_modules.errors import GithubModuleError, StopRequested
from github_modules.github.client import GithubClient
from github_modules.github.preflight import Preflight, Step, Topic, headline
from github_modules.github.settings import GithubSettings

_MARKS = {
    True: Text("yes", "green"),
    False: Text("no", "red"),
    None: Text("unknown", "yellow"),
}


def validate(
    context: typer.Context,
    actions: Annotated[bool, typer.Option(help="Show which actions will work.")] = True,
) -> None:
    """Try the account: address, identity, organization, audit log, budget, expiry, actions.

    Ends with 0 if everything that collecting needs works, else with 1. Actions that lack a
    permission are listed and fail nothing. Nothing is written.

    Example: `GITHUB_ORG=acme GITHUB_TOKEN=... github-module validate`
    """
    session = session_of(context)
    passed = True
    for step in _steps(session, actions=actions):
        passed = passed and step.passed
        show(session.out, step)
    if not passed:
        raise typer.Exit(Exit.FAILED)


def _steps(session: Session, *, actions: bool) -> Iterator[Step]:
    try:
        settings = session.configuration.settings()
        client = session.impatient_client(settings)
    except GithubModuleError as error:
        yield Step(Topic.FORM, passed=False, text=f"{headline(error)}: {error}")
        return
    try:
        yield Step(Topic.FORM, passed=True, text="All fields can be right.")
        known = False
        for step in Preflight(settings, client).steps():
            known = known or (step.topic is Topic.IDENTITY and step.passed)
            yield step
        if actions and known and settings.organization:
            _show_actions(session.out, settings, client)
    finally:
        client.close()


def show(console: Console, step: Step) -> None:
    """Print one outcome; the rest of a long sentence stands below its beginning."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=4)
    grid.add_column(style="bold", width=max(map(len, Topic)))
    grid.add_column(overflow="fold")
    mark = Text("ok", "green") if step.passed else Text("FAIL", "bold red")
    grid.add_row(mark, str(step.topic), Text(step.text))
    console.print(grid)


def _show_actions(console: Console, settings: GithubSettings, client: GithubClient) -> None:
    try:
        verdicts = permission_matrix(client, settings.organization)
    except (GithubModuleError, StopRequested) as error:
        console.print(Text(f"Which actions will work is not known: {error}", "yellow"))
        return
    console.print(matrix(verdicts))


def matrix(verdicts: Sequence[Verdict]) -> Table:
    """Return the permission matrix as a table."""
    table = Table(title="Actions with this credential", box=box.SIMPLE, title_justify="left")
    table.add_column("action", no_wrap=True)
    table.add_column("works")
    table.add_column("needs", overflow="fold")
    for verdict in sorted(verdicts, key=lambda one: (one.works is not False, one.name)):
        needs = "cannot be told without writing" if verdict.works is None else verdict.needs
        table.add_row(verdict.name, _MARKS[verdict.works], needs)
    return table
