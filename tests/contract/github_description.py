"""GitHub's published description of its operations, as the githubkit package carries it.

Its methods are generated from the OpenAPI description (Enterprise Cloud, newest version): each has
the route in its docstring, the names of the query parameters, and pydantic models of body and
answers. They are read from the source, so that only the models that are asked for are built.
"""

import ast
import importlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union

from pydantic import Field, TypeAdapter

PACKAGE = "githubkit_schemas.ghec_v2026_03_10"
_ROUTE = re.compile(r"^\s*(GET|PUT|POST|PATCH|DELETE) (/\S*)$", re.MULTILINE)
_SEE = re.compile(r"See also: (\S+)")
_PLACE = re.compile(r"\{[^}]+\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as it is published.

    Args:
        template: its path, such as "/orgs/{org}/blocks/{username}".
        query_names: its query parameters.
        body_model: pydantic model of the body, if it takes one.
        response_model: pydantic models of the answers by status: "2xx" is the good one, absent
            where that has no body.
        docs_url: its page in the documentation.
    """

    template: str
    query_names: frozenset[str]
    body_model: Any
    response_model: dict[str, Any]
    docs_url: str

    def check(self, status: int, body: object) -> None:
        """Validate an answer.

        Raises:
            ValidationError: a required field is missing, or one has another type.
            KeyError: the description has no body for such an answer.
        """
        model = self.response_model["2xx" if 200 <= status < 300 else str(status)]
        TypeAdapter(model).validate_python(body)


def shape(path: str) -> str:
    """Return a path without the names of its places: two sources may name them differently."""
    return _PLACE.sub("{}", path)


def operation(method: str, path: str) -> Operation:
    """Return the description of an operation.

    Raises:
        KeyError: it is not published.
    """
    function = _methods()[method, shape(path)]
    text = ast.get_docstring(function) or ""
    route, see = _ROUTE.search(text), _SEE.search(text)
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return Operation(
        template=route[2] if route else "",
        query_names=_query_names(function),
        body_model=_body_model(calls),
        response_model=_response_models(calls),
        docs_url=see[1] if see else "",
    )


@cache
def _methods() -> dict[tuple[str, str], ast.FunctionDef]:
    package = importlib.import_module(PACKAGE)
    found = {}
    for path in sorted((Path(package.__path__[0]) / "rest").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                match = _ROUTE.search(ast.get_docstring(node) or "")
                if match:
                    found[match[1], shape(match[2])] = node
    return found


def _query_names(function: ast.FunctionDef) -> frozenset[str]:
    for node in function.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "params"
            and isinstance(node.value, ast.Dict)
        ):
            keys = [key.value for key in node.value.keys if isinstance(key, ast.Constant)]
            return frozenset(map(str, keys))
    return frozenset()


def _body_model(calls: list[ast.Call]) -> Any:
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id == "type_validate_python":
            return _model(call.args[0])
    return None


def _response_models(calls: list[ast.Call]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for keyword in (item for call in calls for item in call.keywords):
        if keyword.arg == "response_model":
            found["2xx"] = _model(keyword.value)
        elif keyword.arg == "error_models" and isinstance(keyword.value, ast.Dict):
            for key, value in zip(keyword.value.keys, keyword.value.values, strict=True):
                if isinstance(key, ast.Constant):
                    found[str(key.value)] = _model(value)
    return found


def _model(node: ast.expr) -> Any:
    """Return what an annotation of the source stands for; only the models it names are loaded."""
    names: dict[str, Any] = {
        "Annotated": Annotated, "Any": Any, "Field": Field, "Literal": Literal, "Union": Union,
    }  # fmt: skip
    models = importlib.import_module(f"{PACKAGE}.models")
    for item in ast.walk(node):
        if isinstance(item, ast.Name) and item.id not in names and hasattr(models, item.id):
            names[item.id] = getattr(models, item.id)
    return eval(compile(ast.Expression(node), "<model>", "eval"), names)
