"""The requirements files: compiled from their sources, pinned with hashes, without addresses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,-]+\])?==(\S+)", re.MULTILINE)
WANTED = re.compile(r"^([a-z0-9][a-z0-9._-]*)", re.MULTILINE)
KINDS = ("runtime", "dev")


def text(kind: str, ending: str) -> str:
    return (ROOT / "requirements" / f"{kind}.{ending}").read_text(encoding="utf-8")


def pins(kind: str) -> dict[str, str]:
    return dict(PIN.findall(text(kind, "txt")))


@pytest.mark.parametrize("kind", KINDS)
def test_compiled_file_holds_what_its_source_asks_for(kind: str) -> None:
    """Nobody has added a package to the source and forgotten `make lock`."""
    assert [name for name in WANTED.findall(text(kind, "in")) if name not in pins(kind)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_pin_has_a_hash(kind: str) -> None:
    """Each entry is one version with at least one SHA-256."""
    entries = re.split(r"(?m)^(?=[a-z0-9])", text(kind, "txt"))[1:]
    assert entries
    assert [entry[:40] for entry in entries if not PIN.match(entry)] == []
    assert [entry[:40] for entry in entries if "--hash=sha256:" not in entry] == []


def test_tests_run_with_the_versions_of_the_image() -> None:
    """What the image installs is what the tests were run with."""
    tested = pins("dev")
    assert {name: tested.get(name) for name in pins("runtime")} == pins("runtime")


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_stands_in_them(kind: str) -> None:
    """Where packages come from is the business of whoever installs."""
    whole = text(kind, "txt") + text(kind, "in")
    assert re.findall(r"://|--(?:extra-)?index|--find-links|--trusted", whole) == []


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile"])
def test_installs_check_hashes_and_do_not_resolve(name: str) -> None:
    """Older pip takes a pinned package that is also wanted with extras for an unpinned one."""
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    # Our own tree has no hash; it is installed without any index.
    installs = [
        line for line in lines if "pip install" in line and "--no-index" not in line.split()
    ]
    assert installs
    assert [line for line in installs if "--no-deps --require-hashes" not in line] == []
