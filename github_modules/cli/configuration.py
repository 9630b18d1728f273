"""Where values come from: options, environment, `.env`, a TOML file; the first one wins.

The names are those of the form. A value that cannot be right is refused where it is used, in the
same sentence as on the platform.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from dotenv import dotenv_values
from pydantic import BaseModel

from github_modules.connectors.alerts_collection import AlertsArguments
from github_modules.connectors.audit_collection import AuditLogArguments
from github_modules.connectors.events_collection import EventsArguments
from github_modules.errors import ConfigurationError
from github_modules.github.settings import GithubSettings, check_settings
from github_modules.module import GithubModuleConfiguration
from github_modules.sekoia.forms import checked

Model = TypeVar("Model", bound=BaseModel)

FORM = tuple(GithubModuleConfiguration.model_fields)
INTAKE = ("intake_key", "intake_server")
ARGUMENTS = tuple(
    dict.fromkeys(
        name
        for model in (AuditLogArguments, AlertsArguments, EventsArguments)
        for name in model.model_fields
        if name not in INTAKE
    )
)
STATE_FOLDER = "state_folder"
NAMES = (*FORM, *INTAKE, *ARGUMENTS, STATE_FOLDER)

_SHORT = {
    "GITHUB_ORG": "org_name",
    "GITHUB_TOKEN": "apikey",
    "GITHUB_URL": "base_url",
    "GITHUB_APP_PEM": "pem_file",
    "STATE_FOLDER": STATE_FOLDER,
}
_PEM = ("pem_file", "ca_certificate")
_LONGEST_PATH = 1_024


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and in words where it was found."""

    given: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that was configured, by the name of its field."""

    values: Mapping[str, Value]

    def __repr__(self) -> str:
        """Return the names alone: some values are secrets."""
        return f"Configuration({', '.join(self.values)})"

    def form(self) -> dict[str, Any]:
        """Return the fields of the account's form; a PEM may be named by its file.

        Raises:
            ConfigurationError: a file cannot be read.
        """
        found = {name: self.values[name].given for name in FORM if name in self.values}
        return found | {name: _pem(name, found[name]) for name in _PEM if found.get(name)}

    def settings(self) -> GithubSettings:
        """Return the checked settings.

        Raises:
            ConfigurationError: a field cannot be right; the sentence names it.
        """
        form: Any = self.form()
        return check_settings(**form)

    def arguments(self, model: type[Model], **more: Any) -> Model:  # noqa: ANN401 - any argument
        """Return the checked arguments of a component; `more` comes before what is configured.

        Raises:
            ConfigurationError: names the argument that cannot be right.
        """
        found = {name: self.values[name].given for name in model.model_fields if name in self}
        given = {name: value for name, value in more.items() if value is not None}
        return checked(model, found | given)

    def text(self, name: str, default: str = "") -> str:
        """Return one value as text."""
        return str(self.values[name].given) if name in self else default

    def __contains__(self, name: str) -> bool:
        """Return whether a value is there."""
        return name in self.values


def variables_of(name: str) -> tuple[str, ...]:
    """Return the environment variables of a field: its own name first, then the short one."""
    prefix = "SEKOIA" if name in INTAKE else "GITHUB"
    return (f"{prefix}_{name.upper()}", *(key for key, one in _SHORT.items() if one == name))


def gather(
    options: Mapping[str, Any],
    environment: Mapping[str, str],
    env_file: Path | None,
    toml_file: Path | None,
) -> Configuration:
    """Return the values of all sources.

    Args:
        options: of the command line; None and empty values do not count.
        environment: of the process.
        env_file: a file of environment variables, if there is one.
        toml_file: a TOML file with the names of the form, if there is one.

    Raises:
        ConfigurationError: a file cannot be read, or the TOML file has a name that no field has.
    """
    found = dict(_from_toml(toml_file)) if toml_file else {}
    if env_file:
        found |= _from_variables(_read_env(env_file), env_file.name)
    found |= _from_variables(environment, "the environment")
    found |= {name: Value(given, "an option") for name, given in options.items() if given}
    return Configuration(found)


def _from_variables(variables: Mapping[str, str | None], where: str) -> dict[str, Value]:
    return {
        name: Value(variables[variable], f"{variable} in {where}")
        for name in NAMES
        for variable in reversed(variables_of(name))
        if variables.get(variable)
    }


def _read_env(path: Path) -> Mapping[str, str | None]:
    try:
        return dotenv_values(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _from_toml(path: Path) -> Iterable[tuple[str, Value]]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    for name, value in given.items():
        if name not in NAMES:
            close = get_close_matches(name, NAMES, 1, 0.5)
            hint = f"Perhaps {close[0]} is meant. " if close else ""
            raise ConfigurationError(
                f"The file {path.name} has a name that is no field's: {name}.",
                remedy=f"{hint}See docs/cli.md for the names.",
            )
        yield name, Value(value, path.name)


def _unreadable(path: Path, error: Exception) -> ConfigurationError:
    # A TOML error names line and column only; an OSError says why.
    reason = error.strerror if isinstance(error, OSError) else f"it is not valid ({error})"
    return ConfigurationError(
        f"The file {path.name} cannot be read: {reason}.",
        remedy="Correct it, or name another one with --config or --env-file.",
    )


def _pem(name: str, given: Any) -> Any:  # noqa: ANN401 - whatever was configured
    """Return the text of a PEM; a short text that names a file stands for what is in it."""
    if not isinstance(given, str) or "-----" in given or len(given) > _LONGEST_PATH:
        return given
    path = Path(given.strip()).expanduser()
    looks_like_a_path = path.suffix in {".pem", ".crt", ".cer", ".key"} or path.is_file()
    if not looks_like_a_path:
        return given
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise ConfigurationError(
            f"The file that {name} names cannot be read.",
            remedy=f"Put the path of a readable PEM file, or the text itself, into {name}.",
        ) from None
