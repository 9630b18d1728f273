"""Deletes a deploy key; the public key is kept in the result."""

from github_modules.action_kit.arguments import (
    Number,
    RepositoryArguments,
    WriteArguments,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    key_id: Number = required("Key", "Id of the key (id in the result of List deploy keys).")


class DeleteDeployKeyAction(WriteAction[Arguments]):
    """Deletes a deploy key; the public key is kept in the result."""

    component = Component(
        "delete_deploy_key",
        "Delete deploy key",
        "Delete a deploy key of a repository.",
    )
    endpoints = (
        Endpoint(
            "DELETE /repos/{owner}/{repo}/keys/{key_id}",
            "rest/deploy-keys/deploy-keys#delete-a-deploy-key",
            permission="administration:write",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/keys/{key_id}",
            "rest/deploy-keys/deploy-keys#get-a-deploy-key",
            permission="administration:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    undo = "Add the key of previous_state again in the settings of the repository."

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the key; None when it is gone already."""
        return desk.find(self.endpoints[1], given)
