"""`docs/troubleshooting.md`, written from the error table: texts that repeat the code would drift."""

from github_modules.errors import GithubModuleError
from github_modules.github.classify import RULES
from github_modules.github.faults import reasons, unreachable
from github_modules.github.rule import Rule
from github_modules.sekoia.batch_api import refusal

_HEAD = """# When something fails

Written by `make manifests` from the module's own error table; do not edit.

Every error says what is wrong, what to do, and what GitHub itself said, with its request id. Start
with *Test connection* in the account's form: it tries each step and names the one that fails.

## What you may know it as

| what other products call it | look for |
| --- | --- |
| Invalid credentials provided; Bad credentials | E1, E2, E29 |
| Authentication failed (401), token expired | E1, E2; Apps: E4 to E7 |
| Access forbidden (403), permission missing | E12, E13, E14; single sign-on: E19 |
| Repository access denied | E22 |
| Organization access restricted | E16, E17, E18, E21 |
| Token approval pending | E15 |
| Resource not accessible by personal access token | E12 |
| Connection test failed, agent unreachable | E31, E32, E40 and the section Network |
| API rate limit exceeded | E27, E28 |
| 404 on the audit log | E23: the plan has none, or the caller is no owner |

## How loud it is

| line | meaning |
| --- | --- |
| warning | waiting mends it; the module tries again by itself and loses nothing |
| error | one request or page could not be used; collection goes on from the last good place |
| critical | a person must act; said once, then the module asks a few times an hour |
"""

_REST = """## Events and state

| line | cause | remedy |
| --- | --- | --- |
| An event is larger than the intake takes | more than 250,000 bytes | nothing: it is forwarded cut, with `_truncated` naming what was cut; the whole event is in `oversize/` of the data folder |
| The intake takes every event but one | the intake never acknowledges this event | send the file in `set_aside/` to Sekoia's support; collection goes on |
| The intake acknowledged fewer events than were sent | a fault of the intake | nothing: they are sent again |
| One of the two checkpoint files is damaged | a write was cut by the end of the process, or the disk | nothing: the other one is used |
| The checkpoint is not readable | both files are damaged | nothing: collection begins 12 hours before the last event forwarded, and repeats nothing |
| Both checkpoint files are damaged and no ledger is left | the data folder was emptied or damaged | check the storage; events of the history window are forwarded again |
| context.json holds no usable last_ts | the former module's checkpoint is damaged | nothing: collection begins with the configured history |
| The storage failed while … | disk full, folder not writable, bucket not reachable | make room or grant access; the module tries again |
| To fit the request budget, … | the log is busier than the budget carries | nothing, or use a GitHub App, which has a budget of its own; late events are found after 12 hours at the latest |
| Waiting … s: the rate limit audit_log | GitHub's budget for this hour is spent | nothing; if it is frequent, let nothing else use this credential |
| The token expires on … | within 14 days | create a new token and put it into the account |
"""


_WORDS = {
    "call": "this call",
    "credential": "credential",
    "host": "GitHub",
    "message": "its message",
    "needs": "",
    "sso": "the address in the message",
    "status": "the status",
    "subject": "the organization",
    "version": "in use",
}
"""What stands in the table for what an error fills in."""


def page() -> str:
    """Return the text of docs/troubleshooting.md."""
    return "\n".join([_HEAD, _github(), _network(), _intake(), _REST])


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
    filled = _cell(text.format_map(_WORDS))
    return filled[:1].upper() + filled[1:]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip() or "-"


def _network() -> str:
    errors = [unreachable("HOST", reason) for reason in reasons()]
    rows = [f"| {_cell(error.cause)} | {_cell(error.remedy)} |" for error in errors]
    return "\n".join(["## Network", "", "| cause | remedy |", "| --- | --- |", *rows, ""])


def _intake() -> str:
    rows = [
        f"| {status} | {_cell(error.cause)} | {_cell(error.remedy)} |"
        for status, error in ((status, refusal(status)) for status in (401, 404, 422))
    ]
    head = ["## Intake", "", "| status | cause | remedy |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])
