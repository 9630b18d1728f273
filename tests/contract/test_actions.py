"""One name in every place, a documented route, a permission, an undo: for every action."""

import json
import re

import jsonschema
import pytest

from github_modules.action_kit.endpoint import Endpoint
from github_modules.actions import catalogue
from tests.contract.github_description import operation
from tools.manifests.__main__ import ROOT

ACTIONS = {cls.component.docker_parameters: cls for cls in catalogue()}
ENDPOINTS = sorted({e for cls in ACTIONS.values() for e in cls.endpoints}, key=lambda e: e.route)
PERMISSION = re.compile(r"[a-z_]+:(read|write)( or [a-z_]+:(read|write))*")
# https://docs.github.com/rest/authentication/permissions-required-for-github-apps
WITHOUT_PERMISSION = {
    "GET /user/{account_id}", "GET /users/{username}", "GET /users/{username}/events/public",
    "GET /users/{username}/received_events/public", "GET /users/{username}/keys",
    "GET /users/{username}/gpg_keys", "GET /users/{username}/ssh_signing_keys",
    "GET /orgs/{org}/events", "GET /networks/{owner}/{repo}/events", "POST /credentials/revoke",
}  # fmt: skip
PROMISED = [
    "get_user",
    "get_org_membership",
    "get_user_events",
    "get_repository_events",
    "get_repository_activity",
    "search_audit_log",
    "remove_org_member",
    "convert_to_outside_collaborator",
    "remove_collaborator",
    "block_user",
    "unblock_user",
    "check_blocked_user",
    "list_blocked_users",
    "list_token_grants",
    "revoke_token_grants",
    "list_sso_credentials",
    "revoke_sso_credentials",
    "revoke_exposed_credentials",
    "list_workflows",
    "disable_workflow",
    "enable_workflow",
    "list_workflow_runs",
    "cancel_workflow_runs",
    "set_actions_permissions",
    "set_repository_visibility",
    "archive_repository",
    "unarchive_repository",
    "list_secret_scanning_alerts",
    "get_secret_scanning_alert",
    "update_secret_scanning_alert",
    "list_code_scanning_alerts",
    "get_code_scanning_alert",
    "update_code_scanning_alert",
    "list_dependabot_alerts",
    "get_dependabot_alert",
    "update_dependabot_alert",
    "list_deploy_keys",
    "delete_deploy_key",
    "list_webhooks",
    "disable_webhook",
    "enable_webhook",
    "delete_webhook",
    "get_repository",
    "list_repositories",
    "get_commit",
    "compare_commits",
    "list_collaborators",
    "get_collaborator_permission",
    "get_repository_content",
    "list_org_members",
    "list_teams",
    "list_team_members",
    "remove_team_member",
    "add_team_member",
    "list_invitations",
    "cancel_invitation",
    "list_installed_apps",
    "list_runners",
    "delete_runner",
    "freeze_repository",
    "unfreeze_repository",
    "list_user_keys",
    "search_code",
    "search_commits",
    "search_issues",
    "search_repositories",
    "create_issue",
    "comment_issue",
]
each_action = pytest.mark.parametrize("name", ACTIONS)
each_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: e.route)


def test_promised_names_are_there() -> None:
    """Playbooks name actions by these names: none may go."""
    assert set(PROMISED) <= set(ACTIONS)


@each_action
def test_one_name_in_every_place(name: str) -> None:
    """File, class, JSON and page follow from the name under which playbooks know the action."""
    cls = ACTIONS[name]
    camel = "".join(part.capitalize() for part in name.split("_"))
    assert cls.__module__ == f"github_modules.actions.{name}"
    assert cls.__name__ == f"{camel}Action"
    assert (ROOT / f"action_{name}.json").is_file()
    assert f"\n### {name.replace('_', '-')}\n" in (ROOT / "docs/actions.md").read_text("utf-8")


@each_action
def test_a_change_has_its_undo_and_its_dry_run(name: str) -> None:
    """The undo is another action, or words about what a person can do."""
    cls = ACTIONS[name]
    writes = any(endpoint.writes for endpoint in cls.endpoints)
    assert writes == ("dry_run" in cls.arguments_model.model_fields)
    assert writes == bool(cls.undo)
    assert not writes or " " in cls.undo or cls.undo in ACTIONS
    if cls.undo in ACTIONS:
        assert ACTIONS[cls.undo].undo == name


@each_action
def test_arguments_are_told_to_their_reader(name: str) -> None:
    """Every argument has a title, a description with a full stop, and none is named so."""
    for field, info in ACTIONS[name].arguments_model.model_fields.items():
        assert field != "description"
        assert info.title
        assert (info.description or "").endswith(".")


@each_action
def test_results_of_an_action_are_a_schema(name: str) -> None:
    """The editor reads the results from it; GitHub's values are not restricted."""
    results = json.loads((ROOT / f"action_{name}.json").read_text(encoding="utf-8"))["results"]
    jsonschema.Draft7Validator.check_schema(results)
    assert results["properties"].keys() == ACTIONS[name].results_model.model_fields.keys()


@each_endpoint
def test_a_route_is_one_that_github_publishes(endpoint: Endpoint) -> None:
    """Method, path, query parameters and documentation address are those of the description."""
    method, _, path = endpoint.route.partition(" ")
    if path.endswith("/contents"):
        path += "/{path}"  # published with a path that may be empty
    published = operation(method, path)
    assert set(endpoint.query) <= published.query_names
    assert published.docs_url in {endpoint.docs_url, endpoint.docs_url.replace(
        "enterprise-cloud@latest/", "")} | {endpoint.docs_url.replace(
        "docs.github.com/", "docs.github.com/enterprise-cloud@latest/")}  # fmt: skip


@each_endpoint
def test_a_route_names_what_it_needs(endpoint: Endpoint) -> None:
    """A permission for Apps and fine-grained tokens, and a scope, unless it is public."""
    if endpoint.route in WITHOUT_PERMISSION:
        assert endpoint.permission == ""
        return
    assert PERMISSION.fullmatch(endpoint.permission)
    assert endpoint.scope or endpoint.app_only or endpoint.optional
