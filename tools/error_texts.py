"""The texts of the errors that the code raises, read from the code itself.

Covers what no table holds: errors that are raised where the fault is found. Values that are only
known at run time show as their names in capitals.
"""

import ast
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from github_modules import errors

PACKAGE = Path(errors.__file__).parent
_NAMES = frozenset(
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.GithubModuleError)
)

Values = dict[str, ast.expr]


@dataclass(frozen=True, slots=True)
class Said:
    """One error as the code raises it; an empty remedy means that it gives none."""

    error: str
    cause: str
    remedy: str
    place: str
    line: int


def error_texts(package: Path = PACKAGE) -> list[Said]:
    """Return every error that is built with a text of its own, by file and line."""
    found = []
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(package).as_posix()
        constants = _assigned(tree.body)
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            found += list(_built(function, constants, place))
    return sorted(set(found), key=lambda said: (said.place, said.line, said.cause))


def _built(function: ast.FunctionDef, constants: Values, place: str) -> Iterator[Said]:
    """Yield the errors of a function.

    A cause and remedy that are chosen by a condition come as several: each with its own.
    """
    for call in _calls(function.body):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name not in _NAMES or not call.args:
            continue
        options = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        remedy = options.get("remedy")
        for values in _choices(function, call, constants):
            cause = _text(call.args[0], values)
            yield Said(name, cause, _text(remedy, values), place, call.lineno)


def _calls(body: list[ast.stmt]) -> Iterator[ast.Call]:
    for statement in body:
        yield from (node for node in ast.walk(statement) if isinstance(node, ast.Call))


def _choices(function: ast.FunctionDef, call: ast.Call, constants: Values) -> list[Values]:
    """Return what names stand for at a call: once, or once for each branch that sets `cause`."""
    before: Values = {}
    branches: list[Values] = []
    for block in _blocks(function):
        assigned = _assigned([line for line in block if line.lineno < call.lineno])
        ends = block[-1].end_lineno or 0
        if block is function.body or ends >= call.lineno:
            before |= assigned
        elif "cause" in assigned and not any(isinstance(line, ast.Raise) for line in block):
            branches.append(assigned)
    base = constants | before
    needs_branch = any(isinstance(arg, ast.Name) and arg.id not in base for arg in call.args)
    return [base | branch for branch in branches] if needs_branch and branches else [base]


def _blocks(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list) and block:
                yield block


def _assigned(lines: list[ast.stmt]) -> Values:
    return {
        target.id: line.value
        for line in lines
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    }


def _text(node: ast.expr | None, values: Mapping[str, ast.expr]) -> str:
    """Return a text as far as the code says it."""
    if node is None:
        return ""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        said = [_text(part, values) for part in node.values]
        return "".join(said[:1] + [_apart(*pair) for pair in itertools.pairwise(said)])
    inner = _behind(node, values)
    return _name(node) if inner is None else _text(inner, values)


def _behind(node: ast.expr, values: Mapping[str, ast.expr]) -> ast.expr | None:
    """Return what an expression stands for, None when only the run shows it."""
    if isinstance(node, ast.FormattedValue):
        return node.value
    if isinstance(node, ast.BoolOp):
        return node.values[0]
    if isinstance(node, ast.Name) and isinstance(values.get(node.id), ast.Constant | ast.JoinedStr):
        return values[node.id]
    return None


def _apart(before: str, after: str) -> str:
    """Return the later of two parts; two names in capitals do not run together."""
    return f" {after}" if before[-1:].isupper() and after[:1].isupper() else after


def _name(node: ast.expr) -> str:
    """Return what stands for a value: the name nearest to its meaning, in capitals."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").upper()
        case ast.Call(func=ast.Attribute(value=ast.Constant()), args=[inner]):
            return _name(inner)
        case ast.Call(func=function):
            return _name(function)
        case _:
            return "…"
