"""Running collections on a terminal: client, sinks, the first pass and what follows it."""

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from github_modules.cli.collecting import SinkFor, endless
from github_modules.cli.outputs import Lines, RotatedFile, Rotation
from github_modules.cli.progress import Screen
from github_modules.cli.session import USER_AGENT, Session
from github_modules.collect.ports import Store
from github_modules.connectors.arguments import IntakeArguments
from github_modules.connectors.collection import Collection
from github_modules.connectors.endurance import Work, side_by_side
from github_modules.errors import (
    NotFoundError,
    PermissionDeniedError,
    PlanError,
    RateLimitedError,
    RetryableError,
    StopRequested,
)
from github_modules.github.build import connect
from github_modules.github.client import GithubClient
from github_modules.github.retry import ONE_REQUEST, WALK
from github_modules.sekoia.batch_api import BatchApi, IntakeAddress
from github_modules.sekoia.intake import Intake

_INTAKE = "https://intake.sekoia.io"
_CAP = "ratelimit_per_minute"


def client_for(session: Session, screen: Screen, *, once: bool = True) -> GithubClient:
    """Return the client of a collection: it waits as long as GitHub asks, and says so.

    Where nobody means to wait for ever, a GitHub that does not answer is given up soon.

    A cap of our own holds only if it is configured: a person waits for the end.

    Raises:
        ConfigurationError: a field cannot be right.
    """

    def waited(reason: str, wait_s: float) -> None:
        if wait_s >= 1:
            screen.say("info" if wait_s < 60 else "warning", f"Waiting {wait_s:.0f} s: {reason}.")

    def retried(error: RetryableError, wait_s: float) -> None:
        if not isinstance(error, RateLimitedError):
            screen.say("warning", f"{error} Next try in {wait_s:.0f} s.")

    cap = session.configuration.text(_CAP)
    client = connect(
        session.configuration.settings(),
        session.clock,
        per_minute=float(cap) if cap.isdecimal() and int(cap) else None,
        on_wait=waited,
        on_notice=lambda message: screen.say("warning", message),
        user_agent=USER_AGENT,
    )
    client.on_retry = retried
    client.walk_patience = ONE_REQUEST if once else WALK
    return client


def run(made: Sequence[Collection], session: Session, screen: Screen, *, once: bool) -> None:
    """Read everything that is there, and go on with it unless once is enough.

    What GitHub refuses of several sources does not hold up the others.

    Raises:
        GithubModuleError: the first pass failed; later faults are waited out.
        typer.Exit: it was stopped before the first pass was done, or a source was refused.
    """
    going = list(made)
    try:
        for collection in made:
            try:
                collection.once()
            except (NotFoundError, PermissionDeniedError, PlanError) as error:
                if len(made) == 1:
                    raise
                screen.say("error", f"{collection.plan.name}: {error}")
                going.remove(collection)
    except StopRequested:
        raise typer.Exit(0 if session.reader_gone or not once else 130) from None
    if going and not once:
        works: list[Work] = [endless(one).run for one in going]
        side_by_side(works, lambda work: work())
    if len(going) < len(made):
        raise typer.Exit(1)


def lines_sink(session: Session, screen: Screen) -> SinkFor:
    """Return the sink that writes to stdout, above the progress if both are on one terminal."""

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    on_one_screen = screen.is_live and sys.stdout.isatty()
    lines = Lines(screen.print_lines if on_one_screen else write, session.reader_left)
    return lambda _observer: lines


def file_sink(session: Session, path: Path, when: Rotation) -> SinkFor:
    """Return the sink that appends to a file."""
    file = RotatedFile(path, when, session.clock.now)
    return lambda _observer: file


def intake_sink(session: Session, store: Store) -> SinkFor:
    """Return the sink that sends to the intake.

    Raises:
        ConfigurationError: its key is not configured.
    """
    given = session.configuration.arguments(IntakeArguments)
    address = IntakeAddress(given.intake_server or _INTAKE, given.intake_key)
    api = BatchApi(address, session.clock, USER_AGENT)
    rng = random.Random()  # noqa: S311 - jitter
    return lambda observer: Intake(api, given.intake_key, store, session.clock, rng, observer)
