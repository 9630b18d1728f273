"""Collecting from GitHub: validates the credentials, then events to stdout or into an intake."""

import random
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event

from github_modules.clock import SystemClock
from github_modules.collect.ports import Level, Record, Sink, Tally
from github_modules.collect.position import Kind
from github_modules.collect.trimming import encoded
from github_modules.connectors.audit_collection import (
    AuditLogArguments,
    audit_collection,
)
from github_modules.connectors.collection import Surroundings
from github_modules.errors import ConfigurationError, GithubModuleError
from github_modules.github.build import connect
from github_modules.github.preflight import PatientFor, Preflight
from github_modules.github.settings import GithubSettings, check_settings
from github_modules.sekoia.batch_api import BatchApi, IntakeAddress
from github_modules.sekoia.intake import Intake
from github_modules.sekoia.storage import LocalStore

STATE = Path(__file__).resolve().parents[2] / "var"
_INTAKE = "https://intake.sekoia.io"
_USER_AGENT = "sekoiaio-connector/github"


class Lines:
    """A sink that writes one event a line; written and flushed counts as acknowledged."""

    def deliver(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        """Write the records."""
        sys.stdout.write("".join(encoded(record.body) + "\n" for record in records))
        sys.stdout.flush()
        if records:
            yield records


class Teller:
    """An observer that writes to stderr, so that stdout holds events only."""

    def delivered(self, count: int, lag_s: float | None) -> None:
        """Stay silent: `polled` sums up."""

    def moved(self) -> None:
        """Stay silent."""

    def polled(self, kind: Kind, tally: Tally) -> None:
        """Say what a poll or sweep found."""
        if tally.forwarded:
            self.said("info", f"{kind}: {tally.forwarded} events, {tally.late} of them late")

    def failed(self, error: GithubModuleError, wait_s: float) -> None:
        """Say a failure with its remedy."""
        self.said("warning", f"{error} Next try in {wait_s:.0f} s.")

    def recovered(self) -> None:
        """Say that collection goes on."""
        self.said("info", "Collection goes on.")

    def said(self, level: Level, message: str) -> None:
        """Write one line."""
        sys.stderr.write(f"{level}: {message}\n")


def live(environment: Mapping[str, str]) -> int:
    """Validate, then collect until Ctrl-C; return the exit status."""
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    teller = Teller()
    clock = SystemClock(stop)
    try:
        settings = settings_from(environment)
        if not _validated(settings, clock, teller):
            return 1
        client = connect(settings, clock, per_minute=20, user_agent=_USER_AGENT)
    except GithubModuleError as error:
        teller.said("error", str(error))
        return 1
    state = Path(environment.get("STATE_FOLDER") or STATE)
    store = LocalStore(state)
    sink = _sink(environment, store, clock, teller)
    arguments = AuditLogArguments(intake_key="")
    around = Surroundings(sink, store, teller, clock, random.Random())  # noqa: S311 - jitter
    teller.said("info", f"State is kept in {state.name}/; Ctrl-C ends.")
    audit_collection(settings, arguments, client, around).run()
    return 0


def settings_from(environment: Mapping[str, str]) -> GithubSettings:
    """Return the checked settings that the environment names.

    Raises:
        ConfigurationError: a variable is missing or cannot be right.
    """
    pem = environment.get("GITHUB_APP_PEM", "")
    try:
        private_key = Path(pem).read_text(encoding="utf-8") if pem else ""
    except OSError as error:
        raise ConfigurationError(
            "GITHUB_APP_PEM does not name a readable file.",
            remedy="Give the path of the App's private key file.",
        ) from error
    return check_settings(
        base_url=environment.get("GITHUB_URL"),
        org_name=environment.get("GITHUB_ORG"),
        enterprise=environment.get("GITHUB_ENTERPRISE"),
        apikey=environment.get("GITHUB_TOKEN"),
        app_id=environment.get("GITHUB_APP_ID"),
        pem_file=private_key,
    )


def _validated(settings: GithubSettings, clock: SystemClock, teller: Teller) -> bool:
    client = connect(settings, PatientFor(clock), user_agent=_USER_AGENT)
    passed = True
    for step in Preflight(settings, client).steps():
        passed = passed and step.passed
        teller.said("info" if step.passed else "error", f"{step.topic}: {step.text}")
    client.close()
    return passed


def _sink(
    environment: Mapping[str, str], store: LocalStore, clock: SystemClock, teller: Teller
) -> Sink:
    key = environment.get("SEKOIA_INTAKE_KEY")
    if not key:
        return Lines()
    address = IntakeAddress(environment.get("SEKOIA_INTAKE_SERVER") or _INTAKE, key)
    api = BatchApi(address, clock, _USER_AGENT)
    return Intake(api, key, store, clock, random.Random(), teller)  # noqa: S311 - jitter
