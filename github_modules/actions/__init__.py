"""One action a file: what it asks of GitHub, with which permission, and what undoes it."""

import importlib
import inspect
import pkgutil
from typing import Any

from github_modules.action_kit.base import GithubAction


def catalogue() -> list[type[GithubAction[Any]]]:
    """Return every action, by name. A new file in this folder is all that a new one takes."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    ]
    return [
        cls
        for module in modules
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and issubclass(cls, GithubAction)
    ]
