"""Runs of workflows; GitHub gives at most 1,000 for a filter."""

from github_modules.action_kit.arguments import (
    LimitArguments,
    Line,
    Login,
    RepositoryArguments,
    optional,
)
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(RepositoryArguments, LimitArguments):
    """What to look up."""

    actor: Login = optional("Actor", "Only runs that this user started.")
    branch: Line = optional("Branch", "Only runs on this branch.")
    event: Line = optional("Event", "Only runs started by this event, such as push.")
    status: Line = optional("Status", "Only runs in this state, such as in_progress or failure.")
    created: Line = optional("Created", "Only runs created then, such as >=2026-03-01.")
    head_sha: Line = optional("Commit", "Only runs on this commit.")


class ListWorkflowRunsAction(ListAction[Arguments]):
    """Runs of workflows; GitHub gives at most 1,000 for a filter."""

    component = Component(
        "list_workflow_runs",
        "List workflow runs",
        "List the runs of GitHub Actions workflows of a repository.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/runs",
            "rest/actions/workflow-runs#list-workflow-runs-for-a-repository",
            permission="actions:read",
            scope="repo",
            query=("actor", "branch", "event", "status", "created", "head_sha"),
            items_key="workflow_runs",
        ),
    )
    arguments_model = Arguments
