"""`doctor`: one page to paste into a ticket. No secret, no event, nothing is changed at GitHub."""

import platform
import ssl
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from github_modules.cli.configuration import Configuration
from github_modules.cli.exits import Exit
from github_modules.cli.session import Session, session_of
from github_modules.errors import GithubModuleError, StopRequested
from github_modules.github.client import GithubClient
from github_modules.github.network_path import look
from github_modules.github.preflight import Preflight
from github_modules.github.redaction import redact
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.storage import LocalStore

Row: TypeAlias = tuple[str, str, bool]
"""What was looked at, what was found, and whether it is well."""

_PACKAGES = (
    "sekoia-automation-sdk", "requests", "urllib3", "pydantic", "pyjwt", "cryptography", "orjson",
)  # fmt: skip
_SECRETS = {"apikey", "pem_file", "intake_key"}
_MOST_SKEW_S = 30.0
_PROBE = "doctor.probe"


def doctor(context: typer.Context) -> None:
    """Print one page about versions, configuration, network, clock, storage, budget.

    Ends with 1 if something is not well. Secrets are told by their origin only.

    Example: `github-module doctor > doctor.txt`
    """
    session = session_of(context)
    well = True
    for title, rows in _sections(session):
        well = _show(session.out, title, rows) and well
    if not well:
        raise typer.Exit(Exit.FAILED)


def _sections(session: Session) -> Iterator[tuple[str, Sequence[Row]]]:
    yield "Versions", _versions()
    configuration = session.configuration
    yield "Configuration", _configured(configuration)
    yield "Storage", [_storage(session.state_folder)]
    try:
        settings = configuration.settings()
        client = session.impatient_client(settings)
    except GithubModuleError as error:
        yield "GitHub", [("form", str(error), False)]
        return
    try:
        yield "Network", _network(settings)
        yield "GitHub", [*_steps(settings, client), *_clock(client), *_budgets(client)]
    finally:
        client.close()


def _versions() -> list[Row]:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return [
        ("Python", f"{platform.python_version()} ({sys.implementation.name})", True),
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}", True),
        ("TLS library", ssl.OPENSSL_VERSION, True),
        ("packages", packages, True),
    ]


def _configured(configuration: Configuration) -> list[Row]:
    rows: list[Row] = []
    for name, value in configuration.values.items():
        shown = "(set)" if name in _SECRETS else redact(" ".join(str(value.given).split()))[:60]
        rows.append((name, f"{shown}, from {value.origin}", True))
    return rows or [("nothing", "No value is configured; see docs/cli.md.", False)]


def _storage(folder: Path) -> Row:
    store = LocalStore(folder)
    try:
        store.write(_PROBE, b"written by doctor")
        is_well = store.read(_PROBE) == b"written by doctor"
        store.remove(_PROBE)
    except GithubModuleError as error:
        return ("state folder", str(error), False)
    return ("state folder", f"{folder} can be written and read", is_well)


def _network(settings: GithubSettings) -> list[Row]:
    path = look(settings)
    rows: list[Row] = [
        ("address", settings.address.url(""), True),
        ("way", path.way, True),
    ]
    if path.failure:
        return [*rows, ("connection", path.failure, False)]
    if urlsplit(settings.address.url("")).scheme == "https":
        rows.append(("TLS", f"{path.tls}; certificate of {path.subject}", True))
        rows.append(("issued by", f"{path.issuer}, valid until {path.ends}", True))
    return rows


def _steps(settings: GithubSettings, client: GithubClient) -> list[Row]:
    return [
        (str(step.topic).lower(), step.text, step.passed)
        for step in Preflight(settings, client).steps()
    ]


def _clock(client: GithubClient) -> list[Row]:
    skew_s = client.clock_skew_s
    said = f"GitHub's clock is {abs(skew_s):.0f} s {'ahead' if skew_s >= 0 else 'behind'}"
    return [("clock", said, abs(skew_s) < _MOST_SKEW_S)]


def _budgets(client: GithubClient) -> list[Row]:
    return _asked("budget", lambda: _budget_words(client))


def _budget_words(client: GithubClient) -> str:
    answer = client.request("GET /rate_limit", expect=(404,))
    found = answer.json() if answer.status == 200 else {}
    resources = found.get("resources") if isinstance(found, dict) else None
    if not isinstance(resources, dict):
        return "this server does not limit requests"
    return ", ".join(
        f"{name} {one.get('remaining')} of {one.get('limit')}"
        for name, one in resources.items()
        if name in {"core", "search", "audit_log", "audit_log_streaming"} and isinstance(one, dict)
    )


def _asked(name: str, ask: Callable[[], str]) -> list[Row]:
    try:
        return [(name, ask(), True)]
    except (GithubModuleError, StopRequested) as error:
        return [(name, str(error) or "GitHub asks to wait.", False)]


def _show(console: Console, title: str, rows: Sequence[Row]) -> bool:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=4)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, said, is_well in rows:
        mark = Text("ok", "green") if is_well else Text("FAIL", "bold red")
        table.add_row(mark, name, Text(said))
    console.print(Text(title, "bold"))
    console.print(table)
    return all(is_well for _, _, is_well in rows)
