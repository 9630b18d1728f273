"""Every component of the module, found by looking into its packages."""

import importlib
import importlib.util
import inspect
import pkgutil
from dataclasses import dataclass
from typing import Any

import github_modules
from github_modules.component import Component

_PACKAGES = ("connectors", "triggers", "actions")


@dataclass(frozen=True, slots=True)
class Registered:
    """A component class, and which kind of component it is."""

    kind: str
    cls: type[Any]

    @property
    def component(self) -> Component:
        """Return its identity."""
        component: Component = self.cls.component
        return component


def components() -> list[Registered]:
    """Return every concrete class with an identity, sorted by kind and name."""
    found = [
        Registered(package.removesuffix("s"), cls)
        for package in _PACKAGES
        if importlib.util.find_spec(f"{github_modules.__name__}.{package}")
        for cls in _classes(package)
    ]
    return sorted(found, key=lambda entry: (entry.kind, entry.component.docker_parameters))


def _classes(package: str) -> list[type[Any]]:
    root = importlib.import_module(f"{github_modules.__name__}.{package}")
    names = [info.name for info in pkgutil.iter_modules(root.__path__, f"{root.__name__}.")]
    return [
        cls
        for name in names
        for _, cls in inspect.getmembers(importlib.import_module(name), inspect.isclass)
        if cls.__module__ == name and isinstance(getattr(cls, "component", None), Component)
    ]
