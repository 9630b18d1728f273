"""Documented names of audit-log actions, by category; facts, not text.

The generator draws from them. A verb may have a dot of its own, as in repo.config.
"""

VERBS = {
    "account": "plan_change",
    "api": "request",
    "audit_log_streaming": "check create destroy update",
    "business": "add_admin add_organization advanced_security_policy_update audit_log_export"
    " disable_saml disable_source_ip_disclosure disable_two_factor_requirement enable_saml"
    " enable_source_ip_disclosure enable_two_factor_requirement invite_admin"
    " members_can_update_protected_branches.disable members_can_update_protected_branches.enable"
    " remove_admin remove_member remove_organization revoke_sso_session sso_response"
    " update_actions_settings update_default_repository_permission",
    "environment": "add_protection_rule create_actions_secret delete remove_protection_rule",
    "hook": "active_changed config_changed create destroy events_changed",
    "integration_installation": "create destroy repositories_added repositories_removed suspend"
    " unsuspend version_updated",
    "ip_allow_list": "disable disable_for_installed_apps enable enable_for_installed_apps",
    "ip_allow_list_entry": "create destroy update",
    "members_can_delete_repos": "clear disable enable",
    "oauth_authorization": "create destroy update",
    "org": "accept_business_invitation add_member add_outside_collaborator"
    " advanced_security_disabled_for_new_repos advanced_security_enabled_for_new_repos"
    " audit_log_export audit_log_git_event_export block_user cancel_invitation"
    " config.disable_collaborators_only config.enable_collaborators_only create"
    " create_actions_secret delete disable_oauth_app_restrictions disable_saml"
    " disable_two_factor_requirement enable_oauth_app_restrictions enable_saml"
    " enable_two_factor_requirement invite_member oauth_app_access_approved"
    " oauth_app_access_denied oauth_app_access_requested register_self_hosted_runner"
    " remove_actions_secret remove_member remove_outside_collaborator"
    " remove_self_hosted_runner rename restore_member revoke_external_identity"
    " runner_group_created runner_group_removed runner_group_updated"
    " secret_scanning_push_protection_disable secret_scanning_push_protection_enable"
    " self_hosted_runner_offline self_hosted_runner_online sso_response transfer unblock_user"
    " update_actions_secret update_actions_settings update_default_repository_permission"
    " update_member update_member_repository_creation_permission"
    " update_member_repository_invitation_permission update_saml_provider_settings",
    "org_credential_authorization": "deauthorize grant revoke",
    "personal_access_token": "access_granted access_revoked create credential_regenerated"
    " credential_revoked destroy expiration_limit_set expiration_limit_unset request_created"
    " request_denied update",
    "private_repository_forking": "clear disable enable",
    "protected_branch": "authorized_users_teams branch_allowances create destroy"
    " dismiss_stale_reviews policy_override rejected_ref_update update_admin_enforced"
    " update_allow_deletions_enforcement_level update_allow_force_pushes_enforcement_level"
    " update_name update_pull_request_reviews_enforcement_level"
    " update_require_code_owner_review update_required_approving_review_count"
    " update_signature_requirement_enforcement_level",
    "pull_request": "close create merge ready_for_review reopen",
    "repo": "access actions_enabled add_member add_topic advanced_security_disabled"
    " advanced_security_enabled archived change_merge_setting collaborators_only"
    " config.disable_collaborators_only config.enable_collaborators_only create"
    " create_actions_secret create_actions_variable destroy download_zip pages_create"
    " pages_destroy pages_private pages_public register_self_hosted_runner"
    " remove_actions_secret remove_member remove_self_hosted_runner remove_topic rename"
    " rename_branch set_default_workflow_permissions transfer transfer_outgoing transfer_start"
    " unarchived update_actions_access_settings update_actions_secret update_actions_settings"
    " update_default_branch update_member",
    "repository_ruleset": "create destroy update",
    "repository_secret_scanning_push_protection": "disable enable",
    "repository_vulnerability_alert": "auto_dismiss create dismiss reintroduce reopen resolve",
    "repository_visibility_change": "clear disable enable",
    "role": "create destroy update",
    "secret_scanning": "disable enable",
    "secret_scanning_alert": "assign create delete public_leak reopen report resolve revoke"
    " unassign validate",
    "team": "add_member add_repository change_parent_team change_privacy create"
    " demote_maintainer destroy promote_maintainer remove_member remove_repository rename"
    " update_repository_permission",
    "workflows": "approve_workflow_job cancel_workflow_run completed_workflow_run"
    " created_workflow_run delete_workflow_run disable_workflow enable_workflow"
    " prepared_workflow_job reject_workflow_job rerun_workflow_run",
}
WEB_ACTIONS = tuple(
    f"{category}.{verb}" for category, verbs in VERBS.items() for verb in verbs.split()
)
GIT_ACTIONS = ("git.clone", "git.fetch", "git.push")
