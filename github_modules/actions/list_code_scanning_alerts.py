"""Code scanning alerts, the latest change first."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import (
    LimitArguments,
    Line,
    PlaceArguments,
    one_of,
    optional,
)
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(PlaceArguments, LimitArguments):
    """What to look up."""

    state: Annotated[str, one_of("open", "closed", "dismissed", "fixed")] = optional(
        "State", "Only alerts in this state."
    )
    severity: Annotated[
        str, one_of("critical", "high", "medium", "low", "warning", "note", "error")
    ] = optional("Severity", "Only alerts of this severity.")
    tool_name: Line = optional("Tool", "Only alerts of this tool, such as CodeQL.")
    sort: Annotated[str, one_of("updated", "created")] = Field(
        default="updated", title="Sort", description="By the last change or by creation."
    )
    direction: Annotated[str, one_of("desc", "asc")] = Field(
        default="desc",
        title="Direction",
        description="Latest first (desc) or earliest first (asc).",
    )


class ListCodeScanningAlertsAction(ListAction[Arguments]):
    """Code scanning alerts, the latest change first."""

    component = Component(
        "list_code_scanning_alerts",
        "List code scanning alerts",
        "List code scanning alerts of a repository or of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/code-scanning/alerts",
            "rest/code-scanning/code-scanning#list-code-scanning-alerts-for-a-repository",
            permission="security_events:read",
            scope="repo or security_events",
            query=("state", "severity", "tool_name", "sort", "direction"),
        ),
        Endpoint(
            "GET /orgs/{org}/code-scanning/alerts",
            "rest/code-scanning/code-scanning#list-code-scanning-alerts-for-an-organization",
            permission="security_events:read",
            scope="repo or security_events",
            query=("state", "severity", "tool_name", "sort", "direction"),
        ),
    )
    arguments_model = Arguments
