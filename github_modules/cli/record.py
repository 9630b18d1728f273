"""`record` and `replay`: the same collection once with GitHub and again without."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from github_modules.cli.collect import (
    IncludeOption,
    OutputOption,
    PhraseOption,
    SeverityOption,
    SinceOption,
    SourceOption,
    UntilOption,
)
from github_modules.cli.collecting import (
    Edges,
    Selection,
    collections_for,
    sources_of,
)
from github_modules.cli.configuration import ARGUMENTS, Configuration, Value
from github_modules.cli.memory_store import MemoryStore
from github_modules.cli.outputs import Rotation
from github_modules.cli.progress import Screen
from github_modules.cli.recording import About, Recorder, begin, clock_at, load, save
from github_modules.cli.running import client_for, file_sink, lines_sink, run
from github_modules.cli.session import USER_AGENT, Session, session_of
from github_modules.cli.times import moment_ms
from github_modules.clock import Clock, epoch_ms
from github_modules.errors import ConfigurationError
from github_modules.github.build import connect
from github_modules.github.client import GithubClient
from github_modules.github.retry import ONE_REQUEST
from github_modules.severity.model import Severity

FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the recording.")]
_NOBODY = "ghp_" + "0" * 36
"""Stands for a credential in a replay; it goes nowhere."""


def record(
    context: typer.Context,
    folder: FolderArgument,
    source: SourceOption = ["audit"],
    since: SinceOption = "24h",
    until: UntilOption = "",
    phrase: PhraseOption = "",
    include: IncludeOption = None,
    severity: SeverityOption = None,
    output: OutputOption = None,
) -> None:
    """Collect a range once, and keep GitHub's answers, headers too, without any credential.

    The answers hold the events: treat the folder as you treat your logs.

    Example: `github-module record ticket-4711 --since 2h > events.ndjson`
    """
    session = session_of(context)
    now = session.clock.now()
    selection = Selection(
        sources_of(source),
        moment_ms(since, now, "The option --since"),
        moment_ms(until, now, "The option --until") if until else epoch_ms(now),
        phrase or None,
        include,
        severity,
    )
    if (selection.until_ms or 0) <= (selection.since_ms or 0):
        raise ConfigurationError(
            "The option --until does not lie after --since.", remedy="Correct them."
        )
    about = _about(session, selection, epoch_ms(now))
    session.end_on_signals()
    screen = Screen(session.err)
    client = client_for(session, screen)
    begin(folder, about)
    secrets = _secrets(session.configuration)
    client.route_through(lambda sender: Recorder(sender, folder, secrets))
    try:
        _collect(session, screen, selection, (client, session.clock), output)
    finally:
        # A refusal is part of what there is to see again; only a stop leaves it cut short.
        save(folder, replace(about, complete=not session.stop.is_set()))


def replay(context: typer.Context, folder: FolderArgument, output: OutputOption = None) -> None:
    """Run a recorded collection again without GitHub: the same output, byte for byte.

    Example: `github-module replay ticket-4711 > again.ndjson`
    """
    session = session_of(context)
    about, player = load(folder)
    values = dict(about.arguments) | {"base_url": about.base_url, "apikey": _NOBODY}
    owner = about.owner
    values |= {"org_name": owner["organization"], "enterprise": owner["enterprise"]}
    kept = {name: Value(given, folder.name) for name, given in values.items() if given}
    session.configuration = Configuration(kept)
    selection = Selection(
        tuple(about.sources),
        about.since_ms,
        about.until_ms,
        about.phrase,
        about.include,
        Severity(about.severity) if about.severity else None,
    )
    screen = Screen(session.err)
    if not about.complete:
        screen.say("warning", "The recording was cut short; it is played as far as it goes.")
    clock = clock_at(about.now_ms)
    client = connect(session.configuration.settings(), clock, user_agent=USER_AGENT)
    client.walk_patience = ONE_REQUEST
    client.route_through(lambda _network: player)
    _collect(session, screen, selection, (client, clock), output)


def _collect(
    session: Session,
    screen: Screen,
    selection: Selection,
    ends: tuple[GithubClient, Clock],
    output: Path | None,
) -> None:
    client, clock = ends
    sink = file_sink(session, output, Rotation()) if output else lines_sink(session, screen)
    edges = Edges(client, MemoryStore(), clock, screen, sink)
    with ExitStack() as stack:
        stack.callback(client.close)
        stack.enter_context(screen.shown())
        made = collections_for(selection, session.configuration, edges)
        run(made, session, screen, once=True)


def _about(session: Session, selection: Selection, now_ms: int) -> About:
    configuration = session.configuration
    settings = configuration.settings()
    arguments: dict[str, Any] = {
        name: configuration.values[name].given for name in ARGUMENTS if name in configuration
    }
    return About(
        settings.address.url(""),
        {"organization": settings.organization, "enterprise": settings.enterprise},
        selection.sources,
        arguments,
        selection.since_ms or 0,
        selection.until_ms or 0,
        now_ms,
        selection.phrase,
        selection.include,
        str(selection.severity or ""),
    )


def _secrets(configuration: Configuration) -> list[str]:
    settings = configuration.settings()
    return [settings.token, settings.private_key, configuration.text("intake_key")]
