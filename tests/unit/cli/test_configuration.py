"""Where values come from, in which order, and what is said of a wrong one."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.cli.configuration import NAMES, Configuration, gather, variables_of
from github_modules.connectors.alerts_collection import AlertsArguments
from github_modules.errors import ConfigurationError
from github_modules.module import GithubModuleConfiguration

TOKEN = "ghp_" + "octo" * 9


def files(tmp_path: Path, env: str = "", toml: str = "") -> tuple[Path, Path]:
    (tmp_path / ".env").write_text(env, encoding="utf-8")
    (tmp_path / "c.toml").write_text(toml, encoding="utf-8")
    return tmp_path / ".env", tmp_path / "c.toml"


def test_the_first_source_that_has_a_value_decides(tmp_path: Path) -> None:
    """Option, environment, .env, TOML; an empty value is none."""
    env, toml = files(
        tmp_path,
        'GITHUB_ORG="from-env-file"\nGITHUB_ENTERPRISE=from-env-file\nGITHUB_PHRASE=from-env-file\n',
        'org_name = "toml"\nenterprise = "toml"\nphrase = "toml"\nproxy_url = "toml"\n',
    )
    environment = {"GITHUB_ORG": "variable", "GITHUB_ENTERPRISE": "variable", "GITHUB_PHRASE": ""}
    found = gather({"org_name": "option", "base_url": ""}, environment, env, toml)
    shown = {name: (value.given, value.origin) for name, value in found.values.items()}
    assert shown == {
        "org_name": ("option", "an option"),
        "enterprise": ("variable", "GITHUB_ENTERPRISE in the environment"),
        "phrase": ("from-env-file", "GITHUB_PHRASE in .env"),
        "proxy_url": ("toml", "c.toml"),
    }


def test_the_long_name_comes_before_the_short_one() -> None:
    """GITHUB_ORG_NAME and GITHUB_ORG are the same field."""
    both = {"GITHUB_ORG": "short", "GITHUB_ORG_NAME": "long"}
    assert gather({}, both, None, None).text("org_name") == "long"


def test_every_field_of_the_form_has_a_variable() -> None:
    """Its own name in capitals; no two fields share one."""
    assert set(GithubModuleConfiguration.model_fields) <= set(NAMES)
    all_of_them = [variable for name in NAMES for variable in variables_of(name)]
    assert len(all_of_them) == len(set(all_of_them))


def test_a_pem_may_be_named_by_its_file(tmp_path: Path) -> None:
    """A text that is none stays as it is."""
    path = tmp_path / "app.pem"
    path.write_text("-----BEGIN X-----", encoding="utf-8")
    values = {"GITHUB_APP_PEM": str(path), "GITHUB_CA_CERTIFICATE": "-----BEGIN Y-----"}
    form = gather({}, values, None, None).form()
    assert form == {"pem_file": "-----BEGIN X-----", "ca_certificate": "-----BEGIN Y-----"}
    assert gather({}, {"GITHUB_APP_PEM": "TUlJ"}, None, None).form() == {"pem_file": "TUlJ"}
    with pytest.raises(ConfigurationError, match="The file that pem_file names cannot be read"):
        gather({}, {"GITHUB_APP_PEM": "/nowhere/app.pem"}, None, None).form()


@pytest.mark.parametrize(
    ("env", "toml", "words"),
    [
        ("", "org_nam = 1", "The file c.toml has a name that is no field's: org_nam."),
        ("", "zzzz = 1", "See docs/cli.md"),
        ("", "org_name = ", "c.toml cannot be read: it is not valid"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(
    tmp_path: Path, env: str, toml: str, words: str
) -> None:
    """Its name, what is wrong, and what to do."""
    env_file, toml_file = files(tmp_path, env, toml)
    with pytest.raises(ConfigurationError) as refused:
        gather({}, {}, env_file, toml_file)
    assert words in str(refused.value)
    toml_file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError):
        gather({}, {}, None, toml_file)
    env_file.write_bytes(b"\xff\xfe=\xff")
    with pytest.raises(ConfigurationError):
        gather({}, {}, env_file, None)


def test_arguments_are_those_of_the_platform() -> None:
    """Lists with commas, numbers as text; what cannot be right is named."""
    found = gather({}, {"GITHUB_ALERT_TYPES": "dependabot,code_scanning"}, None, None)
    given_ = found.arguments(AlertsArguments, intake_key="k", states=None)
    assert given_.alert_types == ["dependabot", "code_scanning"]
    wrong = gather({}, {"GITHUB_FREQUENCY": "often"}, None, None)
    with pytest.raises(ConfigurationError, match="The argument frequency is not usable"):
        wrong.arguments(AlertsArguments, intake_key="k")


def test_no_value_is_shown_by_accident() -> None:
    """Neither in a representation nor in a failure."""
    found = gather({}, {"GITHUB_TOKEN": TOKEN, "GITHUB_ORG": "a b"}, None, None)
    assert repr(found) == "Configuration(org_name, apikey)"
    with pytest.raises(ConfigurationError) as refused:
        found.settings()
    assert TOKEN not in str(refused.value)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_any_text_ends_in_settings_or_in_a_sentence(values: dict[str, Any]) -> None:
    """Never in another kind of error."""
    environment = {variables_of(name)[0]: text for name, text in values.items()}
    found = gather({}, environment, None, None)
    assert isinstance(found, Configuration)
    with suppress(ConfigurationError):
        found.settings()
    with suppress(ConfigurationError):
        found.arguments(AlertsArguments, intake_key="k")
