"""The program: options of all commands, and what becomes of an error."""

import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from github_modules.cli.action import app as action_app
from github_modules.cli.collect import collect
from github_modules.cli.configuration import STATE_FOLDER, Configuration, gather
from github_modules.cli.doctor import doctor
from github_modules.cli.exits import Exit, exit_of
from github_modules.cli.record import record, replay
from github_modules.cli.session import Session
from github_modules.cli.severity import severity
from github_modules.cli.state import app as state_app
from github_modules.cli.validate import validate
from github_modules.errors import GithubModuleError, StopRequested
from github_modules.sekoia.self_report import defect

PROGRAM = "github-module"


class Program(TyperGroup):
    """The outermost frame: an error ends in its sentence and its status, never in a traceback."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as inherited
        """Run the command."""
        try:
            return super().invoke(ctx)
        except GithubModuleError as error:
            _tell(ctx, error, str(error))
            raise typer.Exit(exit_of(error)) from None
        except (KeyboardInterrupt, StopRequested):
            raise typer.Exit(Exit.INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.OK) from None
        except (typer.Exit, typer.Abort, typer.BadParameter, SystemExit):
            raise
        except Exception as error:
            if type(error).__module__.startswith("typer."):
                raise  # a wrong option: Typer shows it with the usage
            _tell(ctx, error, f"{defect(error)} Run it again with --debug, and report it.")
            raise typer.Exit(Exit.DEFECT) from None


def _tell(ctx: Any, error: BaseException, text: str) -> None:  # noqa: ANN401 - Typer's
    session = ctx.find_object(Session)
    console = session.err if session else Console(stderr=True)
    if session and session.debug:
        from traceback import format_exception  # noqa: PLC0415 - rarely needed

        console.print("".join(format_exception(error)), markup=False)
    console.print(text, style="red", markup=False, soft_wrap=True)


app = typer.Typer(
    name=PROGRAM,
    cls=Program,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Set up, try and look into the GitHub module of Sekoia, from a terminal.",
)
for command in (validate, collect, record, replay, severity, doctor):
    app.command()(command)
app.add_typer(state_app, name="state")
app.add_typer(action_app, name="action")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {program_version()}")
        raise typer.Exit


def program_version() -> str:
    """Return the version of the module; of a tree that is not installed, its own word."""
    try:
        return version("github-modules")
    except PackageNotFoundError:
        return "(not installed)"


@app.callback()
def root(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="TOML file with the names of the form.")
    ] = None,
    env_file: Annotated[
        Path | None, typer.Option(help="File of variables; .env here is taken by itself.")
    ] = None,
    org: Annotated[str, typer.Option(help="Login of the organization.")] = "",
    enterprise: Annotated[str, typer.Option(help="Slug of the enterprise.")] = "",
    base_url: Annotated[str, typer.Option(help="Address of the API.")] = "",
    state_folder: Annotated[str, typer.Option(help="Where positions are kept.")] = "",
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Keep what all commands need; nothing is read before a command asks for it."""
    options = {
        "org_name": org,
        "enterprise": enterprise,
        "base_url": base_url,
        STATE_FOLDER: state_folder,
    }

    def load() -> Configuration:
        found = env_file or (Path(".env") if Path(".env").is_file() else None)
        return gather(options, os.environ, found, config)

    context.obj = Session(load, debug=debug)


def run() -> None:
    """Run the program."""
    app(prog_name=PROGRAM)
