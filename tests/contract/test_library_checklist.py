"""The library's own rules for a module, row by row (C1 to C36)."""

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = ROOT / "CHANGELOG.md"
JSON_FILES = sorted(ROOT.glob("*.json"))
COMPONENT_FILES = sorted(
    path for kind in ("action", "trigger", "connector") for path in ROOT.glob(f"{kind}_*.json")
)
SEMVER = re.compile(r"(\d+)\.(\d+)\.(\d+)")
CATEGORIES = {
    "Applicative", "Cloud Providers", "Collaboration Tools", "Email", "Endpoint", "Generic", "IAM",
    "Network", "Threat Intelligence",
}  # fmt: skip
SENTENCES = (
    "All notable changes to this project will be documented in this file.",
    (
        "The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.0.0/), and this "
        "project adheres to [Semantic Versioning](https://semver.org/spec/v2.0.0.html)."
    ),
)


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def headings(level: str) -> list[str]:
    lines = CHANGELOG.read_text(encoding="utf-8").splitlines()
    return [line[len(level) + 1 :] for line in lines if line.startswith(f"{level} ")]


def versions() -> list[tuple[int, ...]]:
    found = [SEMVER.search(title) for title in headings("##") if "unreleased" not in title.lower()]
    return [tuple(map(int, match.groups())) for match in found if match]


def test_c1_to_c4_changelog_begins_with_its_one_heading() -> None:
    """There is a changelog, and its first line is its only top heading."""
    first = CHANGELOG.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# Changelog"
    assert headings("#") == ["Changelog"]


def test_c5_changelog_has_its_two_sentences() -> None:
    """Both sentences stand literally between the title and the first version."""
    text = CHANGELOG.read_text(encoding="utf-8")
    head = text.split("\n## ", 1)[0].replace("\n", " ")
    assert [sentence for sentence in SENTENCES if sentence not in head] == []


def test_c6_to_c8_entries_have_version_and_date() -> None:
    """Each entry has a whole version and, when released, a date."""
    titles = headings("##")
    assert titles
    for title in titles:
        if "unreleased" in title.lower():
            continue
        assert SEMVER.search(title)
        assert re.search(r"\d{4}-[01]\d-[0-3]\d", title)


def test_c9_c10_entries_are_made_of_known_sections() -> None:
    """Nothing stands outside a section, and sections have known names."""
    for entry in CHANGELOG.read_text(encoding="utf-8").split("\n## ")[1:]:
        content = entry.split("\n", 1)[1].strip()
        assert not content or content.startswith("### ")
    known = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(headings("###")) <= known


def test_c11_versions_descend() -> None:
    """The newest comes first."""
    assert all(newer > older for newer, older in pairwise(versions()))


def test_c12_to_c18_manifest() -> None:
    """The manifest has what the library asks for."""
    manifest = load(ROOT / "manifest.json")
    assert all(manifest[key] for key in ("uuid", "name", "slug", "version"))
    assert re.fullmatch(r"[a-z]([a-z_.\-]|\d)*", manifest["slug"])
    assert SEMVER.fullmatch(manifest["version"])
    jsonschema.Draft7Validator.check_schema(manifest["configuration"])
    assert manifest["categories"]
    assert set(manifest["categories"]) <= CATEGORIES
    assert manifest["supports_validation"] is True


def test_c19_c20_logo() -> None:
    """One logo, a square PNG of at most 50 KiB."""
    logo = ROOT / "logo.png"
    assert not (ROOT / "logo.svg").exists()
    assert logo.stat().st_size <= 50 * 1024
    with Image.open(logo) as image:
        assert image.format == "PNG"
        assert image.width == image.height


def test_c21_c22_c24_files_are_there() -> None:
    """Tests, project file and Dockerfile exist."""
    assert list((ROOT / "tests").rglob("test_*.py"))
    assert (ROOT / "pyproject.toml").is_file()
    assert (ROOT / "Dockerfile").is_file()


def test_c23_is_left_out_on_purpose() -> None:
    """No lock file that names addresses: requirements with hashes stand in its place."""
    locks = ("poetry.lock", "uv.lock", "package-lock.json")
    assert [name for name in locks if (ROOT / name).exists()] == []
    assert "--hash=sha256:" in (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", COMPONENT_FILES, ids=lambda path: path.name)
def test_c25_to_c28_components(path: Path) -> None:
    """Names are text, arguments and results are schemas; connectors need no results."""
    component = load(path)
    for key in ("name", "uuid", "description", "docker_parameters"):
        assert isinstance(component[key], str)
    schemas = ["arguments"] if path.name.startswith("connector_") else ["arguments", "results"]
    for key in schemas:
        assert isinstance(component[key], dict)
        jsonschema.Draft7Validator.check_schema(component[key])


def registrations() -> list[str]:
    tree = ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if not is_call or node.func.attr != "register":
            continue
        assert isinstance(node.func.value, ast.Name)
        assert node.func.value.id == "module"
        assert isinstance(node.args[1], ast.Constant)
        assert node.keywords == []
        found.append(str(node.args[1].value))
    return found


def test_c29_to_c33_main_registers_each_component_once_by_a_literal() -> None:
    """Every name of a JSON is registered, each once, and none besides."""
    assert COMPONENT_FILES
    names = {load(path)["docker_parameters"] for path in COMPONENT_FILES}
    assert sorted(registrations()) == sorted(names)
    assert len(registrations()) == len(set(registrations()))
    text = (ROOT / "main.py").read_text(encoding="utf-8")
    assert all(line.count("module.register") <= 1 for line in text.splitlines())


def test_main_starts_and_serves_fission() -> None:
    """`main` builds a new module each time; `fission_main` answers ok."""
    tree = ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {"main", "fission_main"} <= set(functions)
    assert "GithubModule()" in ast.unparse(functions["main"])
    assert "register_account_validator" in ast.unparse(functions["main"])
    kinds = (ast.Expr, ast.ImportFrom, ast.FunctionDef, ast.If)
    assert all(isinstance(node, kinds) for node in tree.body)


def test_c34_c35_identities_are_unique_by_kind() -> None:
    """No two components of a kind share a uuid or a name."""
    for kind in ("action", "trigger", "connector"):
        found = [load(path) for path in COMPONENT_FILES if path.name.startswith(f"{kind}_")]
        for key in ("uuid", "docker_parameters"):
            values = [component[key] for component in found]
            assert len(values) == len(set(values))


def test_c36_twins_agree_by_their_real_names() -> None:
    """The library's check strips characters, not the prefix, and misses these names."""
    for path in ROOT.glob("connector_*.json"):
        twin = ROOT / path.name.replace("connector_", "trigger_", 1)
        if twin.exists():
            one, other = load(path), load(twin)
            assert one["uuid"] == other["uuid"]
            assert one["docker_parameters"] == other["docker_parameters"]


@pytest.mark.parametrize("path", JSON_FILES, ids=lambda path: path.name)
def test_json_is_formatted_as_the_librarys_linter_wants(path: Path) -> None:
    """Two spaces, ASCII, no newline at the end."""
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2)


@pytest.mark.parametrize("path", JSON_FILES, ids=lambda path: path.name)
def test_properties_are_flat_typed_and_described(path: Path) -> None:
    """Every property has a plain type, a title and a description; no hints, no nested choices."""
    content = load(path)
    schema = content.get("configuration") or content["arguments"]
    for name, prop in schema["properties"].items():
        assert isinstance(prop["type"], str), name
        assert prop["title"], name
        assert prop["description"], name
        assert name != "description"
    forbidden = ('"$ref"', '"anyOf"', '"allOf"', '"$defs"', '"const"', '"pattern"')
    assert not any(word in json.dumps(schema) for word in forbidden)


def test_versions_agree() -> None:
    """Manifest, newest changelog entry and project file name one version."""
    version = load(ROOT / "manifest.json")["version"]
    assert version == ".".join(map(str, versions()[0]))
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_intake_server_has_no_default() -> None:
    """A default would send other regions' events to the wrong intake."""
    for path in ROOT.glob("connector_*.json"):
        assert "default" not in load(path)["arguments"]["properties"]["intake_server"]
