"""`severity`: which rule fits an event, and why."""

import json
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from github_modules.cli.collect import SeverityOption
from github_modules.cli.session import session_of
from github_modules.connectors.shaping import ShapedArguments
from github_modules.errors import ConfigurationError
from github_modules.severity.evaluate import RuleSet, at_least
from github_modules.severity.model import AUDIT, Rule, Severity, Verdict
from github_modules.severity.parse import builtin_rules, own_rules
from github_modules.triggers.github_security_alert import kind_of

COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFORMATIONAL: "dim",
}
_STDIN = Path("-")


def severity(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Events, one a line, or a list; - for stdin.")] = (
        _STDIN
    ),
    minimum: SeverityOption = Severity.INFORMATIONAL,
    rules: Annotated[
        Path | None, typer.Option(help="Rules of your own (JSON); they come first.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show which rule fits each audit event or alert, how severe it is, and why.

    Example: `github-module collect --once | github-module severity --minimum high`
    """
    session = session_of(context)
    least = minimum or Severity.INFORMATIONAL
    configured = session.configuration.arguments(ShapedArguments).severity_rules
    own = own_rules(_text(rules) if rules else configured)
    found = RuleSet.with_builtin(own)
    by_name = {rule.name: rule for rule in (*builtin_rules(), *own)}
    judged = (
        (event, verdict)
        for event in events_in(_lines(file))
        if at_least(verdict := found.evaluate(event, _kind(event)), least)
    )
    if as_json:
        for event, verdict in judged:
            typer.echo(json.dumps(_object(event, verdict, by_name)))
        return
    for event, verdict in judged:
        session.out.print(_shown(event, verdict, by_name))


def _lines(file: Path) -> Iterable[str]:
    return sys.stdin if file == _STDIN else _text(file).splitlines()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"The file {path.name} cannot be read.", remedy="Name a readable text file."
        ) from error


def events_in(lines: Iterable[str]) -> Iterator[Any]:
    """Yield the events of a text with one JSON object a line, or with one JSON list.

    Raises:
        ConfigurationError: names the line that is not JSON.
    """
    numbered = enumerate(lines, 1)
    for number, line in numbered:
        if not line.strip():
            continue
        if line.lstrip().startswith("[") and number == 1:
            whole = _parsed("".join([line, *(rest for _, rest in numbered)]), number)
            yield from whole if isinstance(whole, list) else [whole]
            return
        yield _parsed(line, number)


def _parsed(text: str, number: int) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(text)
    except ValueError:
        raise ConfigurationError(
            f"Line {number} is not JSON.",
            remedy="Give one event a line, as collect writes them, or one JSON list.",
        ) from None


def _kind(event: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return (kind_of(event) if isinstance(event, dict) else "") or AUDIT


def _why(event: Any, verdict: Verdict, by_name: dict[str, Rule]) -> str:  # noqa: ANN401 - as above
    """Return what of the rule this event fits: one of its actions, and all of its conditions."""
    rule = by_name.get(verdict.rule)
    if rule is None:
        return ""
    action = str(event.get("action", "")).lower()
    parts = [f"action is {one}" for one in rule.actions if fnmatchcase(action, one)][:1]
    return "; ".join([*parts, *(str(condition).replace("`", "") for condition in rule.when)])


def _object(event: Any, verdict: Verdict, by_name: dict[str, Rule]) -> dict[str, Any]:  # noqa: ANN401 - as above
    return {
        "severity": str(verdict.severity),
        "rule": verdict.rule,
        "reason": verdict.reason,
        "because": _why(event, verdict, by_name),
        "docs": verdict.docs,
        "event": event,
    }


def _shown(event: Any, verdict: Verdict, by_name: dict[str, Rule]) -> Table:  # noqa: ANN401 - as above
    """Return one event: how severe, what it is, by which rule, and what of it fits."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=len(Severity.INFORMATIONAL))
    table.add_column(overflow="fold")
    named = f"{verdict.rule}: {verdict.reason}" if verdict.rule else "no rule fits"
    severity = Text(str(verdict.severity), COLOURS[verdict.severity])
    table.add_row(severity, Text(_words(event), "bold"))
    table.add_row("", Text(named))
    if why := _why(event, verdict, by_name):
        table.add_row("", Text(f"because {why}", "dim"))
    return table


def _words(event: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return what an event is called, and who did it."""
    if not isinstance(event, dict):
        return "not an object"
    if event.get("action"):
        return " by ".join(str(event[name]) for name in ("action", "actor") if event.get(name))
    return f"{kind_of(event) or 'event'} {event.get('number', '')}".strip().replace("_", " ")
