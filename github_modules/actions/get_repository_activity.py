"""Pushes, force pushes and branch changes of a repository, with the commits before and after."""

from typing import Annotated

from github_modules.action_kit.arguments import (
    LimitArguments,
    Line,
    Login,
    RepositoryArguments,
    one_of,
    optional,
)
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(RepositoryArguments, LimitArguments):
    """What to look up."""

    actor: Login = optional("Actor", "Only what this user did.")
    ref: Line = optional("Ref", "Only this branch or tag, with or without refs/heads/.")
    activity_type: Annotated[
        str,
        one_of(
            "push",
            "force_push",
            "branch_creation",
            "branch_deletion",
            "pr_merge",
            "merge_queue_merge",
        ),
    ] = optional("Type", "Only this type of activity.")
    time_period: Annotated[str, one_of("day", "week", "month", "quarter", "year")] = optional(
        "Period", "Only the last day, week, month, quarter or year."
    )


class GetRepositoryActivityAction(ListAction[Arguments]):
    """Pushes, force pushes and branch changes of a repository, with the commits before and after."""

    component = Component(
        "get_repository_activity",
        "Get repository activity",
        "List pushes, force pushes, branch creations and deletions of a repository, with both commits of each.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/activity",
            "rest/repos/repos#list-repository-activities",
            permission="contents:read",
            scope="repo",
            query=("actor", "ref", "activity_type", "time_period"),
        ),
    )
    arguments_model = Arguments
