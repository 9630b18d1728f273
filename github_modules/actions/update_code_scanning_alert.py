"""Closes a code scanning alert with a reason, or opens it again."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.alerts import AlertUpdateAction, AlertUpdateArguments
from github_modules.action_kit.arguments import one_of, optional, required
from github_modules.action_kit.endpoint import Endpoint
from github_modules.component import Component


class Arguments(AlertUpdateArguments):
    """What to change."""

    state: Annotated[str, one_of("dismissed", "open")] = required(
        "State", "What becomes of the alert."
    )
    dismissed_reason: Annotated[
        str, one_of("false positive", "won't fix", "used in tests", "mitigated")
    ] = optional("Reason", "Why it is dismissed.")
    dismissed_comment: str = Field(
        default="",
        max_length=280,
        title="Comment",
        description="A note beside the reason.",
        json_schema_extra={"no_default": True},
    )


class UpdateCodeScanningAlertAction(AlertUpdateAction[Arguments]):
    """Closes a code scanning alert with a reason, or opens it again."""

    component = Component(
        "update_code_scanning_alert",
        "Update code scanning alert",
        "Close a code scanning alert with a reason, or open it again.",
    )
    endpoints = (
        Endpoint(
            "PATCH /repos/{owner}/{repo}/code-scanning/alerts/{alert_number}",
            "rest/code-scanning/code-scanning#update-a-code-scanning-alert",
            permission="security_events:write",
            scope="repo or security_events",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/code-scanning/alerts/{alert_number}",
            "rest/code-scanning/code-scanning#get-a-code-scanning-alert",
            permission="security_events:read",
            scope="repo or security_events",
        ),
    )
    arguments_model = Arguments
    reason = "dismissed_reason"
    comment = "dismissed_comment"
