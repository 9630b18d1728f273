"""What a playbook gets from a trigger, for the editor. GitHub's values are not restricted."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

_TYPES = {str: "string", int: "integer", bool: "boolean", dict: "object", list: "array"}


class TriggerResults(BaseModel):
    """The fields of the most severe record, and what belongs to all of them."""

    model_config = ConfigDict(extra="allow")

    severity: str = Field(title="Severity", description="Of the most severe record.")
    severity_reason: str = Field(title="Reason", description="Why it is so severe.")
    rule: str = Field(title="Rule", description="Name of the rule that says so.")
    docs: str = Field(title="Documentation", description="GitHub's page of the event.")
    link: str = Field(title="Link", description="Where GitHub shows it.")
    count: int = Field(title="Count", description="How many records matched.")
    truncated: bool = Field(title="Truncated", description="Whether the list is cut.")
    events: list[dict[str, Any]] = Field(title="Events", description="The records, at most 500.")


def _with_fields(name: str, **kinds: type) -> type[TriggerResults]:
    fields: dict[str, Any] = {
        field: (Any, Field(default=None, title=field, json_schema_extra={"type": _TYPES[kind]}))
        for field, kind in kinds.items()
    }
    return create_model(name, __base__=TriggerResults, **fields)


AuditEventResults = _with_fields(
    "AuditEventResults", action=str, actor=str, actor_id=int, actor_ip=str, actor_location=dict,
    user=str, org=str, repo=str, created_at=int, operation_type=str, hashed_token=str,
    programmatic_access_type=str, user_agent=str,
)  # fmt: skip
AlertResults = _with_fields(
    "AlertResults", number=int, state=str, html_url=str, created_at=str, updated_at=str,
    repository=dict, secret_type=str, validity=str, publicly_leaked=bool,
    security_advisory=dict, dependency=dict,
)  # fmt: skip
