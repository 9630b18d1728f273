"""Every built-in rule fits what it is for, and leaves alone what only looks like it."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.errors import ConfigurationError
from github_modules.severity.evaluate import RuleSet, at_least, normalized
from github_modules.severity.model import KINDS, Severity, Verdict
from github_modules.severity.parse import builtin_rules, own_rules
from tests.corpus import corpus_path, events

EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
RULES = {rule.name: rule for rule in builtin_rules()}
each = pytest.mark.parametrize("name", RULES)
# Action names that the catalogue lacks, each with the page that has it: detection content, older or
# enterprise pages of GitHub. The two of `repo` are another product's names for what GitHub calls
# protected_branch.destroy and repo.access, and lead to what they are about.
ELSEWHERE = json.loads((Path(__file__).parent / "elsewhere.json").read_text(encoding="utf-8"))
PAGE = re.compile(r"https://docs\.github\.com(/[\w.@-]+)+#[a-z0-9_-]+")


def test_the_rules_are_many_and_each_has_its_examples() -> None:
    """The table of the source, and at least sixty more."""
    assert len(RULES) == len(builtin_rules()) >= 170
    assert set(EXAMPLES) == set(RULES)


@each
def test_a_rule_fits_its_event_and_not_the_other(name: str) -> None:
    """Alone, so that no rule before it can hide a mistake."""
    rules, example = RuleSet([RULES[name]]), EXAMPLES[name]
    assert rules.evaluate(example["fits"], example["kind"]).rule == name
    assert rules.evaluate(example["other"], example["kind"]).rule == ""


@each
def test_a_rule_is_reached_among_all_others(name: str) -> None:
    """A rule that an earlier one always hides would be dead."""
    example = EXAMPLES[name]
    assert RuleSet.with_builtin().evaluate(example["fits"], example["kind"]).rule == name


@each
def test_a_rule_says_why_and_where(name: str) -> None:
    """A sentence, and the page of GitHub's documentation."""
    assert RULES[name].reason.endswith(".")
    assert PAGE.fullmatch(RULES[name].docs)


def test_every_action_is_documented() -> None:
    """A misspelt action would never fit; what the catalogue lacks has a page that names it."""
    path = corpus_path("action-catalogue.json")
    documented = {one["action"] for one in json.loads(path.read_text("utf-8"))["actions"]}
    named = {action for rule in RULES.values() for action in rule.actions if action != "*"}
    assert named - documented == set(ELSEWHERE)
    assert [page for page in ELSEWHERE.values() if not page.startswith("https://")] == []


def test_every_published_alert_is_taken() -> None:
    """Real alerts of each product, also in the shape of GraphQL."""
    rules = RuleSet.with_builtin()
    for kind in KINDS[1:]:
        alerts = events(f"alerts-{kind.replace('_', '-')}")
        assert all(rules.evaluate(alert, kind).severity in Severity for alert in alerts)


TABLE = [
    ("audit", {"action": "org.add_member", "permission": "admin"}, "high"),
    ("audit", {"action": "org.update_member", "permission": "admin"}, "high"),
    ("audit", {"action": "org.disable_two_factor_requirement"}, "high"),
    ("audit", {"action": "repo.access", "previous_visibility": "private", "visibility": "public"}, "high"),
    ("audit", {"action": "repo.public_repository_disabled_visibility"}, "high"),
    ("audit", {"action": "org.update_actions_secret"}, "medium"),
    ("audit", {"action": "protected_branch.destroy", "name": "main"}, "medium"),
    ("audit", {"action": "repo.delete_protected_branch_rule", "branch": "main"}, "medium"),
    ("audit", {"action": "oauth_application.create"}, "medium"),
    ("audit", {"action": "repo.access", "visibility": "internal"}, "informational"),
    ("code_scanning", {"rule": {"security_severity_level": "critical"}, "tool": {"name": "CodeQL"}}, "high"),
    ("code_scanning", {"rule": {"severity": "error"}}, "medium"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "event", "severity"), TABLE)
def test_the_table_of_the_source_holds(kind: str, event: dict[str, object], severity: str) -> None:
    """What users of the compared system are told, they are told here, in both spellings."""
    assert RuleSet.with_builtin().evaluate(event, kind).severity == severity


@pytest.mark.parametrize("state", ["fixed", "dismissed"])
def test_an_alert_that_is_closed_is_not_severe(state: str) -> None:
    """Each change of an alert is a record; the last one says that it is over."""
    alert = {"state": state, "security_advisory": {"severity": "critical"}}
    assert RuleSet.with_builtin().evaluate(alert, "dependabot").severity is Severity.INFORMATIONAL


def test_every_published_event_is_taken() -> None:
    """Real events are evaluated, and some of them are severe."""
    published = events("audit-events")
    verdicts = [RuleSet.with_builtin().evaluate(event) for event in published]
    assert len({verdict.rule for verdict in verdicts}) > 10
    for event, verdict in zip(published, verdicts, strict=True):
        assert event.items() <= normalized(event, verdict).items()


OWN = json.dumps([
    {"actions": ["repo.*"], "when": [{"field": "actor", "not_one_of": ["bot"]}], "severity": "critical"},
    {"kind": "dependabot", "when": [{"field": "a.b", "exists": True}], "severity": "LOW", "id": "mine"},
])  # fmt: skip


def test_own_rules_come_first() -> None:
    """The user's word counts before the module's."""
    rules = RuleSet.with_builtin(own_rules(OWN))
    assert rules.evaluate({"action": "repo.destroy", "actor": "x"}).rule == "rule 1"
    assert rules.evaluate({"action": "Repo.Destroy", "actor": "BOT"}).rule == "repository-deleted"
    assert rules.evaluate({"a": {"b": 1}}, "dependabot").rule == "mine"
    assert rules.evaluate({"a": 1}, "dependabot").rule == ""
    assert own_rules("  ") == ()


WRONG = [
    ("{", "is not JSON"),
    ("{}", "not a list"),
    ("[1]", "rule 1 that is not an object"),
    ('[{"severity": "bad", "actions": ["a"]}]', "severity is none of"),
    ('[{"severity": "low", "kind": "x", "actions": ["a"]}]', "kind is none of"),
    ('[{"severity": "low", "actions": [1]}]', "not a list of texts"),
    ('[{"severity": "low"}]', "without actions"),
    ('[{"severity": "low", "when": [{"field": "a"}]}]', "lacks field"),
    ('[{"severity": "low", "when": [{"field": "a", "one_of": 1}]}]', "has no list in one_of"),
    ('[{"severity": "low", "when": [{"field": "a", "one_of": []}]}]', "has no list in one_of"),
    ('[{"severity": "low", "when": [{"field": "a", "contains": [1]}]}]', "texts in contains"),
    ('[{"severity": "low", "when": [{"field": "a", "contains": [""]}]}]', "texts in contains"),
    ('[{"severity": "low", "when": [{"field": "a", "exists": []}]}]', "in exists"),
    ('[{"severity": "low", "when": [{"field": "a", "exists": 0}]}]', "in exists"),
    ('[{"severity": "low", "when": [{"field": "a", "at_least": true}]}]', "in at_least"),
    ('[{"severity": "low", "when": [{"field": "a", "at_least": NaN}]}]', "in at_least"),
    ('[{"severity": "low", "when": [{"field": "a", "raised_from": 1}]}]', "in raised_from"),
    (
        '[{"severity": "low", "when": [{"field": "a", "exists": true, "ist": 1}]}]',
        "with ist, which",
    ),
    ('[{"severity": "low", "action": ["a"], "when": []}]', "rule 1 with action, which"),
    ("[" * 100_000, "nested too deep"),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_a_wrong_rule_is_named(text: str, words: str) -> None:
    """One sentence that names rule and field, and shows how it is written."""
    with pytest.raises(ConfigurationError, match=words) as raised:
        own_rules(text)
    assert "repo.*" in raised.value.remedy


def test_what_is_added_never_replaces_what_github_sent() -> None:
    """A field of the same name stays GitHub's."""
    verdict = Verdict(Severity.HIGH, "why")
    shown = normalized({"action": "x", "source": "theirs"}, verdict)
    assert shown == {"action": "x", "source": "theirs", "category": "vcs", "severity": "high",
                     "severity_reason": "why"}  # fmt: skip
    assert normalized(["odd"], verdict) == ["odd"]
    assert at_least(verdict, Severity.MEDIUM)
    assert not at_least(verdict, Severity.CRITICAL)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, st.sampled_from(KINDS))
def test_anything_is_evaluated(record: object, kind: str) -> None:
    """GitHub promises no shape."""
    assert RuleSet.with_builtin().evaluate(record, kind).severity in Severity


@given(JSON)
def test_own_rules_are_taken_or_named(value: object) -> None:
    """Whatever JSON a user writes."""
    with suppress(ConfigurationError):
        RuleSet(own_rules(json.dumps(value))).evaluate({"action": "x"})


def test_a_condition_may_ask_for_lists_and_objects() -> None:
    """What JSON holds can be compared, also what cannot be a key."""
    condition = {"field": "org", "one_of": [["a", "b"], {"c": 1}]}
    rules = RuleSet(own_rules(json.dumps([{"when": [condition], "severity": "low"}])))
    assert rules.evaluate({"org": ["a", "b"]}).rule == "rule 1"
    assert rules.evaluate({"org": "a"}).rule == ""


def test_endless_actions_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rules an action has is remembered up to a bound, and still right beyond it."""
    monkeypatch.setattr("github_modules.severity.evaluate._MOST_CACHED", 1)
    rules = RuleSet.with_builtin()
    for action in ("repo.destroy", "repo.archived", "repo.archived"):
        found = rules.evaluate({"action": action}).rule
        assert found == {"repo.destroy": "repository-deleted"}.get(action, "repository-archived")
