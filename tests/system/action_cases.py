"""What each action is tried with: arguments, the branch it takes, what it changes, what undoes it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Arguments = dict[str, Any]
Estate = dict[str, Any]
PAYMENTS = {"repository": "payments"}
STRANGER = {"username": "stranger-one"}
LEAKED = "ghp_" + "leaked0000" * 3 + "abcdef"


@dataclass(frozen=True)
class Case:
    """One action. `holds` tells from the sandbox's estate that the change is there."""

    name: str
    arguments: Arguments = field(default_factory=dict)
    branch: str = "found"
    app: bool = False
    missing: Arguments | None = None
    """Arguments for something that is not there."""
    absent: str = "not_found"
    """The branch for it, or "error"."""
    holds: Callable[[Estate], bool] | None = None
    undo: tuple[str, Arguments] | None = None
    again: str = "unchanged"


def _repository(estate: Estate, name: str = "payments") -> Any:
    return estate["repositories"][name]


def _alert(product: str, state: str) -> Callable[[Estate], bool]:
    return lambda estate: (
        ["payments", 1, state]
        in [[name, number, now] for name, number, _, now in estate["alerts"][product]]
    )


NOWHERE = {"repository": "nowhere"}
LOOK_UPS = [
    Case("get_user", {"username": "dev-one"}, missing={"username": "managed-ghost"}),
    Case("get_org_membership", {"username": "dev-one"}, "member", missing=STRANGER, absent="none"),
    Case("get_user_events", {"username": "dev-one"}, missing={"username": "ghost"}, absent="error"),
    Case("get_repository_events", {"repository": "website"}, missing=NOWHERE, absent="error"),
    Case("get_repository_activity", PAYMENTS, missing=NOWHERE, absent="error"),
    Case("search_audit_log", {"action": "repo.create"}, missing={"action": "no.such"}),
    Case("check_blocked_user", STRANGER, "not_blocked"),
    Case("list_blocked_users", {}, "not_found"),
    Case("list_token_grants", {"owner": "dev-one"}, app=True, missing={"owner": "nobody"}),
    Case("list_sso_credentials", {"username": "dev-one"}, missing=STRANGER),
    Case("list_workflows", PAYMENTS, missing=NOWHERE, absent="error"),
    Case("list_workflow_runs", PAYMENTS | {"actor": "dev-one"}, missing=PAYMENTS | {"actor": "x"}),
    Case("list_secret_scanning_alerts", {}, missing={"repository": "infra"}),
    Case("get_secret_scanning_alert", PAYMENTS | {"alert_number": 1},
         missing=PAYMENTS | {"alert_number": 99}),
    Case("list_code_scanning_alerts", PAYMENTS, missing={"repository": "infra"}),
    Case("get_code_scanning_alert", PAYMENTS | {"alert_number": 1},
         missing=PAYMENTS | {"alert_number": 99}),
    Case("list_dependabot_alerts", {"state": "open"}, missing={"repository": "infra"}),
    Case("get_dependabot_alert", PAYMENTS | {"alert_number": 1},
         missing=PAYMENTS | {"alert_number": 99}),
    Case("list_deploy_keys", PAYMENTS, missing={"repository": "website"}),
    Case("list_webhooks", {}, missing={"repository": "website"}),
    Case("get_repository", {"repository": "old-name"}, missing=NOWHERE),
    Case("list_repositories", {}, missing={"org": "elsewhere"}, absent="error"),
    Case("get_commit", PAYMENTS | {"ref": "main"}, missing={"repository": "nowhere", "ref": "main"}),
    Case("compare_commits", PAYMENTS | {"base": "main", "head": "main"},
         missing=PAYMENTS | {"base": "main", "head": "gone"}),
    Case("list_collaborators", PAYMENTS, missing=PAYMENTS | {"permission": "maintain"}),
    Case("get_collaborator_permission", PAYMENTS | {"username": "dev-one"},
         missing=PAYMENTS | {"username": "managed-ghost"}),
    Case("get_repository_content", PAYMENTS | {"path": "docs"}, missing=PAYMENTS | {"path": "no"}),
    Case("get_file", PAYMENTS | {"path": "docs/setup.md"}, missing=PAYMENTS | {"path": "no.md"}),
    Case("list_org_members", {"filter": "2fa_disabled"}, missing={"org": "other"}, absent="error"),
    Case("list_teams", {}, missing={"org": "other"}, absent="error"),
    Case("list_team_members", {"team_slug": "platform"}, missing={"team_slug": "no"}, absent="error"),
    Case("list_invitations", {}, missing={"org": "other"}, absent="error"),
    Case("list_installed_apps", {}, missing={"org": "other"}, absent="error"),
    Case("list_runners", PAYMENTS, missing={"repository": "infra"}),
    Case("list_user_keys", {"username": "dev-one"}, missing=STRANGER),
    Case("search_code", {"q": "setup"}),
    Case("search_commits", {"q": "second"}, missing={"q": "unheard-of"}),
    Case("search_issues", {"q": "question"}),
    Case("search_repositories", {"q": "pay"}, missing={"q": "unheard-of"}),
]  # fmt: skip

CI = PAYMENTS | {"workflow_id": "ci.yml"}
RUN = PAYMENTS | {"run_id": 4001}
KEY = PAYMENTS | {"key_id": 501}
HOOK = PAYMENTS | {"hook_id": 601}
ONE = PAYMENTS | {"alert_number": 1}
TEAM = {"team_slug": "security", "username": "dev-one"}
CHANGES = [
    Case("block_user", STRANGER, holds=lambda e: e["blocked"] == ["stranger-one"],
         undo=("unblock_user", STRANGER), missing={"username": "ghost"}, absent="error"),
    Case("unblock_user", STRANGER, holds=lambda e: e["blocked"] == [],
         undo=("block_user", STRANGER), missing={"username": "monalisa"}, absent="unchanged"),
    Case("remove_org_member", {"username": "dev-two"}, holds=lambda e: "dev-two" not in e["members"],
         missing=STRANGER, absent="unchanged"),
    Case("convert_to_outside_collaborator", {"username": "dev-two"},
         holds=lambda e: "dev-two" in e["outside"] and "dev-two" not in e["members"],
         missing=STRANGER, absent="unchanged"),
    Case("remove_collaborator", PAYMENTS | {"username": "ext-one"},
         holds=lambda e: "ext-one" not in _repository(e)["collaborators"],
         missing=PAYMENTS | STRANGER, absent="unchanged"),
    Case("revoke_token_grants", {"owner": "dev-one"}, app=True,
         holds=lambda e: e["grants"] == [902], missing={"pat_ids": [1]}, absent="unchanged"),
    Case("revoke_sso_credentials", {"username": "dev-one"}, holds=lambda e: e["credentials"] == [161197],
         missing=STRANGER, absent="unchanged"),
    Case("revoke_exposed_credentials", {"credentials": [LEAKED]}, again="changed",
         holds=lambda e: e["exposed"] == [LEAKED], missing={"credentials": ["ghs_x"]},
         absent="unchanged"),
    Case("disable_workflow", CI, holds=lambda e: _repository(e)["workflows"]["301"] != "active",
         undo=("enable_workflow", CI), missing=PAYMENTS | {"workflow_id": "no.yml"}, absent="error"),
    Case("enable_workflow", CI, holds=lambda e: _repository(e)["workflows"]["301"] == "active",
         undo=("disable_workflow", CI), missing=PAYMENTS | {"workflow_id": "9"}, absent="error"),
    Case("cancel_workflow_runs", RUN, holds=lambda e: _repository(e)["runs"]["4001"] == "completed",
         missing=PAYMENTS | {"run_id": 9}, absent="error"),
    Case("set_actions_permissions", PAYMENTS | {"enabled": False},
         holds=lambda e: _repository(e)["actions"]["enabled"] is False,
         undo=("set_actions_permissions", PAYMENTS | {"enabled": True}), missing=NOWHERE,
         absent="error"),
    Case("set_repository_visibility", {"repository": "website", "visibility": "private"},
         holds=lambda e: _repository(e, "website")["visibility"] == "private",
         undo=("set_repository_visibility", {"repository": "website", "visibility": "public"}),
         missing=NOWHERE | {"visibility": "private"}, absent="error"),
    Case("archive_repository", PAYMENTS, holds=lambda e: _repository(e)["archived"],
         undo=("unarchive_repository", PAYMENTS), missing=NOWHERE, absent="error"),
    Case("unarchive_repository", {"repository": "legacy"},
         holds=lambda e: not _repository(e, "legacy")["archived"],
         undo=("archive_repository", {"repository": "legacy"}), missing=NOWHERE, absent="error"),
    Case("update_secret_scanning_alert", ONE | {"state": "resolved", "resolution": "revoked"},
         holds=_alert("secret-scanning", "resolved"),
         undo=("update_secret_scanning_alert", ONE | {"state": "open"}),
         missing=PAYMENTS | {"alert_number": 9, "state": "open"}, absent="error"),
    Case("update_code_scanning_alert", ONE | {"state": "dismissed", "dismissed_reason": "mitigated"},
         holds=_alert("code-scanning", "dismissed"),
         undo=("update_code_scanning_alert", ONE | {"state": "open"}),
         missing=PAYMENTS | {"alert_number": 9, "state": "open"}, absent="error"),
    Case("update_dependabot_alert", ONE | {"state": "dismissed", "dismissed_reason": "not_used"},
         holds=_alert("dependabot", "dismissed"),
         undo=("update_dependabot_alert", ONE | {"state": "open"}),
         missing=PAYMENTS | {"alert_number": 9, "state": "open"}, absent="error"),
    Case("delete_deploy_key", KEY, holds=lambda e: _repository(e)["keys"] == [502],
         missing=PAYMENTS | {"key_id": 9}, absent="unchanged"),
    Case("disable_webhook", HOOK, holds=lambda e: not _repository(e)["hooks"]["601"],
         undo=("enable_webhook", HOOK), missing={"hook_id": 9}, absent="error"),
    Case("enable_webhook", PAYMENTS | {"hook_id": 602}, holds=lambda e: _repository(e)["hooks"]["602"],
         undo=("disable_webhook", PAYMENTS | {"hook_id": 602}), missing={"hook_id": 9},
         absent="error"),
    Case("delete_webhook", {"hook_id": 651}, holds=lambda e: list(e["hooks"]) == ["652"],
         missing={"hook_id": 9}, absent="unchanged"),
    Case("delete_runner", {"runner_id": 801}, holds=lambda e: e["runners"] == [802],
         missing={"runner_id": 9}, absent="unchanged"),
    Case("cancel_invitation", {"invitation_id": 7001}, holds=lambda e: e["invitations"] == [],
         missing={"invitation_id": 9}, absent="unchanged"),
    Case("remove_team_member", {"team_slug": "platform", "username": "dev-one"},
         holds=lambda e: "dev-one" not in e["teams"]["platform"],
         undo=("add_team_member", {"team_slug": "platform", "username": "dev-one", "role": "maintainer"}),
         missing=TEAM, absent="unchanged"),
    Case("add_team_member", TEAM, holds=lambda e: e["teams"]["security"].get("dev-one") == "member",
         undo=("remove_team_member", TEAM), missing=TEAM | {"team_slug": "no"}, absent="error"),
    Case("freeze_repository", PAYMENTS,
         holds=lambda e: _repository(e)["rulesets"] == ["Frozen by Sekoia (branch)"],
         undo=("unfreeze_repository", PAYMENTS), missing=NOWHERE, absent="error"),
    Case("unfreeze_repository", PAYMENTS, holds=lambda e: _repository(e)["rulesets"] == [],
         missing=NOWHERE, absent="error"),
    Case("create_issue", PAYMENTS | {"title": "Incident", "body": "See the case."},
         holds=lambda e: _repository(e)["issues"] == {"1": "Incident"},
         missing=NOWHERE | {"title": "x"}, absent="error"),
    Case("comment_issue", PAYMENTS | {"issue_number": 1, "body": "Done."},
         holds=lambda e: _repository(e)["comments"] == {"1": 1},
         missing=PAYMENTS | {"issue_number": 9, "body": "x"}, absent="error"),
]  # fmt: skip
BEFORE: dict[str, tuple[str, Arguments]] = {
    "unblock_user": ("block_user", STRANGER),
    "enable_workflow": ("disable_workflow", CI),
    "unfreeze_repository": ("freeze_repository", PAYMENTS),
    "comment_issue": ("create_issue", PAYMENTS | {"title": "Incident"}),
}
"""What has to be done first, so that there is something to change."""
CASES = LOOK_UPS + CHANGES
