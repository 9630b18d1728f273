"""Types of arguments: what a person may type, brought into the one form that GitHub takes.

A value that cannot be right is refused here, before any request. Does not ask GitHub.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic_core import core_schema

from github_modules.sekoia.forms import Listed

MOST_ITEMS = 10_000
_HOST = re.compile(r"^(?:https?://|ssh://)?(?:[\w.-]+@)?[\w.-]+\.\w+(?::\d+)?[/:]", re.IGNORECASE)
# https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:_[A-Za-z0-9]{1,8})?(?:\[bot\])?")
_REPOSITORY = re.compile(r"(?:[A-Za-z0-9_-]+/)?[A-Za-z0-9_.-]{1,100}")


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a form holds
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("it is not a text")  # noqa: TRY004 - pydantic takes only this one
    return str(value).strip()


def _path_of(text: str) -> str:
    """Return what follows the host of an address; a plain name is left as it is."""
    path = _HOST.sub("", text) if "/" in text or ":" in text else text
    return path.partition("?")[0].partition("#")[0].strip("/")


def _login(value: Any) -> str:  # noqa: ANN401 - whatever a form holds
    text = _path_of(_text(value)).removeprefix("@").removeprefix("orgs/").partition("/")[0]
    if not _LOGIN.fullmatch(text):
        raise ValueError("it is neither a login, as in https://github.com/LOGIN, nor a numeric id")
    return text


def _repository(value: Any) -> str:  # noqa: ANN401 - whatever a form holds
    text = "/".join(_path_of(_text(value)).split("/")[:2]).removesuffix(".git")
    if not _REPOSITORY.fullmatch(text) or text.rpartition("/")[2] in {".", ".."}:
        raise ValueError("it is neither NAME, OWNER/NAME, nor the address of a repository")
    return text


def _reference(value: Any) -> str:  # noqa: ANN401 - whatever a form holds
    text = _text(value)
    if not text.isprintable() or any(sign in text for sign in " ~^:?*[\\") or ".." in text:
        raise ValueError("it is not the name of a branch or tag, nor a commit's SHA")
    return text


def _one_line(value: Any) -> str:  # noqa: ANN401 - whatever a form holds
    text = _text(value)
    if not text.isprintable():
        raise ValueError("it holds characters that cannot be printed")
    return text


def _slug(value: Any) -> str:  # noqa: ANN401 - whatever a form holds
    text = _text(value)
    if not re.fullmatch(r"[\w.-]{1,255}", text):
        raise ValueError("it is not the slug of a team, as its address on GitHub shows it")
    return text


def _moment(value: Any) -> str:  # noqa: ANN401 - whatever a form holds
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        raise ValueError("it is not a time such as 2026-03-02T08:00:00Z") from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _numbers(value: Any) -> Any:  # noqa: ANN401 - whatever a form holds
    if isinstance(value, str):
        return [part for part in re.split(r"[\s,]+", value) if part]
    return [value] if isinstance(value, int) else value


Login = Annotated[str, BeforeValidator(_login)]
Repository = Annotated[str, BeforeValidator(_repository)]
Reference = Annotated[str, BeforeValidator(_reference)]
Line = Annotated[str, BeforeValidator(_one_line)]
Slug = Annotated[str, BeforeValidator(_slug)]
Moment = Annotated[str, BeforeValidator(_moment)]
"""A time in UTC as GitHub writes it."""
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
OptionalNumber = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""0 stands for a field that was left empty."""
Texts = Listed
Numbers = Annotated[list[Number], BeforeValidator(_numbers)]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text argument that takes one of some words, in any case."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self,
        source: Any,  # noqa: ANN401 - pydantic's
        handler: GetCoreSchemaHandler,
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._known, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(schema) | {"enum": list(self.values)}

    def _known(self, text: str) -> str:
        for value in self.values:
            if value.lower() == text.strip().lower():
                return value
        raise ValueError(f"it is none of {', '.join(self.values)}")


def one_of(*values: str) -> OneOf:
    """Return the marker that goes into the `Annotated` of a text argument."""
    return OneOf(values)


def optional(title: str, description: str, default: Any = "") -> Any:  # noqa: ANN401 - see below
    """Return a field that may stay empty; the empty value is not shown as a default.

    Typed as pydantic types its own `Field`.
    """
    return Field(
        default, title=title, description=description, json_schema_extra={"no_default": True}
    )


def required(title: str, description: str, **limits: Any) -> Any:  # noqa: ANN401 - as `Field`
    """Return a field that must be filled in."""
    return Field(title=title, description=description, **limits)


class Arguments(BaseModel):
    """The arguments of an action. Unknown ones are ignored, values are never quoted."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, frozen=True)


class OrgArguments(Arguments):
    """For actions on an organization."""

    org: Login = optional(
        "Organization", "Login of the organization. Empty: the organization of the account."
    )


class RepositoryArguments(Arguments):
    """For actions on a repository."""

    repository: Repository = required(
        "Repository",
        "Name, owner/name, or address of the repository. A name alone belongs to the organization "
        "of the account.",
    )


class PlaceArguments(OrgArguments):
    """For actions on a repository or, without one, on the organization."""

    repository: Repository = optional(
        "Repository",
        "Name, owner/name, or address of a repository. Empty: the whole organization.",
    )


class UserArguments(Arguments):
    """For actions on a user."""

    username: Login = required(
        "User", "Login of the user, or numeric id (actor_id or user_id of an audit event)."
    )


class LimitArguments(Arguments):
    """For actions that return a list."""

    limit: int = Field(
        default=100, ge=1, le=MOST_ITEMS, title="Limit", description="Most entries to return."
    )


class WriteArguments(Arguments):
    """For actions that change something."""

    dry_run: bool = Field(
        default=False,
        title="Dry run",
        description="Show the exact calls that would be made, and change nothing.",
    )
