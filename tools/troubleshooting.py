"""`docs/troubleshooting.md`, written from the error table: texts that repeat the code would drift."""

from github_modules import errors
from github_modules.errors import GithubModuleError
from github_modules.github.classify import RULES
from github_modules.github.faults import reasons, unreachable
from github_modules.github.rule import Rule
from github_modules.sekoia.batch_api import refusal
from tools.error_texts import error_texts

_HEAD = """# Troubleshooting

Written by `make manifests` from the module's own error table; do not edit.

Every error says what is wrong, what to do, and what GitHub itself said, with its request id. Start
with the validation of the account: it tries each step and names the one that fails. `make run` with
the same credential shows the same steps on a terminal ([README](../README.md)). Else read the newest
critical line of the connector's log, or the newest warning.

## What you may know it as

| what other products call it | look for |
| --- | --- |
| Invalid credentials provided; Bad credentials | E1, E2, E29 |
| Authentication failed (401), token expired | E1, E2; Apps: E4 to E7 |
| Access forbidden (403), permission missing | E12, E13, E14; single sign-on: E19 |
| Repository access denied | E22 |
| Organization access restricted | E16, E17, E18, E21 |
| Token approval pending | E12 or E15, with a fine-grained token |
| Resource not accessible by personal access token | E12 |
| Not available; 404 on the audit log | E23: the plan has none, or the caller is no owner; E24: not on this server |
| Connection test failed; remote agent unavailable | E31, E32, E40 and the section Network |
| API rate limit exceeded; rate-limit exhaustion; 429 | E27, E28 and the section Waits for the request budget |
| Forbidden by administrative rules | E30 |
| Configuration not usable | the section Forms |
| Empty results | the section No events and no error |

## How loud it is

| line | meaning |
| --- | --- |
| warning | waiting mends it; the module tries again after 5 seconds, then longer, up to 5 minutes |
| error | one request or page could not be used; tried again after 30 seconds, then longer, up to 15 minutes |
| critical | a person must act; said once, then tried again after 10 minutes, then longer, up to an hour |

A warning that lasts is said again every ten minutes at most. "Collection goes on; nothing was lost."
ends it.
"""

_REST = """## Events and state

| line | cause | remedy |
| --- | --- | --- |
| An event is larger than the intake takes | more than 250,000 bytes | nothing: it is forwarded cut, with `_truncated` naming what was cut; the whole event is in `oversize/` of the data folder |
| The intake takes every event but one | the intake never acknowledges this event | send the file in `set_aside/` to Sekoia's support; collection goes on |
| The intake acknowledged … of … events | a fault of the intake | nothing: they are sent again |
| One of the two checkpoint files is damaged | a write was cut by the end of the process, or the disk | nothing: the other one is used |
| The checkpoint is not readable | both files are damaged or missing | check the storage; collection begins 12 hours before the last event that the ledger knows (after a catch-up in several lanes, `history_hours` back), and what the ledger holds is not sent again |
| Both checkpoint files are damaged … and no ledger is left | the data folder was emptied or damaged | check the storage; events of the history window are forwarded again |
| … bytes of a write that was cut short are left out | the process was killed while it saved | nothing |
| context.json holds no usable last_ts | the former module's checkpoint is damaged | collection begins with the configured history; raise `history_hours` if the stop was longer |
| The storage failed while … | disk full, folder not writable, bucket not reachable | make room or grant access (on S3: read, write, list, delete); the module tries again, and never takes a storage that does not answer for an empty one |
| To fit the request budget, … | the log is busier than the budget carries | nothing, or use a GitHub App, which has a budget of its own; late events are found after 12 hours at the latest |
| The token expires on … | within 14 days | create a new token and put it into the account |

The files are described in [setup.md](setup.md#where-state-is-kept).

## Waits for the request budget

GitHub allows 1,750 audit log requests an hour for a user and address. The module reads what is left
from every answer, spreads its requests before the budget is used up, and leaves a reserve.

| line | meaning |
| --- | --- |
| Waiting … s: ratelimit_per_minute | the connector's own cap; raise the argument |
| Waiting … s: GitHub's secondary rate limit | protection against many requests at once; it passes |
| Waiting … s: the rate limit … | the budget of this hour is used up, or is being spread |

If waits are frequent: use a GitHub App or a service account, so that nothing else spends the same
budget; narrow `phrase`; raise `frequency`.

## No events and no error

- "Nothing new in … polls" once an hour means that GitHub answers and has nothing new.
- `phrase` may leave nothing. Try the same words on GitHub's audit log page.
- Git events are kept by GitHub for 7 days and are not shown on that page. On a GitHub Enterprise
  Server an administrator must switch them on.
- With `enterprise` filled in, the log is the enterprise's, whatever `org_name` says.
- A first start goes back `history_hours`, 24 by default. What is older is not collected.
- What `excluded_actions` drops is counted in the metric `suppressed_events`.

## Events that come twice

- After a crash, at most one batch is sent again. `_document_id` of the events is the same.
- The log of an enterprise holds the events of its organizations. Two connectors for both bring the
  same events twice.
- A return to the former module, and back, starts from older checkpoints.
"""


_WORDS = {
    "call": "this call",
    "credential": "credential",
    "host": "GitHub",
    "message": "its message",
    "needs": "",
    "sso": "the address in the message",
    "status": "N",
    "subject": "the organization",
    "version": "in use",
}
"""What stands in the table for what an error fills in."""

_USUAL = {
    "the proxy refused or could not be reached": "a wrong proxy, or one that asks for a login",
    "its TLS certificate is not trusted": "a private authority, or a proxy that opens TLS",
    "its name is unknown (DNS)": "the host is misspelt, or no resolver answers",
    "it refused the connection": "a wrong port, or a firewall",
    "no connection could be made": "no route, or a firewall",
    "no connection within the time limit": "a firewall that drops packets",
    "the TLS connection failed": "a server or proxy with old or broken TLS",
    "the answer broke off": "a proxy or server that closes connections",
    "the answer is damaged": "a proxy that changes answers",
    "no answer within the time limit": "an overloaded server or proxy",
    "the connection was cut": "a proxy or server that closes connections",
}

_CAPITALS = """\
The account's fields and the connector's arguments. A word in capitals stands for what the text names
in its place."""
_REPORT = "Report it with the request id."
_STOPPED = """\
The reading stops there, nothing of the answer is used, and the module tries again from the last good
place."""
_INTAKE_WAITS = """\
| 413 | The body is too large for the intake. | Nothing: it is halved and sent again. |
| 408, 425, 429, 5xx | The intake is busy or down. | Nothing: the same is sent again. |
| no answer | The intake does not answer. | Check the network and intake_server if it lasts. |

No event is given up while the intake fails: the checkpoint waits for it.
"""


def page() -> str:
    """Return the text of docs/troubleshooting.md."""
    return "\n".join([_HEAD, _forms(), _github(), _network(), _broken_rules(), _intake(), _REST])


def _forms() -> str:
    texts = [*_raised(errors.ConfigurationError), *_raised(errors.ValidationFailedError)]
    rows = [f"| {cause} | {remedy} |" for cause, remedy in texts]
    head = ["## Forms", "", _CAPITALS, ""]
    table = ["| the text says | remedy |", "| --- | --- |"]
    return "\n".join([*head, *table, *rows, ""])


def _broken_rules() -> str:
    """Return what the module does not accept, whatever the status says."""
    rows = [f"| {cause} | {remedy} |" for cause, remedy in _raised(errors.ContractError)]
    defect = "| Unexpected … in …; this is a defect of the module. | Report it with the line. |"
    head = ["## Answers that break a rule", "", _STOPPED, ""]
    table = ["| the text says | remedy |", "| --- | --- |"]
    return "\n".join([*head, *table, *rows, defect, ""])


def _raised(group: type[GithubModuleError]) -> list[tuple[str, str]]:
    """Return cause and remedy of what is raised where it is found; each cause once."""
    found = [said for said in error_texts() if issubclass(getattr(errors, said.error), group)]
    texts = {_cell(said.cause): _cell(said.remedy or _REPORT) for said in reversed(found)}
    return list(reversed(texts.items()))


def _github() -> str:
    rows = [
        f"| {rule.id} | {_kind(rule.error)} | {_cell(rule.recognise)} | {_told(rule.cause)} "
        f"| {_told(rule.remedy)} |"
        for rule in sorted(RULES, key=_order)
    ]
    head = ["## GitHub", "", "| row | kind | recognised by | cause | remedy |"]
    return "\n".join([*head, "| --- | --- | --- | --- | --- |", *rows, ""])


def _order(rule: Rule) -> tuple[str, int]:
    digits = "".join(character for character in rule.id if character.isdigit())
    return rule.id[0], int(digits or 0)


def _kind(error: type[GithubModuleError]) -> str:
    return error.__name__.removesuffix("Error")


def _told(text: str) -> str:
    filled = _cell(text.replace("a {credential}", "this kind of credential").format_map(_WORDS))
    return filled[:1].upper() + filled[1:]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip() or "-"


def _network() -> str:
    rows = []
    for reason in reasons():
        error = unreachable("HOST", reason)
        usual = _USUAL.get(reason, "-")
        rows.append(f"| {_cell(error.cause)} | {usual} | {_cell(error.remedy)} |")
    head = ["## Network", "", "The module tries again, and a walk keeps its place.", ""]
    table = ["| the text says | usual cause | remedy |", "| --- | --- | --- |"]
    return "\n".join([*head, *table, *rows, ""])


def _intake() -> str:
    rows = [
        f"| {status} | {_cell(error.cause)} | {_cell(error.remedy)} |"
        for status, error in ((status, refusal(status)) for status in (401, 404, 422))
    ]
    head = ["## Intake", "", "| status | cause | remedy |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows, _INTAKE_WAITS])
