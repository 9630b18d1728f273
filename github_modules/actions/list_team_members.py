"""Members of a team."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import LimitArguments, OrgArguments, Slug, one_of, required
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""

    team_slug: Slug = required("Team", "Slug of the team, as its address on GitHub shows it.")
    role: Annotated[str, one_of("all", "maintainer", "member")] = Field(
        default="all", title="Role", description="All, maintainers or members."
    )


class ListTeamMembersAction(ListAction[Arguments]):
    """Members of a team."""

    component = Component(
        "list_team_members",
        "List team members",
        "List the members of a team.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/teams/{team_slug}/members",
            "rest/teams/members#list-team-members",
            permission="members:read",
            scope="read:org",
            query=("role",),
        ),
    )
    arguments_model = Arguments
