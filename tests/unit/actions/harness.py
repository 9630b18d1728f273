"""An action in this process, with a scripted GitHub: as the platform calls it, without a socket."""

from pathlib import Path
from typing import Any

from github_modules.actions import catalogue
from github_modules.module import GithubModule, GithubModuleConfiguration

ROOT = "https://api.github.com"
ACTIONS = {cls.component.docker_parameters: cls for cls in catalogue()}
TOKEN = "ghp_" + "octo" * 9


def module(**form: Any) -> GithubModule:
    """Return a module whose account is filled in."""
    values = {"base_url": ROOT, "org_name": "acme", "apikey": TOKEN} | form
    made = GithubModule()
    made.configuration = GithubModuleConfiguration(**values)
    made._manifest = {"slug": "github", "version": "2.0.0"}
    return made


def made(name: str, tmp_path: Path, **form: Any) -> Any:
    """Return an action that has not run."""
    return ACTIONS[name](module(**form), tmp_path)


def run(name: str, arguments: Any, tmp_path: Path, **form: Any) -> tuple[Any, Any]:
    """Return what an action returned, and the action itself."""
    action = made(name, tmp_path, **form)
    return action.run(arguments), action
