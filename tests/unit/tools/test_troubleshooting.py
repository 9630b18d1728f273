"""The troubleshooting page says what the module says."""

import ast
import re
from pathlib import Path

import pytest

from github_modules import errors
from github_modules.github.classify import RULES
from tools.error_texts import error_texts
from tools.troubleshooting import page

PACKAGE = Path(errors.__file__).parent
PAGE = page()


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def literals() -> list[str]:
    """Return every text of the package's code, docstrings and placeholders left out."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [node.value for node in nodes if isinstance(node.value, str)]


@pytest.mark.parametrize("title", ["Events and state", "Waits for the request budget"])
def test_log_lines_are_quoted_as_they_are_said(title: str) -> None:
    """What a person looks for in a hand-written table begins a line that the code writes."""
    said = " ".join(literals())
    lines = [cells[0] for cells in rows(title)]
    assert lines
    parts = [part.strip(" .,") for line in lines for part in re.split("… s:|…", line)]
    assert [part for part in parts if len(part) > 3 and part not in said] == []


def test_every_field_error_stands_in_the_section_forms() -> None:
    """Each configuration error that the code raises is found there, with a remedy."""
    listed = {cells[0]: cells[1] for cells in rows("Forms")}
    raised = [said for said in error_texts() if said.error == "ConfigurationError"]
    assert [said.cause for said in raised if said.cause not in listed] == []
    assert all(remedy.endswith(".") for remedy in listed.values())


def test_every_broken_rule_has_a_remedy() -> None:
    """No row of the section about answers is left without an advice."""
    assert [cells for cells in rows("Answers that break a rule") if len(cells[1]) < 5] == []


def test_references_of_the_first_table_exist() -> None:
    """Rows and sections that the words of other products lead to are there."""
    ids = {rule.id for rule in RULES}
    head = section("What you may know it as")
    assert set(re.findall(r"\bE\d+\b", head)) <= ids
    for name in re.findall(r"the section ([A-Z][a-z ]+?)(?: \||$)", head, re.MULTILINE):
        assert f"## {name}" in PAGE


def test_tables_are_whole() -> None:
    """Each table has as many cells in every row as in its head."""
    for table in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(counts) == 1, table
