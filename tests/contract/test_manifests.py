"""The JSON files and main.py are what the models say, and nothing else."""

import json
from pathlib import Path

import pytest

from github_modules.component import MODULE_UUID, Component
from tools.manifests.__main__ import ROOT, differences
from tools.manifests.documents import documents
from tools.manifests.registry import Registered, components
from tools.manifests.schema import object_schema

COMPONENTS = components()
NAMES = [entry.component.docker_parameters for entry in COMPONENTS]


def load(name: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return content


def test_files_are_what_the_models_say() -> None:
    """`make manifests` would change nothing."""
    assert differences() == []


def test_a_changed_file_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a folder without the files, every one of them is reported."""
    (tmp_path / "action_stale.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr("tools.manifests.__main__.ROOT", tmp_path)
    assert set(differences()) == {"action_stale.json", *documents()}


def test_identity_of_the_former_module_is_kept() -> None:
    """What installed configurations point at has not changed."""
    manifest = load("manifest.json")
    assert manifest["uuid"] == str(MODULE_UUID) == "7a951812-28a2-445a-a257-f26deae34d44"
    assert (manifest["slug"], manifest["name"]) == ("github", "Github")
    connector = load("connector_github_audit.json")
    assert connector["uuid"] == "8e09b78c-d6bd-4c5e-af66-72635b99bb32"
    assert connector["docker_parameters"] == "github_audit_logs"
    assert connector["name"] == "Fetch new audit logs from Github"


def test_twins_are_one_definition() -> None:
    """Connector and trigger differ in the results that only triggers have."""
    connector, trigger = load("connector_github_audit.json"), load("trigger_github_audit.json")
    assert trigger.pop("results")
    assert connector == trigger


@pytest.mark.parametrize("entry", COMPONENTS, ids=NAMES)
def test_new_components_take_their_uuid_from_their_name(entry: Registered) -> None:
    """Only what existed before has a uuid of its own."""
    identity = entry.component
    fixed = {"github_audit_logs": "8e09b78c-d6bd-4c5e-af66-72635b99bb32"}
    expected = fixed.get(identity.docker_parameters)
    assert identity.fixed_uuid == (expected or "")
    if expected is None:
        assert identity.uuid == Component(identity.docker_parameters, "", "").uuid


def test_form_keeps_its_old_names_and_types() -> None:
    """An upgrade finds every field it had."""
    properties = load("manifest.json")["configuration"]["properties"]  # type: ignore[index]
    kinds = {name: schema["type"] for name, schema in properties.items()}
    assert kinds == {
        "base_url": "string", "org_name": "string", "apikey": "string", "pem_file": "string",
        "app_id": "integer", "enterprise": "string", "proxy_url": "string",
        "ca_certificate": "string",
    }  # fmt: skip
    assert load("manifest.json")["configuration"]["secrets"] == ["apikey", "pem_file"]  # type: ignore[index]


def test_audit_arguments_have_their_defaults_and_bounds() -> None:
    """The defaults are those that users were promised."""
    properties = load("connector_github_audit.json")["arguments"]["properties"]  # type: ignore[index]
    defaults = {name: schema.get("default") for name, schema in properties.items()}
    assert defaults == {
        "intake_key": None, "intake_server": None, "frequency": 60, "ratelimit_per_minute": 20,
        "history_hours": 24, "include": "all", "phrase": "", "excluded_actions": [],
        "catch_up_lanes": 1, "normalize": False, "severity_rules": "",
    }  # fmt: skip
    assert properties["history_hours"]["maximum"] == 4320
    assert properties["frequency"]["minimum"] == 1
    assert "maximum" not in properties["ratelimit_per_minute"]
    lanes = properties["catch_up_lanes"]
    assert (lanes["minimum"], lanes["maximum"]) == (1, 4)
    assert properties["include"]["enum"] == ["web", "git", "all"]


def test_every_schema_is_flat() -> None:
    """A nested model would show up as a reference that the editor does not know."""
    for entry in COMPONENTS:
        text = json.dumps(object_schema(entry.cls.arguments_model, "Arguments"))
        assert "$ref" not in text
        assert "anyOf" not in text
