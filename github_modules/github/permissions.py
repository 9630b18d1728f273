"""Which right is missing, read from the headers in which GitHub names it. Pure.

https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible
"""

_INCLUDES: dict[str, tuple[str, ...]] = {
    # https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps#available-scopes
    "repo": ("repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events"),
    "admin:org": ("write:org", "read:org", "manage_runners:org"),
    "write:org": ("read:org",),
    "admin:enterprise": (
        "manage_runners:enterprise",
        "manage_billing:enterprise",
        "read:enterprise",
        "scim:enterprise",
    ),
    "audit_log": ("read:audit_log",),
    "user": ("read:user", "user:email", "user:follow"),
    "admin:repo_hook": ("write:repo_hook", "read:repo_hook"),
    "write:repo_hook": ("read:repo_hook",),
    "admin:public_key": ("write:public_key", "read:public_key"),
    "write:public_key": ("read:public_key",),
    "admin:gpg_key": ("write:gpg_key", "read:gpg_key"),
    "write:gpg_key": ("read:gpg_key",),
    "admin:ssh_signing_key": ("write:ssh_signing_key", "read:ssh_signing_key"),
    "write:ssh_signing_key": ("read:ssh_signing_key",),
    "write:packages": ("read:packages",),
    "write:discussion": ("read:discussion",),
    "project": ("read:project",),
    "codespace": ("codespace:secrets",),
    "copilot": ("manage_billing:copilot",),
    "write:network_configurations": ("read:network_configurations",),
}


def parse_scopes(header: str) -> tuple[str, ...]:
    """Return the scopes of a comma-separated header."""
    return tuple(scope.strip() for scope in header.split(",") if scope.strip())


def granted_scopes(held: tuple[str, ...]) -> frozenset[str]:
    """Return the scopes held and all those that they include."""
    return frozenset(held) | {inner for scope in held for inner in _INCLUDES.get(scope, ())}


def missing_scopes(accepted: str, held: str) -> tuple[str, ...]:
    """Return the scopes of which one is needed, or nothing when one of them is held.

    `X-Accepted-OAuth-Scopes` lists alternatives: any one of them is enough.
    """
    wanted = parse_scopes(accepted)
    if granted_scopes(parse_scopes(held)).intersection(wanted):
        return ()
    return wanted


def describe_scopes(scopes: tuple[str, ...]) -> str:
    """Return the scopes as words: "read:org", or "one of read:org, repo"."""
    return scopes[0] if len(scopes) == 1 else f"one of {', '.join(scopes)}"


def describe_permissions(header: str) -> str:
    """Return `X-Accepted-GitHub-Permissions` as words; empty if the header says nothing.

    A comma joins rights that are all needed, a semicolon separates alternatives:
    "a=write,b=read; c=read" reads "a: write and b: read, or c: read".
    """
    alternatives = [
        " and ".join(_readable(right) for right in choice.split(",") if right.strip())
        for choice in header.split(";")
    ]
    return ", or ".join(choice for choice in alternatives if choice)


def _readable(right: str) -> str:
    name, _, level = right.strip().partition("=")
    return f"{name.strip()}: {level.strip()}" if level else name.strip()
