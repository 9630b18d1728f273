"""Removes a self-hosted runner. A runner at work is refused by GitHub: cancel its run first."""

from github_modules.action_kit.arguments import Number, PlaceArguments, WriteArguments, required
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(PlaceArguments, WriteArguments):
    """What to change."""

    runner_id: Number = required("Runner", "Id of the runner (id in the result of List runners).")


class DeleteRunnerAction(WriteAction[Arguments]):
    """Removes a self-hosted runner. A runner at work is refused by GitHub: cancel its run first."""

    component = Component(
        "delete_runner",
        "Delete runner",
        "Remove a self-hosted runner from a repository or from the organization.",
    )
    endpoints = (
        Endpoint(
            "DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}",
            "rest/actions/self-hosted-runners#delete-a-self-hosted-runner-from-a-repository",
            permission="administration:write",
            scope="repo",
        ),
        Endpoint(
            "DELETE /orgs/{org}/actions/runners/{runner_id}",
            "rest/actions/self-hosted-runners#delete-a-self-hosted-runner-from-an-organization",
            permission="organization_self_hosted_runners:write",
            scope="admin:org",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/runners/{runner_id}",
            "rest/actions/self-hosted-runners#get-a-self-hosted-runner-for-a-repository",
            permission="administration:read",
            scope="repo",
        ),
        Endpoint(
            "GET /orgs/{org}/actions/runners/{runner_id}",
            "rest/actions/self-hosted-runners#get-a-self-hosted-runner-for-an-organization",
            permission="organization_self_hosted_runners:read",
            scope="admin:org",
        ),
    )
    arguments_model = Arguments
    undo = "Register the runner again on its machine."

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the runner; None when it is gone already."""
        return desk.find(self.endpoints[2 if given.repository else 3], given)
