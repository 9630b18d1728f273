"""`collect`: GitHub's records to stdout, into a file, or into an intake."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import typer

from github_modules.cli.collecting import (
    SOURCES,
    Edges,
    Selection,
    collections_for,
    sources_of,
)
from github_modules.cli.memory_store import MemoryStore
from github_modules.cli.outputs import rotation
from github_modules.cli.progress import Screen
from github_modules.cli.running import client_for, file_sink, intake_sink, lines_sink, run
from github_modules.cli.session import session_of
from github_modules.cli.times import moment_ms
from github_modules.collect.ports import Store
from github_modules.errors import ConfigurationError
from github_modules.sekoia.state_lock import held
from github_modules.sekoia.storage import LocalStore
from github_modules.severity.model import Severity

SourceOption = Annotated[
    list[str],
    typer.Option(
        "--source",
        help="audit, alerts, events; several with commas.",
        autocompletion=lambda: list(SOURCES),
    ),
]
SinceOption = Annotated[
    str, typer.Option(help="Begin here: 2026-03-02T08:00Z, or how long ago (90m, 24h, 7d).")
]
UntilOption = Annotated[str, typer.Option(help="End here; needs --since.")]
PhraseOption = Annotated[
    str, typer.Option(help="As in GitHub's audit log search: action:repo.destroy")
]
IncludeOption = Annotated[
    Literal["web", "git", "all"] | None, typer.Option(help="Which part of the audit log.")
]
SeverityOption = Annotated[
    Severity | None, typer.Option(help="Only what is so severe.", case_sensitive=False)
]
OutputOption = Annotated[Path | None, typer.Option(help="Append to this file, not to stdout.")]
RotateOption = Annotated[
    str, typer.Option(help="Put the file aside before it grows beyond 100MB, or each day: day.")
]


def collect(
    context: typer.Context,
    source: SourceOption = ["audit"],
    once: Annotated[bool, typer.Option("--once", help="End when all is read.")] = False,
    since: SinceOption = "",
    until: UntilOption = "",
    phrase: PhraseOption = "",
    include: IncludeOption = None,
    severity: SeverityOption = None,
    output: OutputOption = None,
    rotate: RotateOption = "",
    intake: Annotated[bool, typer.Option("--intake", help="Send to the intake.")] = False,
) -> None:
    """Collect audit events, alerts or repository events: one JSON object a line.

    The next start goes on where this one ended. A run with --since looks at a range and remembers
    nothing; a run with --phrase, --include or --severity has a position of its own.

    Example: `github-module collect --once --severity high > high.ndjson`
    """
    session = session_of(context)
    now = session.clock.now()
    selection = Selection(
        sources_of(source),
        moment_ms(since, now, "The option --since") if since else None,
        moment_ms(until, now, "The option --until") if until else None,
        phrase or None,
        include,
        severity,
    )
    _check(selection, intake=intake, output=output, rotate=rotate)
    session.end_on_signals()
    screen = Screen(session.err)
    ends = once or bool(until)
    client = client_for(session, screen, once=ends)
    store: Store = MemoryStore() if selection.is_range else LocalStore(session.state_folder)
    if intake:
        sink = intake_sink(session, store)
    elif output:
        sink = file_sink(session, output, rotation(rotate))
    else:
        sink = lines_sink(session, screen)
    edges = Edges(client, store, session.clock, screen, sink)
    made = collections_for(selection, session.configuration, edges)
    scopes = [] if selection.is_range else [one.plan.scope for one in made]
    with ExitStack() as stack:
        stack.callback(client.close)
        stack.enter_context(held(session.state_folder, scopes))
        stack.enter_context(screen.shown())
        run(made, session, screen, once=ends)


def _check(selection: Selection, *, intake: bool, output: Path | None, rotate: str) -> None:
    if selection.until_ms is not None and selection.since_ms is None:
        raise ConfigurationError(
            "The option --until needs --since.", remedy="Say where the range begins."
        )
    if (selection.until_ms or 0) < (selection.since_ms or 0) and selection.until_ms is not None:
        raise ConfigurationError(
            "The option --until lies before --since.", remedy="Turn the two round."
        )
    if intake and output:
        raise ConfigurationError(
            "The options --intake and --output exclude each other.", remedy="Leave one of them out."
        )
    if rotate and not output:
        raise ConfigurationError("The option --rotate needs --output.", remedy="Name the file.")
    if selection.severity and "events" in selection.sources:
        raise ConfigurationError(
            "Repository events have no severity.", remedy="Leave --severity or events out."
        )
