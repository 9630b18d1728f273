"""Results of actions. GitHub's own fields are passed on as they are, whatever their values."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

JSON_TYPES = {str: "string", int: "integer", bool: "boolean", dict: "object", list: "array"}


class Results(BaseModel):
    """What every action may return. Fields that were not set stay out of the result."""

    model_config = ConfigDict(extra="allow")

    warnings: list[str] = Field(
        default=[], title="Warnings", description="What a reader of the result has to know."
    )

    def model_dump(self, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - as inherited
        """Return the result without the fields that nobody set."""
        return super().model_dump(**({"exclude_unset": True} | options))


class LookupResults(Results):
    """One thing, or that it is not there."""

    found: bool = Field(title="Found", description="Whether GitHub shows it to this credential.")
    reason: str = Field(
        default="", title="Reason", description="Why it was not found, where it was not."
    )


class ListResults(Results):
    """A list, whole or cut."""

    items: list[dict[str, Any]] = Field(
        title="Items", description="The entries as GitHub gives them; of a long list the first."
    )
    count: int = Field(title="Count", description="How many entries were read.")
    truncated: bool = Field(
        title="Truncated", description="Whether GitHub has more than were read."
    )
    items_path: str = Field(
        default="", title="File", description="File with all entries, where the list is long."
    )


class WriteResults(Results):
    """What was changed, or would be."""

    changed: bool = Field(title="Changed", description="Whether anything was changed.")
    dry_run: bool = Field(title="Dry run", description="Whether it was only tried.")
    http_status: int = Field(
        default=0, title="HTTP status", description="GitHub's answer to the deciding call."
    )
    previous_state: dict[str, Any] = Field(
        default={}, title="Previous state", description="What it was before: enough to undo it."
    )
    plan: list[dict[str, Any]] = Field(
        default=[], title="Plan", description="Calls of a dry run: method, path and body."
    )


def with_fields(base: type[Results], **kinds: type) -> type[Results]:
    """Return a result that names the main fields of GitHub's answer for the playbook editor.

    The values are not checked: what GitHub sends is passed on.
    """
    fields: dict[str, Any] = {
        name: (Any, Field(default=None, title=name, json_schema_extra={"type": JSON_TYPES[kind]}))
        for name, kind in kinds.items()
    }
    return create_model(base.__name__, __base__=base, **fields)
