"""`state`: where collections stand, in words; moved, removed, carried to another machine."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from github_modules.cli import state_file
from github_modules.cli.session import Session, session_of
from github_modules.cli.state_words import rows
from github_modules.cli.times import moment_ms, words
from github_modules.clock import epoch_ms
from github_modules.collect.opening import FORMER_CHECKPOINT, Memory, memory
from github_modules.collect.schedule import starting_position
from github_modules.errors import ConfigurationError, StateInUseError
from github_modules.sekoia.state_lock import held
from github_modules.sekoia.storage import LocalStore

ScopeOption = Annotated[
    str, typer.Option("--scope", help="Name of one state; may be left out if there is only one.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

app = typer.Typer(
    no_args_is_help=True,
    help="Show, move, remove or carry over where collections stand. Of a connector of the "
    "platform, name its data folder with --state-folder.",
)


def _chosen(session: Session, scope: str) -> str:
    """Return the name of the one state that is meant.

    Raises:
        ConfigurationError: there is none, or it is not clear which.
    """
    found = state_file.scopes_in(LocalStore(session.state_folder))
    if scope in found or (not scope and len(found) == 1):
        return scope or found[0]
    if not found:
        cause = f"There is no state in {session.state_folder}."
        raise ConfigurationError(cause, remedy="Collect first, or name another --state-folder.")
    remedy = f"Name one of these with --scope: {' '.join(found)}."
    if scope:
        raise ConfigurationError(f"There is no state {scope}.", remedy=remedy)
    raise ConfigurationError("There are several states.", remedy=remedy)


@contextmanager
def _changing(session: Session, scope: str) -> Iterator[Memory]:
    """Hold a state, so that no connector writes to it meanwhile.

    Raises:
        StateInUseError: a connector is running on it.
    """
    with held(session.state_folder, [scope]):
        yield memory(LocalStore(session.state_folder), scope)


def _is_live(session: Session, scope: str) -> bool:
    try:
        with held(session.state_folder, [scope]):
            return False
    except StateInUseError:
        return True


@app.command()
def show(
    context: typer.Context,
    scope: ScopeOption = "",
) -> None:
    """Show where each collection stands: frontier, lag, sweeps, identities held.

    Example: `github-module state show`
    """
    session = session_of(context)
    store = LocalStore(session.state_folder)
    wanted = [_chosen(session, scope)] if scope else state_file.scopes_in(store)
    if not wanted:
        _chosen(session, scope)
    now_ms = epoch_ms(session.clock.now())
    for name in wanted:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        live = "a process collects with it now" if _is_live(session, name) else "no process"
        table.add_row("in use", live)
        for label, said in rows(memory(store, name), now_ms):
            table.add_row(label, Text(said))
        session.out.print(Text(name, "bold"))
        session.out.print(table)


@app.command("set")
def set_(
    context: typer.Context,
    time: Annotated[str, typer.Argument(help="2026-03-02T08:00Z, or how long ago: 24h.")],
    scope: ScopeOption = "",
    yes: YesOption = False,
) -> None:
    """Move a collection to a time. What the ledger still knows is not sent again.

    Example: `github-module state set 24h`
    """
    session = session_of(context)
    name = _chosen(session, scope)
    at_ms = moment_ms(time, session.clock.now(), "The time")
    with _changing(session, name) as kept:
        position = kept.checkpoint.load().position
        if position is not None and at_ms > position.frontier_ms:
            until = words(position.frontier_ms)
            question = f"Everything between {until} and {words(at_ms)} will be left out. Go on?"
        else:
            question = f"Read again from {words(at_ms)} on. Go on?"
        session.confirm(question, yes=yes)
        kept.checkpoint.save(starting_position(at_ms))
    session.tell(f"{name}: the next start reads from {words(at_ms)} on.")


@app.command()
def reset(context: typer.Context, scope: ScopeOption = "", yes: YesOption = False) -> None:
    """Remove a state: the next start is a first start, and sends its history again.

    Example: `github-module state export > kept.json && github-module state reset`
    """
    session = session_of(context)
    name = _chosen(session, scope)
    with _changing(session, name) as kept:
        session.confirm(f"Remove the position and the ledger of {name}?", yes=yes)
        state_file.remove(kept)
        former = not state_file.scopes_in(kept.store) and kept.store.read(FORMER_CHECKPOINT)
    session.tell(f"{name}: removed.")
    if former:
        session.tell(
            f"{FORMER_CHECKPOINT} of the former module is there: the next start goes on from it. "
            "Remove it if that is not wanted."
        )


@app.command()
def export(context: typer.Context, scope: ScopeOption = "") -> None:
    """Write a state to stdout as one JSON object. It holds no events and no secrets.

    Example: `github-module state export > state.json`
    """
    session = session_of(context)
    name = _chosen(session, scope)
    with _changing(session, name) as kept:
        found = state_file.exported(kept, name)
    typer.echo(json.dumps(state_file.as_json(found), indent=1))


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What export wrote; - for stdin.")] = Path("-"),
    yes: YesOption = False,
) -> None:
    """Put an exported state in its place; asks before it replaces one.

    Example: `github-module --state-folder /data state import state.json`
    """
    session = session_of(context)
    found = state_file.from_json(_read(file))
    store = LocalStore(session.state_folder)
    with _changing(session, found.scope) as kept:
        if found.scope in state_file.scopes_in(store):
            session.confirm(f"Replace the state {found.scope} that is there?", yes=yes)
        state_file.replace(kept, found)
    session.tell(
        f"{found.scope}: the next start reads from {words(found.position.frontier_ms)} on."
    )


def _read(file: Path) -> object:
    try:
        text = sys.stdin.read() if file == Path("-") else file.read_text(encoding="utf-8")
        return json.loads(text)
    except (OSError, ValueError):
        raise ConfigurationError(
            "What is to be imported is not readable JSON.",
            remedy="Give a file that `state export` has written.",
        ) from None
