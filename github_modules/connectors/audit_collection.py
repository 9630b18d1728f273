"""The collection of an audit log: its arguments, and the plan that they make."""

import re
from collections.abc import Mapping, Sequence
from fnmatch import translate
from typing import Literal

from pydantic import Field

from github_modules.collect.collector import Pace
from github_modules.collect.delivery import Wanted
from github_modules.collect.ports import Record
from github_modules.connectors.arguments import CollectingArguments, Patterns
from github_modules.connectors.audit_source import AuditLogSource, Query
from github_modules.connectors.collection import (
    Collection,
    Plan,
    Surroundings,
    everything,
    scope_of,
)
from github_modules.connectors.shaping import ShapedArguments, shape_of
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.severity.model import AUDIT


class AuditLogArguments(ShapedArguments, CollectingArguments):
    """Which part of the audit log, and how a backlog is read."""

    include: Literal["web", "git", "all"] = Field(
        default="all",
        title="Events",
        description="web: everything but git; git: clones, fetches and pushes; all: both.",
    )
    phrase: str = Field(
        default="",
        title="Search phrase",
        description="Restricts the events, as in GitHub's audit log search (for example "
        "-actor:dependabot). The qualifier created is set by the connector.",
    )
    excluded_actions: Patterns = Field(
        default=[],
        title="Excluded actions",
        description="Actions that are not forwarded; * stands for anything (for example "
        "repo.download_zip, workflows.*).",
    )
    catch_up_lanes: int = Field(
        default=1,
        ge=1,
        le=4,
        title="Catch-up lanes",
        description="Parts of a backlog that are read at the same time. More than 1 helps with "
        "GitHub Enterprise Server, which does not limit requests.",
    )


def audit_collection(
    settings: GithubSettings,
    arguments: AuditLogArguments,
    client: GithubClient,
    around: Surroundings,
) -> Collection:
    """Return the collection of one audit log.

    Args:
        settings: whose log, on which GitHub.
        arguments: which part of it, and at what pace.
        client: made from the settings.
        around: everything else.
    """
    query = Query(arguments.include, arguments.phrase)
    shape = shape_of(arguments, AUDIT)
    source = AuditLogSource(client, settings.owner, query, arguments.ratelimit_per_minute, shape)
    plan = Plan(
        source,
        scope_of(settings),
        arguments.history_hours,
        Pace(arguments.frequency, arguments.catch_up_lanes),
        wanted(arguments.excluded_actions),
    )
    return Collection(plan, around)


def wanted(excluded: Sequence[str]) -> Wanted:
    """Return the filter for the actions that a user does not want; `*` stands for anything."""
    if not excluded:
        return everything
    pattern = re.compile("|".join(translate(action) for action in excluded))

    def keeps(record: Record) -> bool:
        action = record.body.get("action") if isinstance(record.body, Mapping) else None
        return not (isinstance(action, str) and pattern.match(action))

    return keeps
