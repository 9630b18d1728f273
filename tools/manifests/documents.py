"""The content of every generated file."""

import json
from typing import Any

from github_modules.component import MODULE_UUID
from github_modules.module import GithubModuleConfiguration
from tools import action_page, cli_page, severity_page, troubleshooting
from tools.manifests.registry import Registered, components
from tools.manifests.schema import object_schema

VERSION = "2.0.0"
_ANY_OBJECT: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "Results",
    "type": "object",
    "properties": {},
    "required": [],
}


def documents() -> dict[str, str]:
    """Return the text of each file by its name."""
    found = components()
    files = {
        "manifest.json": _json(manifest()),
        "main.py": main_py(found),
        "docs/troubleshooting.md": troubleshooting.page(),
        "docs/actions.md": action_page.page(found),
        "docs/severity.md": severity_page.page(),
        "docs/cli.md": cli_page.page(),
    }
    for entry in found:
        for kind in ("connector", "trigger") if _twin(entry) else (entry.kind,):
            files[f"{kind}_{entry.component.stem}.json"] = _json(component(kind, entry))
    return files


def _twin(entry: Registered) -> bool:
    """Return whether a connector has a trigger of the same identity: only what always had one."""
    return entry.kind == "connector" and bool(entry.component.fixed_uuid)


def manifest() -> dict[str, Any]:
    """Return the module's own manifest."""
    return {
        "name": "Github",
        "slug": "github",
        "uuid": str(MODULE_UUID),
        "version": VERSION,
        "description": "Collects the audit log, security alerts and repository events of GitHub "
        "organizations and enterprises, looks up repositories and users, contains incidents.",
        "categories": ["Collaboration Tools"],
        "supports_validation": True,
        "configuration": object_schema(GithubModuleConfiguration, "Github configuration"),
    }


def component(kind: str, entry: Registered) -> dict[str, Any]:
    """Return the manifest of one component."""
    identity = entry.component
    content: dict[str, Any] = {
        "name": identity.name,
        "uuid": identity.uuid,
        "description": identity.description,
        "docker_parameters": identity.docker_parameters,
        "arguments": object_schema(entry.cls.arguments_model, "Arguments"),
    }
    if kind == "connector":
        return content
    results = getattr(entry.cls, "results_model", None)
    content["results"] = object_schema(results, "Results") if results else _ANY_OBJECT
    if kind == "action":
        content["arguments"]["properties"] = _in_order(content["arguments"])
        content["outputs"] = dict(entry.cls.branches)
    return content


def _in_order(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the properties as a person fills them in: what is needed first, switches last."""
    properties: dict[str, Any] = schema["properties"]
    last = {"org": 1, "limit": 2, "dry_run": 3}
    needed = schema["required"]
    return {
        name: properties[name]
        for name in sorted(properties, key=lambda name: (name not in needed, last.get(name, 0)))
    }


def main_py(found: list[Registered]) -> str:
    """Return the program that the platform starts."""
    imports = "\n".join(
        sorted(
            [_import(entry.cls.__module__, entry.cls.__name__) for entry in found]
            + [
                "from github_modules.account_validator import GithubAccountValidator",
                "from github_modules.module import GithubModule",
            ]
        )
    )
    registrations = "\n".join(
        f'    module.register({entry.cls.__name__}, "{entry.component.docker_parameters}")'
        for entry in found
    )
    return _MAIN.format(imports=imports, registrations=registrations)


def _import(module: str, name: str) -> str:
    """Return an import as the formatter writes it."""
    line = f"from {module} import {name}"
    return line if len(line) <= _LINE else f"from {module} import (\n    {name},\n)"


_LINE = 100
_MAIN = '''"""Starts the component that the platform names. Written by `make manifests`."""

{imports}


def main() -> None:
    """Build the module anew and run it: the process may serve several calls."""
    module = GithubModule()
{registrations}
    module.register_account_validator(GithubAccountValidator)
    module.run()


def fission_main() -> str:
    """Run one action or validation inside a Fission function."""
    main()
    return "ok"


if __name__ == "__main__":
    main()
'''


def _json(content: dict[str, Any]) -> str:
    """Return JSON as the library's own linter wants it: two spaces, ASCII, no newline at the end."""
    return json.dumps(content, indent=2)
