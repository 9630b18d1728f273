"""Starts the component that the platform names. Written by `make manifests`."""

from github_modules.account_validator import GithubAccountValidator
from github_modules.connectors.audit_log import AuditLogConnector
from github_modules.module import GithubModule


def main() -> None:
    """Build the module anew and run it: the process may serve several calls."""
    module = GithubModule()
    module.register(AuditLogConnector, "github_audit_logs")
    module.register_account_validator(GithubAccountValidator)
    module.run()


def fission_main() -> str:
    """Run one action or validation inside a Fission function."""
    main()
    return "ok"


if __name__ == "__main__":
    main()
