"""`action`: every action of the module as a command, with options from its arguments."""

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import typer
from rich import box
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from github_modules.action_kit.base import GithubAction
from github_modules.action_kit.kinds import WriteAction
from github_modules.actions import catalogue
from github_modules.cli.result_table import shown
from github_modules.cli.session import Session, session_of
from github_modules.errors import GithubModuleError, StopRequested
from github_modules.module import GithubModule, GithubModuleConfiguration

_TYPES = {"string": str, "integer": int, "number": float, "boolean": bool}
_LAST = {"org": 1, "limit": 2, "dry_run": 3}
_FROM_STDIN = ["-"]

Action = type[GithubAction[Any]]


class _AnyDash(TyperGroup):
    """Takes an option's name as people know it from the form, with underscores, too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as inherited
        """Bring the names into the form that they are registered in."""
        return super().parse_args(ctx, [dashed(one) for one in args])


app = typer.Typer(
    cls=_AnyDash,
    invoke_without_command=True,
    no_args_is_help=True,
    help="Run an action of the module: look-ups, and containment with --dry-run and undo.",
)


@app.callback()
def actions(
    context: typer.Context,
    listed: Annotated[bool, typer.Option("--list", help="List all actions.")] = False,
) -> None:
    """List the actions, if that is asked for."""
    if not listed:
        return
    table = Table(box=box.SIMPLE)
    table.add_column("action", no_wrap=True)
    table.add_column("writes")
    table.add_column("what it does", overflow="fold")
    for cls in catalogue():
        writes = "yes" if issubclass(cls, WriteAction) else ""
        component = cls.component
        table.add_row(component.docker_parameters, writes, Text(component.description))
    session_of(context).out.print(table)
    raise typer.Exit


def register() -> None:
    """Add a command for every action of the catalogue."""
    for cls in catalogue():
        name = cls.component.docker_parameters
        app.command(
            name,
            help=_help(cls),
            short_help=cls.component.description,
        )(command_of(cls))


def dashed(name: str) -> str:
    """Return an option's name as it is registered; what is no name stays as it is."""
    if not name.startswith("--"):
        return name
    option, equals, value = name.partition("=")
    return f"{option.replace('_', '-')}{equals}{value}"


def _help(cls: Action) -> str:
    endpoint = cls.endpoints[0]
    name = cls.component.docker_parameters
    permission = endpoint.permission or "none beyond read access"
    parts = [cls.component.description, f"Calls {endpoint.route}; permission: {permission}."]
    if cls.undo:
        parts.append(f"Undo: {cls.undo}.")
    needed = [one for one, field in cls.arguments_model.model_fields.items() if field.is_required()]
    options = [f"--{one.replace('_', '-')} {one.upper()}" for one in needed]
    parts.append(f"Example: `{' '.join(['github-module action', name, *options])}`")
    return "\n\n".join(part.strip() for part in parts)


def command_of(cls: Action) -> Callable[..., None]:
    """Return the function that Typer makes a command of: one option for each argument."""

    def run(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - typed by the signature
        as_json = bool(given.pop("as_json"))
        _run(session_of(context), cls, given, as_json=as_json)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("context", keyword, annotation=typer.Context),
        *_parameters(cls),
        inspect.Parameter(
            "as_json",
            keyword,
            default=False,
            annotation=Annotated[bool, typer.Option("--json", help="The result as JSON.")],
        ),
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _parameters(cls: Action) -> list[inspect.Parameter]:
    schema = cls.arguments_model.model_json_schema()
    needed = schema.get("required", [])
    names = sorted(schema["properties"], key=lambda name: (name not in needed, _LAST.get(name, 0)))
    return [_parameter(name, schema["properties"][name], name in needed) for name in names]


def _parameter(name: str, schema: Mapping[str, Any], is_needed: bool) -> inspect.Parameter:
    flag = f"--{name.replace('_', '-')}"
    default = schema.get("default")
    told = str(default) if default not in (None, "", [], 0, False) else False
    option = typer.Option(flag, help=schema.get("description", ""), show_default=told)
    given: Any = _type(schema)
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if is_needed else None,
        annotation=Annotated[given if is_needed else given | None, option],
    )


def _type(schema: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a type
    if "enum" in schema:
        return Literal[tuple(schema["enum"])]
    if schema["type"] == "array":
        return list[str]  # several times, or with commas: the argument takes both apart
    return _TYPES[schema["type"]]


def _run(session: Session, cls: Action, given: Mapping[str, Any], *, as_json: bool) -> None:
    arguments = {name: _value(value) for name, value in given.items() if value not in (None, [])}
    module = GithubModule()
    module.configuration = GithubModuleConfiguration(**session.configuration.form())
    action = cls(module, session.state_folder)
    action.keep_results_inline()
    results = action.run(arguments)
    for log in action.logs:
        if log["level"] != "debug":
            session.err.print(Text(f"{log['level']}: {log['message']}", "yellow"))
    if action.error_message:
        _fail(session, action)
    found = results if isinstance(results, dict) else {}
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    for part in shown(found):
        session.out.print(part)


def _value(value: Any) -> Any:  # noqa: ANN401 - any argument
    """Return a value as the action takes it; a list given as - comes from stdin, line by line."""
    if isinstance(value, list):
        lines = sys.stdin.read().splitlines() if value == _FROM_STDIN else value
        return ",".join(line.strip() for line in lines if line.strip())
    return value


def _fail(session: Session, action: GithubAction[Any]) -> None:
    failure = action.failure
    if isinstance(failure, GithubModuleError):
        raise failure
    session.err.print(Text(action.error_message or "", "red"), soft_wrap=True)
    if isinstance(failure, StopRequested):
        raise typer.Exit(3)
    if session.debug and failure is not None:
        raise failure
    raise typer.Exit(70)


register()
