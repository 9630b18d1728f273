"""Switches a webhook on again. Only `active` is sent, so that its secret stays."""

from github_modules.action_kit.arguments import Number, PlaceArguments, WriteArguments, required
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.hiding import shown_hook
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(PlaceArguments, WriteArguments):
    """What to change."""

    hook_id: Number = required("Webhook", "Id of the webhook (id in the result of List webhooks).")


class EnableWebhookAction(WriteAction[Arguments]):
    """Switches a webhook on again. Only `active` is sent, so that its secret stays."""

    component = Component(
        "enable_webhook",
        "Enable webhook",
        "Switch a webhook on again.",
    )
    endpoints = (
        Endpoint(
            "PATCH /repos/{owner}/{repo}/hooks/{hook_id}",
            "rest/repos/webhooks#update-a-repository-webhook",
            permission="repository_hooks:write",
            scope="write:repo_hook",
        ),
        Endpoint(
            "PATCH /orgs/{org}/hooks/{hook_id}",
            "rest/orgs/webhooks#update-an-organization-webhook",
            permission="organization_hooks:write",
            scope="admin:org_hook",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/hooks/{hook_id}",
            "rest/repos/webhooks#get-a-repository-webhook",
            permission="repository_hooks:read",
            scope="write:repo_hook",
        ),
        Endpoint(
            "GET /orgs/{org}/hooks/{hook_id}",
            "rest/orgs/webhooks#get-an-organization-webhook",
            permission="organization_hooks:read",
            scope="admin:org_hook",
        ),
    )
    arguments_model = Arguments
    undo = "disable_webhook"

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the webhook; None when its state is the wanted one."""
        hook = desk.get(self.endpoints[2 if given.repository else 3], given)
        return None if hook.get("active") is True else shown_hook(hook)

    def body(self, given: Arguments) -> JsonObject:  # noqa: ARG002 - always the same
        """Return the wanted state and nothing else."""
        return {"active": True}
