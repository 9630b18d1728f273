"""Starts the component that the platform names. Written by `make manifests`."""

from github_modules.account_validator import GithubAccountValidator
from github_modules.actions.add_team_member import AddTeamMemberAction
from github_modules.actions.archive_repository import ArchiveRepositoryAction
from github_modules.actions.block_user import BlockUserAction
from github_modules.actions.cancel_invitation import CancelInvitationAction
from github_modules.actions.cancel_workflow_runs import CancelWorkflowRunsAction
from github_modules.actions.check_blocked_user import CheckBlockedUserAction
from github_modules.actions.comment_issue import CommentIssueAction
from github_modules.actions.compare_commits import CompareCommitsAction
from github_modules.actions.convert_to_outside_collaborator import (
    ConvertToOutsideCollaboratorAction,
)
from github_modules.actions.create_issue import CreateIssueAction
from github_modules.actions.delete_deploy_key import DeleteDeployKeyAction
from github_modules.actions.delete_runner import DeleteRunnerAction
from github_modules.actions.delete_webhook import DeleteWebhookAction
from github_modules.actions.disable_webhook import DisableWebhookAction
from github_modules.actions.disable_workflow import DisableWorkflowAction
from github_modules.actions.enable_webhook import EnableWebhookAction
from github_modules.actions.enable_workflow import EnableWorkflowAction
from github_modules.actions.freeze_repository import FreezeRepositoryAction
from github_modules.actions.get_code_scanning_alert import GetCodeScanningAlertAction
from github_modules.actions.get_collaborator_permission import GetCollaboratorPermissionAction
from github_modules.actions.get_commit import GetCommitAction
from github_modules.actions.get_dependabot_alert import GetDependabotAlertAction
from github_modules.actions.get_file import GetFileAction
from github_modules.actions.get_org_membership import GetOrgMembershipAction
from github_modules.actions.get_repository import GetRepositoryAction
from github_modules.actions.get_repository_activity import GetRepositoryActivityAction
from github_modules.actions.get_repository_content import GetRepositoryContentAction
from github_modules.actions.get_repository_events import GetRepositoryEventsAction
from github_modules.actions.get_secret_scanning_alert import GetSecretScanningAlertAction
from github_modules.actions.get_user import GetUserAction
from github_modules.actions.get_user_events import GetUserEventsAction
from github_modules.actions.list_blocked_users import ListBlockedUsersAction
from github_modules.actions.list_code_scanning_alerts import ListCodeScanningAlertsAction
from github_modules.actions.list_collaborators import ListCollaboratorsAction
from github_modules.actions.list_dependabot_alerts import ListDependabotAlertsAction
from github_modules.actions.list_deploy_keys import ListDeployKeysAction
from github_modules.actions.list_installed_apps import ListInstalledAppsAction
from github_modules.actions.list_invitations import ListInvitationsAction
from github_modules.actions.list_org_members import ListOrgMembersAction
from github_modules.actions.list_repositories import ListRepositoriesAction
from github_modules.actions.list_runners import ListRunnersAction
from github_modules.actions.list_secret_scanning_alerts import ListSecretScanningAlertsAction
from github_modules.actions.list_sso_credentials import ListSsoCredentialsAction
from github_modules.actions.list_team_members import ListTeamMembersAction
from github_modules.actions.list_teams import ListTeamsAction
from github_modules.actions.list_token_grants import ListTokenGrantsAction
from github_modules.actions.list_user_keys import ListUserKeysAction
from github_modules.actions.list_webhooks import ListWebhooksAction
from github_modules.actions.list_workflow_runs import ListWorkflowRunsAction
from github_modules.actions.list_workflows import ListWorkflowsAction
from github_modules.actions.remove_collaborator import RemoveCollaboratorAction
from github_modules.actions.remove_org_member import RemoveOrgMemberAction
from github_modules.actions.remove_team_member import RemoveTeamMemberAction
from github_modules.actions.revoke_exposed_credentials import RevokeExposedCredentialsAction
from github_modules.actions.revoke_sso_credentials import RevokeSsoCredentialsAction
from github_modules.actions.revoke_token_grants import RevokeTokenGrantsAction
from github_modules.actions.search_audit_log import SearchAuditLogAction
from github_modules.actions.search_code import SearchCodeAction
from github_modules.actions.search_commits import SearchCommitsAction
from github_modules.actions.search_issues import SearchIssuesAction
from github_modules.actions.search_repositories import SearchRepositoriesAction
from github_modules.actions.set_actions_permissions import SetActionsPermissionsAction
from github_modules.actions.set_repository_visibility import SetRepositoryVisibilityAction
from github_modules.actions.unarchive_repository import UnarchiveRepositoryAction
from github_modules.actions.unblock_user import UnblockUserAction
from github_modules.actions.unfreeze_repository import UnfreezeRepositoryAction
from github_modules.actions.update_code_scanning_alert import UpdateCodeScanningAlertAction
from github_modules.actions.update_dependabot_alert import UpdateDependabotAlertAction
from github_modules.actions.update_secret_scanning_alert import UpdateSecretScanningAlertAction
from github_modules.connectors.audit_log import AuditLogConnector
from github_modules.connectors.github_repository_events import GithubRepositoryEventsConnector
from github_modules.connectors.github_security_alerts import GithubSecurityAlertsConnector
from github_modules.module import GithubModule
from github_modules.triggers.github_audit_event import GithubAuditEventTrigger
from github_modules.triggers.github_security_alert import GithubSecurityAlertTrigger


def main() -> None:
    """Build the module anew and run it: the process may serve several calls."""
    module = GithubModule()
    module.register(AddTeamMemberAction, "add_team_member")
    module.register(ArchiveRepositoryAction, "archive_repository")
    module.register(BlockUserAction, "block_user")
    module.register(CancelInvitationAction, "cancel_invitation")
    module.register(CancelWorkflowRunsAction, "cancel_workflow_runs")
    module.register(CheckBlockedUserAction, "check_blocked_user")
    module.register(CommentIssueAction, "comment_issue")
    module.register(CompareCommitsAction, "compare_commits")
    module.register(ConvertToOutsideCollaboratorAction, "convert_to_outside_collaborator")
    module.register(CreateIssueAction, "create_issue")
    module.register(DeleteDeployKeyAction, "delete_deploy_key")
    module.register(DeleteRunnerAction, "delete_runner")
    module.register(DeleteWebhookAction, "delete_webhook")
    module.register(DisableWebhookAction, "disable_webhook")
    module.register(DisableWorkflowAction, "disable_workflow")
    module.register(EnableWebhookAction, "enable_webhook")
    module.register(EnableWorkflowAction, "enable_workflow")
    module.register(FreezeRepositoryAction, "freeze_repository")
    module.register(GetCodeScanningAlertAction, "get_code_scanning_alert")
    module.register(GetCollaboratorPermissionAction, "get_collaborator_permission")
    module.register(GetCommitAction, "get_commit")
    module.register(GetDependabotAlertAction, "get_dependabot_alert")
    module.register(GetFileAction, "get_file")
    module.register(GetOrgMembershipAction, "get_org_membership")
    module.register(GetRepositoryAction, "get_repository")
    module.register(GetRepositoryActivityAction, "get_repository_activity")
    module.register(GetRepositoryContentAction, "get_repository_content")
    module.register(GetRepositoryEventsAction, "get_repository_events")
    module.register(GetSecretScanningAlertAction, "get_secret_scanning_alert")
    module.register(GetUserAction, "get_user")
    module.register(GetUserEventsAction, "get_user_events")
    module.register(ListBlockedUsersAction, "list_blocked_users")
    module.register(ListCodeScanningAlertsAction, "list_code_scanning_alerts")
    module.register(ListCollaboratorsAction, "list_collaborators")
    module.register(ListDependabotAlertsAction, "list_dependabot_alerts")
    module.register(ListDeployKeysAction, "list_deploy_keys")
    module.register(ListInstalledAppsAction, "list_installed_apps")
    module.register(ListInvitationsAction, "list_invitations")
    module.register(ListOrgMembersAction, "list_org_members")
    module.register(ListRepositoriesAction, "list_repositories")
    module.register(ListRunnersAction, "list_runners")
    module.register(ListSecretScanningAlertsAction, "list_secret_scanning_alerts")
    module.register(ListSsoCredentialsAction, "list_sso_credentials")
    module.register(ListTeamMembersAction, "list_team_members")
    module.register(ListTeamsAction, "list_teams")
    module.register(ListTokenGrantsAction, "list_token_grants")
    module.register(ListUserKeysAction, "list_user_keys")
    module.register(ListWebhooksAction, "list_webhooks")
    module.register(ListWorkflowRunsAction, "list_workflow_runs")
    module.register(ListWorkflowsAction, "list_workflows")
    module.register(RemoveCollaboratorAction, "remove_collaborator")
    module.register(RemoveOrgMemberAction, "remove_org_member")
    module.register(RemoveTeamMemberAction, "remove_team_member")
    module.register(RevokeExposedCredentialsAction, "revoke_exposed_credentials")
    module.register(RevokeSsoCredentialsAction, "revoke_sso_credentials")
    module.register(RevokeTokenGrantsAction, "revoke_token_grants")
    module.register(SearchAuditLogAction, "search_audit_log")
    module.register(SearchCodeAction, "search_code")
    module.register(SearchCommitsAction, "search_commits")
    module.register(SearchIssuesAction, "search_issues")
    module.register(SearchRepositoriesAction, "search_repositories")
    module.register(SetActionsPermissionsAction, "set_actions_permissions")
    module.register(SetRepositoryVisibilityAction, "set_repository_visibility")
    module.register(UnarchiveRepositoryAction, "unarchive_repository")
    module.register(UnblockUserAction, "unblock_user")
    module.register(UnfreezeRepositoryAction, "unfreeze_repository")
    module.register(UpdateCodeScanningAlertAction, "update_code_scanning_alert")
    module.register(UpdateDependabotAlertAction, "update_dependabot_alert")
    module.register(UpdateSecretScanningAlertAction, "update_secret_scanning_alert")
    module.register(AuditLogConnector, "github_audit_logs")
    module.register(GithubRepositoryEventsConnector, "github_repository_events")
    module.register(GithubSecurityAlertsConnector, "github_security_alerts")
    module.register(GithubAuditEventTrigger, "github_audit_event")
    module.register(GithubSecurityAlertTrigger, "github_security_alert")
    module.register_account_validator(GithubAccountValidator)
    module.run()


def fission_main() -> str:
    """Run one action or validation inside a Fission function."""
    main()
    return "ok"


if __name__ == "__main__":
    main()
