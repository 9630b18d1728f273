"""Cancels runs of workflows that are not finished: one by its id, or those of a filter."""

from pydantic import Field

from github_modules.action_kit.arguments import (
    Line,
    Login,
    OptionalNumber,
    RepositoryArguments,
    WriteArguments,
    optional,
)
from github_modules.action_kit.desk import Desk, JsonObject, query_of
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.errors import ConfigurationError

SHOWN = ("id", "name", "event", "status", "head_branch", "head_sha", "html_url")


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    run_id: OptionalNumber = optional("Run", "Id of one run. Empty: what the filter finds.", 0)
    actor: Login = optional("Actor", "Only runs that this user started.")
    branch: Line = optional("Branch", "Only runs on this branch.")
    event: Line = optional("Event", "Only runs started by this event, such as push.")
    head_sha: Line = optional("Commit", "Only runs on this commit.")
    created: Line = optional("Created", "Only runs created then, such as >=2026-03-01.")
    force: bool = Field(
        default=False,
        title="Force",
        description="For runs that do not react to an ordinary cancel.",
    )


class CancelWorkflowRunsAction(WriteAction[Arguments]):
    """Cancels runs of workflows that are not finished: one by its id, or those of a filter."""

    component = Component(
        "cancel_workflow_runs",
        "Cancel workflow runs",
        "Cancel one run, or all unfinished runs that a filter finds.",
    )
    endpoints = (
        Endpoint(
            "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel",
            "rest/actions/workflow-runs#cancel-a-workflow-run",
            permission="actions:write",
            scope="repo",
        ),
        Endpoint(
            "POST /repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel",
            "rest/actions/workflow-runs#force-cancel-a-workflow-run",
            permission="actions:write",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/runs/{run_id}",
            "rest/actions/workflow-runs#get-a-workflow-run",
            permission="actions:read",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/runs",
            "rest/actions/workflow-runs#list-workflow-runs-for-a-repository",
            permission="actions:read",
            scope="repo",
            query=("actor", "branch", "event", "created", "head_sha"),
            items_key="workflow_runs",
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(WriteResults, cancelled=list, not_cancellable=list)
    undo = "Nothing: start the workflow again in GitHub."

    def guard(self, desk: Desk, given: Arguments) -> None:  # noqa: ARG002 - nothing is asked
        """Refuse to cancel everything because nothing was named."""
        if not (given.run_id or query_of(self.endpoints[3], given)):
            raise ConfigurationError(
                "Neither run_id nor a filter (actor, branch, event, head_sha, created) is filled in.",
                remedy="Name the run, or what the runs have in common.",
            )

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the runs that are not finished; None when there are none."""
        if given.run_id:
            runs = [desk.get(self.endpoints[2], given)]
        else:
            runs = desk.listed(self.endpoints[3], given).items
        unfinished = [run for run in runs if run.get("status") != "completed"]
        return {"runs": [_shown(run) for run in unfinished]} if unfinished else None

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Cancel each run; those that GitHub refuses to cancel are named, and the others go on."""
        self.guard(desk, given)
        before = self.before(desk, given)
        if before is None:
            return self.outcome(desk, {}) | {"cancelled": [], "not_cancellable": []}
        endpoint = self.endpoints[1 if given.force else 0]
        cancelled, refused, answer = [], [], None
        for run in before["runs"]:
            found = desk.write(endpoint, given, run_id=run["id"], expect=(403, 409))
            if found is not None and found.status < 300:
                answer = found
                cancelled.append(run)
            elif found is not None:
                refused.append(run)
        outcome = self.outcome(desk, before, answer)
        return outcome | {"cancelled": cancelled, "not_cancellable": refused}


def _shown(run: JsonObject) -> JsonObject:
    """Return what a reader needs of a run."""
    people = {name: (run.get(name) or {}).get("login") for name in ("actor", "triggering_actor")}
    return {name: run.get(name) for name in SHOWN} | people
