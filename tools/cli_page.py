"""`docs/cli.md`, written from the program itself."""

import re
from typing import Any

import typer.main

from github_modules.cli.configuration import NAMES, variables_of
from github_modules.cli.exits import Exit
from github_modules.cli.program import PROGRAM, app

_HEAD = f"""# The command line

Written by `make manifests` from the program itself; do not edit.

`{PROGRAM}` sets the module up, tries it and looks into it, with the same parts as the platform. It is
there after `make setup` (`.venv/bin/{PROGRAM}`), or as `python -m github_modules`.

```sh
export GITHUB_ORG=acme GITHUB_TOKEN=...
{PROGRAM} validate                      # does the account work, and which actions will?
{PROGRAM} collect --once > events.ndjson
{PROGRAM} severity events.ndjson --minimum high
{PROGRAM} action block_user --username mallory --dry-run
{PROGRAM} state show                    # where does the collection stand?
{PROGRAM} doctor > doctor.txt           # one page for a ticket
```

Events go to stdout, everything else to stderr. On a terminal there is a line of progress; in a pipe only
what somebody should act on is written. A reader that closes its pipe ends the program in an orderly way:
what it did not take comes again.

Completion: `{PROGRAM} --install-completion` for the shell at hand (bash, zsh, fish), or
`--show-completion` to put it somewhere yourself.

## Configuration

The names are those of the module's form. The first of these that has a value decides:

1. an option of the command line (never a secret: other users of a machine see command lines)
2. an environment variable
3. a variable in `.env` of the current folder, or in the file that `--env-file` names
4. a name in the TOML file that `--config` names

`pem_file` and `ca_certificate` take the text, or the path of a file. Lists take commas.

| name, in TOML | environment variable |
| --- | --- |
"""

_STATE = """
Without `state_folder`, positions are kept in `$XDG_STATE_HOME/github-module`, or in
`~/.local/state/github-module`. A folder that a running process collects with is not touched: a second one
ends with status 4.

## Exit status

| status | meaning |
| --- | --- |
"""


def page() -> str:
    """Return the page."""
    names = [f"| `{name}` | {', '.join(f'`{one}`' for one in variables_of(name))} |"
             for name in NAMES]  # fmt: skip
    statuses = [f"| {int(status)} | {status.meaning} |" for status in Exit]
    root: Any = typer.main.get_command(app)
    parts = [
        _HEAD + "\n".join(names),
        _STATE + "\n".join(statuses),
        f"\n## {PROGRAM}\n",
        _options(root),
    ]
    for name, command in root.commands.items():
        parts += _sections(f"{PROGRAM} {name}", command)
    return "\n".join(parts) + "\n"


def _sections(path: str, command: Any) -> list[str]:  # noqa: ANN401 - Typer's own command
    usage = " ".join(
        f"[{one.name.upper()}]" if not one.required else one.name.upper()
        for one in command.params
        if one.param_type_name == "argument"
    )
    parts = [f"\n## {f'{path} {usage}'.strip()}\n", _text(command.help), "", _options(command)]
    commands = getattr(command, "commands", {})
    if path.endswith(" action"):
        return [*parts, "", _ACTIONS]
    for name, one in commands.items():
        below = _sections(f"{path} {name}", one)
        parts += [part.replace("\n## ", "\n### ", 1) for part in below]
    return parts


_ACTIONS = f"""Every action of [the catalogue](actions.md) is a command: `{PROGRAM} action NAME`, with an option for
each argument (underscores may be typed as such), and `--json`. A list may be given several times, with
commas, or as `-` from stdin, which keeps a token out of the command line."""


def _text(text: str | None) -> str:
    """Return a help text with each paragraph on one line."""
    paragraphs = re.split(r"\n\s*\n", (text or "").strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _options(command: Any) -> str:  # noqa: ANN401 - Typer's own command
    rows = ["| option | meaning |", "| --- | --- |"]
    for one in command.params:
        if one.param_type_name == "option" and "completion" not in one.name and one.name != "help":
            rows.append(f"| {_names(one)} | {_meaning(one)} |")
        elif one.param_type_name == "argument":
            rows.append(f"| `{one.name.upper()}` | {_meaning(one)} |")
    return "\n".join(rows) if len(rows) > 2 else "No options."


def _names(option: Any) -> str:  # noqa: ANN401 - Typer's own option
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    choices = option.display_type if "|" in str(option.display_type) else ""
    return f"{names} {str(choices).replace('|', ', ')}".strip()


def _meaning(option: Any) -> str:  # noqa: ANN401 - Typer's own option
    default = option.default
    shown = default not in (None, "", [], False) and not callable(default)
    named = ", ".join(map(str, default)) if isinstance(default, list) else str(default)
    return f"{option.help or ''}" + (f" Default: {named}." if shown else "")
