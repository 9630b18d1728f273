"""Enables a workflow again."""

from github_modules.action_kit.arguments import Line, RepositoryArguments, WriteArguments, required
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    workflow_id: Line = required(
        "Workflow", "Id of the workflow, or the name of its file such as ci.yml."
    )


class EnableWorkflowAction(WriteAction[Arguments]):
    """Enables a workflow again."""

    component = Component(
        "enable_workflow",
        "Enable workflow",
        "Enable a GitHub Actions workflow that was disabled.",
    )
    endpoints = (
        Endpoint(
            "PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable",
            "rest/actions/workflows#enable-a-workflow",
            permission="actions:write",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}",
            "rest/actions/workflows#get-a-workflow",
            permission="actions:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    undo = "disable_workflow"

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the workflow; None when its state is the wanted one."""
        workflow = desk.get(self.endpoints[1], given)
        if workflow.get("state") == "active":
            return None
        return {name: workflow.get(name) for name in ("id", "name", "path", "state")}
