"""`docs/actions.md`, written from the actions themselves."""

from typing import Any

from github_modules.action_kit.endpoint import Endpoint
from tools.manifests.registry import Registered

_HEAD = """# Actions

Written by `make manifests` from the actions themselves; do not edit.

- A user is named by login, `@login`, address, or numeric id (`actor_id` and `user_id` of an audit
  event; digits alone are always an id). A repository is a name in the account's
  organization, `owner/name`, or its address. `org` defaults to the account's organization.
- Every action that changes something has `dry_run`: it shows the exact calls and changes nothing. Its
  result holds `changed` (false when it was so already: running it twice is no error) and
  `previous_state`, enough to undo it. It refuses to act against the account it runs as, and to remove
  the last owner of an organization. A change is sent again only if GitHub surely did not get it.
- Secrets never come back: a leaked token or a scanned secret is told by its SHA-256 and its last four
  characters.
- Lists hold `items`, `count` and `truncated`. A list of more than 256 KiB goes to a file
  (`items_path`), with its first entries as a preview. If GitHub fails on the way, the result holds
  what was read, and `warnings` says so.
- An error names cause, remedy, the missing permission, GitHub's message and its request id.
- An action waits at most two minutes for limits and retries. The account validation shows which
  actions the credential allows.

*Permission* is what a GitHub App or fine-grained token needs, *scope* what a classic token needs.
"""


def page(found: list[Registered]) -> str:
    """Return the page: one table of look-ups, one of changes, then each action's arguments."""
    actions = [entry.cls for entry in found if entry.kind == "action"]
    writes = [cls for cls in actions if writes_anything(cls)]
    reads = [cls for cls in actions if not writes_anything(cls)]
    parts = [
        _HEAD,
        "## Look-ups\n",
        "| action | permission | scope | where |\n| --- | --- | --- | --- |",
        *[_row(cls) for cls in reads],
        "\n## Changes\n",
        "| action | permission | scope | where | undo |\n| --- | --- | --- | --- | --- |",
        *[f"{_row(cls)} {_undo(cls)} |" for cls in writes],
        "\n## Arguments and outputs",
        *[_details(cls) for cls in actions],
    ]
    return "\n".join(parts) + "\n"


def writes_anything(cls: type[Any]) -> bool:
    """Return whether an action changes anything."""
    return any(endpoint.writes for endpoint in cls.endpoints)


def _row(cls: type[Any]) -> str:
    name = cls.component.docker_parameters
    link = f"[{cls.component.name}](#{name.replace('_', '-')}) `{name}`"
    return f"| {link} | {_needs(cls, 'permission')} | {_needs(cls, 'scope')} | {_where(cls)} |"


def _needs(cls: type[Any], kind: str) -> str:
    endpoints: tuple[Endpoint, ...] = cls.endpoints
    named = dict.fromkeys(getattr(endpoint, kind) for endpoint in endpoints)
    return ", ".join(f"`{name}`" for name in named if name) or "none"


def _where(cls: type[Any]) -> str:
    endpoints: tuple[Endpoint, ...] = cls.endpoints
    plans = list(dict.fromkeys(endpoint.plan for endpoint in endpoints if endpoint.plan))
    if any(endpoint.app_only for endpoint in endpoints):
        plans.append("GitHub App only")
    return ", ".join(plans) or "everywhere"


def _undo(cls: type[Any]) -> str:
    return cls.undo if " " in cls.undo else f"[`{cls.undo}`](#{cls.undo.replace('_', '-')})"


def _details(cls: type[Any]) -> str:
    arguments = [
        f"- `{name}`{' (required)' if field.is_required() else ''}: {field.description}"
        for name, field in cls.arguments_model.model_fields.items()
    ]
    outputs = ", ".join(f"`{name}` ({text})" for name, text in cls.branches.items())
    routes = [f"- [`{endpoint.route}`]({endpoint.docs_url})" for endpoint in cls.endpoints]
    title = cls.component.docker_parameters.replace("_", "-")
    return "\n".join(
        [
            f"\n### {title}\n",
            f"{cls.component.description}\n",
            *arguments,
            f"\nOutputs: {outputs}.\n",
            *routes,
        ]
    )
