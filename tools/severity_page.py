"""`docs/severity.md`, written from the rules."""

import json

from github_modules.severity.parse import builtin_rules

_EXAMPLE = json.dumps(
    [
        {
            "actions": ["repo.destroy", "repo.transfer*"],
            "when": [{"field": "actor", "not_one_of": ["release-bot"]}],
            "severity": "critical",
            "reason": "Only the release bot may do that.",
        },
        {
            "kind": "dependabot",
            "when": [{"field": "repository.full_name", "one_of": ["acme/payments"]}],
            "severity": "high",
        },
    ],
    indent=2,
)

_HEAD = f"""# Severity

Written by `make manifests` from `github_modules/severity/rules.toml`; do not edit.

The first rule that fits decides. A record that no rule fits is `informational`. The triggers start
playbooks by severity; the connectors add it to each event when **Add severity** is on.

## Rules of your own

The argument `severity_rules` takes a JSON list. Its rules come before those below.

```json
{_EXAMPLE}
```

| field | meaning |
| --- | --- |
| `kind` | `audit` (default), `code_scanning`, `secret_scanning` or `dependabot` |
| `actions` | audit actions; `*` stands for anything; left out, every action |
| `when` | conditions that must all hold: `field` (with dots into objects), and what is asked of it |
| `severity` | `informational`, `low`, `medium`, `high` or `critical` |
| `reason`, `docs`, `id` | what is told with it; may be left out |

| in a condition | holds if the field |
| --- | --- |
| `one_of`, `not_one_of` | is one of these, or none of them |
| `contains` | is a text with one of these in it |
| `at_least` | is a number of at least this, also one written as text |
| `exists` | is there (`true`) or not (`false`); an empty text or list is not |
| `raised_from` | is a higher permission than the one in this other field |

Texts are compared in any case, `false` and `"False"` are the same, and so are `7` and `"7"`. Of a list,
one entry is enough. `not_one_of` also holds where the field is missing. A field that is not there is
looked for below `data`, where old exports keep it. A rule that cannot be right, or with a field that
rules do not have, is named by one sentence at the start.

An alert that is closed is `informational`, whatever it was.

## Rules of the module

| rule | for | severity | reason |
| --- | --- | --- | --- |
"""


def page() -> str:
    """Return the page."""
    rows = []
    for rule in builtin_rules():
        names = ", ".join(f"`{action}`" for action in rule.actions) or rule.kind.replace("_", " ")
        conditions = "; ".join(map(str, rule.when))
        what = f"{names} ({conditions})" if conditions else names
        rows.append(f"| [{rule.name}]({rule.docs}) | {what} | {rule.severity} | {rule.reason} |")
    return _HEAD + "\n".join(rows) + "\n"
