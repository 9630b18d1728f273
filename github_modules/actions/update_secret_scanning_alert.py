"""Closes a secret scanning alert with a reason, or opens it again."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from github_modules.action_kit.alerts import AlertUpdateAction, AlertUpdateArguments
from github_modules.action_kit.arguments import one_of, optional, required
from github_modules.action_kit.endpoint import Endpoint
from github_modules.component import Component


class Arguments(AlertUpdateArguments):
    """What to change."""

    state: Annotated[str, one_of("resolved", "open")] = required(
        "State", "What becomes of the alert."
    )
    resolution: Annotated[str, one_of("false_positive", "wont_fix", "revoked", "used_in_tests")] = (
        optional("Reason", "Why it is resolved.")
    )
    resolution_comment: str = optional("Comment", "A note beside the reason.")


class UpdateSecretScanningAlertAction(AlertUpdateAction[Arguments]):
    """Closes a secret scanning alert with a reason, or opens it again."""

    component = Component(
        "update_secret_scanning_alert",
        "Update secret scanning alert",
        "Close a secret scanning alert with a reason, or open it again.",
    )
    endpoints = (
        Endpoint(
            "PATCH /repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}",
            "rest/secret-scanning/secret-scanning#update-a-secret-scanning-alert",
            permission="secret_scanning_alerts:write",
            scope="repo or security_events",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}",
            "rest/secret-scanning/secret-scanning#get-a-secret-scanning-alert",
            permission="secret_scanning_alerts:read",
            scope="repo or security_events",
        ),
    )
    arguments_model = Arguments
    reason = "resolution"
    comment = "resolution_comment"
    look_up_params: ClassVar[Mapping[str, Any]] = {"hide_secret": True}
