"""Closes a Dependabot alert with a reason, or opens it again."""

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
        str, one_of("fix_started", "inaccurate", "no_bandwidth", "not_used", "tolerable_risk")
    ] = optional("Reason", "Why it is dismissed.")
    dismissed_comment: str = Field(
        default="",
        max_length=280,
        title="Comment",
        description="A note beside the reason.",
        json_schema_extra={"no_default": True},
    )


class UpdateDependabotAlertAction(AlertUpdateAction[Arguments]):
    """Closes a Dependabot alert with a reason, or opens it again."""

    component = Component(
        "update_dependabot_alert",
        "Update Dependabot alert",
        "Close a Dependabot alert with a reason, or open it again.",
    )
    endpoints = (
        Endpoint(
            "PATCH /repos/{owner}/{repo}/dependabot/alerts/{alert_number}",
            "rest/dependabot/alerts#update-a-dependabot-alert",
            permission="vulnerability_alerts:write",
            scope="repo or security_events",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/dependabot/alerts/{alert_number}",
            "rest/dependabot/alerts#get-a-dependabot-alert",
            permission="vulnerability_alerts:read",
            scope="repo or security_events",
        ),
    )
    arguments_model = Arguments
    reason = "dismissed_reason"
    comment = "dismissed_comment"
