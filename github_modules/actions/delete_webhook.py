"""Deletes a webhook; its settings are kept in the result, its secret is lost."""

from github_modules.action_kit.arguments import Number, PlaceArguments, WriteArguments, required
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.hiding import shown_hook
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(PlaceArguments, WriteArguments):
    """What to change."""

    hook_id: Number = required("Webhook", "Id of the webhook (id in the result of List webhooks).")


class DeleteWebhookAction(WriteAction[Arguments]):
    """Deletes a webhook; its settings are kept in the result, its secret is lost."""

    component = Component(
        "delete_webhook",
        "Delete webhook",
        "Delete a webhook of a repository or of the organization.",
    )
    endpoints = (
        Endpoint(
            "DELETE /repos/{owner}/{repo}/hooks/{hook_id}",
            "rest/repos/webhooks#delete-a-repository-webhook",
            permission="repository_hooks:write",
            scope="write:repo_hook",
        ),
        Endpoint(
            "DELETE /orgs/{org}/hooks/{hook_id}",
            "rest/orgs/webhooks#delete-an-organization-webhook",
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
    undo = "Add the webhook of previous_state again in the settings; its secret is lost."

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the webhook; None when it is gone already."""
        hook = desk.find(self.endpoints[2 if given.repository else 3], given)
        return None if hook is None else shown_hook(hook)
