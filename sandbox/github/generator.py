"""A seeded generator of plausible audit events.

Fields per category follow what published events show. The quirks of section 4.7 of the
reference are switched on by name, each with its share.
"""

import base64
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.github.action_names import GIT_ACTIONS, WEB_ACTIONS
from sandbox.github.event_store import Event, make_event

Fields = dict[str, Any]
ACTORS = ("octo-admin", "mona", "hubot", "grace", "ada", "linus", "dependabot[bot]")
REPOSITORIES = ("web", "api", "infra", "docs", "mobile", "payments", "data", "tools")
COUNTRIES = ("FR", "DE", "US", "JP", "BR")
OPERATIONS = {
    "create": "create",
    "add": "create",
    "enable": "modify",
    "disable": "modify",
    "destroy": "remove",
    "remove": "remove",
    "delete": "remove",
    "transfer": "transfer",
    "restore": "restore",
    "grant": "authentication",
    "sso": "authentication",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to generate; late is a list of [share, delay in seconds], drawn independently."""

    count: int
    start_ms: int
    end_ms: int
    seed: int = 1
    git_share: float = 0.3
    late: tuple[tuple[float, float], ...] = ()
    quirks: dict[str, float] = field(default_factory=dict)
    large_bytes: int = 100_000
    org: str = "acme"
    org_id: int = 80307827
    business: str = "acme-inc"
    business_id: int = 1070


def generate(plan: Plan) -> Iterator[Event]:
    """Yield the events of a plan in the order of their times."""
    rng = random.Random(plan.seed)
    span = max(1, plan.end_ms - plan.start_ms)
    at_ms = plan.start_ms
    for number in range(plan.count):
        siblings = rng.random() < plan.quirks.get("same_ms", 0.01)
        if not siblings or number == 0:
            at_ms = max(at_ms, plan.start_ms + span * number // max(1, plan.count))
        yield _event(plan, rng, at_ms)


def _event(plan: Plan, rng: random.Random, at_ms: int) -> Event:
    git = rng.random() < plan.git_share
    document_id = base64.urlsafe_b64encode(rng.randbytes(16)).decode()
    document_id = document_id if git else document_id.rstrip("=")
    value = _git_fields(plan, rng) if git else _web_fields(plan, rng, at_ms)
    value |= {"@timestamp": at_ms, "_document_id": document_id}
    for name, share in plan.quirks.items():
        if name in QUIRKS and rng.random() < share:
            QUIRKS[name](value, plan)
    return make_event(value, at_ms, document_id, at_ms / 1000 + _delay(plan, rng), git=git)


def _delay(plan: Plan, rng: random.Random) -> float:
    drawn = rng.random()
    for share, delay_s in plan.late:
        if drawn < share:
            return delay_s
        drawn -= share
    return 0.0


def _repository(plan: Plan, rng: random.Random) -> Fields:
    name = rng.choice(REPOSITORIES)
    return {"repo": f"{plan.org}/{name}", "repo_id": 5000 + REPOSITORIES.index(name)}


def _owner(plan: Plan) -> Fields:
    return {
        "org": plan.org,
        "org_id": plan.org_id,
        "business": plan.business,
        "business_id": plan.business_id,
    }


def _git_fields(plan: Plan, rng: random.Random) -> Fields:
    name = rng.choice(REPOSITORIES)
    actor = rng.choice(ACTORS)
    fields = {
        "action": rng.choice(GIT_ACTIONS),
        "repository": f"{plan.org}/{name}",
        "repository_public": False,
        "transport_protocol": 1,
        "transport_protocol_name": "http",
        "user_agent": "git/2.43.0",
        "external_identity_nameid": "",
        "external_identity_username": "",
        **_owner(plan),
    }
    if rng.random() > 0.05:
        fields |= {"actor": actor, "actor_id": 1000 + ACTORS.index(actor)}
    return fields


def _web_fields(plan: Plan, rng: random.Random, at_ms: int) -> Fields:
    action = rng.choice(WEB_ACTIONS)
    category, _, verb = action.partition(".")
    actor = rng.choice(ACTORS)
    return {
        "action": action,
        "actor": actor,
        "actor_id": 1000 + ACTORS.index(actor),
        "actor_location": {"country_code": rng.choice(COUNTRIES)},
        "created_at": at_ms,
        "operation_type": OPERATIONS.get(verb.partition("_")[0], "modify"),
        "user_agent": "Mozilla/5.0",
        "request_id": f"{rng.getrandbits(64):016X}",
        **_owner(plan),
        **EXTRAS.get(category, _nothing)(plan, rng),
    }


def _nothing(_plan: Plan, _rng: random.Random) -> Fields:
    return {}


def _user(_plan: Plan, rng: random.Random) -> Fields:
    name = rng.choice(ACTORS)
    return {"user": name, "user_id": 1000 + ACTORS.index(name)}


def _team(plan: Plan, rng: random.Random) -> Fields:
    return {"team": f"{plan.org}/team-{rng.randrange(20)}", **_user(plan, rng)}


def _branch(plan: Plan, rng: random.Random) -> Fields:
    return {"name": rng.choice(("main", "release")), **_repository(plan, rng)}


def _hook(plan: Plan, rng: random.Random) -> Fields:
    config = {"content_type": "json", "url": "https://hooks.example.test/in"}
    number = rng.randrange(10_000)
    return {"hook_id": number, "config": config, "events": ["push"], **_repository(plan, rng)}


def _token(plan: Plan, rng: random.Random) -> Fields:
    hashed = base64.b64encode(rng.randbytes(32)).decode()
    number = rng.randrange(1 << 31)
    return {"hashed_token": hashed, "token_id": number, **_user(plan, rng)}


def _workflow(plan: Plan, rng: random.Random) -> Fields:
    return {
        "workflow_run_id": rng.randrange(1 << 33),
        "head_branch": "main",
        "event": "push",
        "conclusion": rng.choice(("success", "failure")),
        **_repository(plan, rng),
    }


def _alert(plan: Plan, rng: random.Random) -> Fields:
    return {"number": rng.randrange(1, 900), **_repository(plan, rng)}


EXTRAS: dict[str, Callable[[Plan, random.Random], Fields]] = {
    "org": _user,
    "business": _user,
    "team": _team,
    "repo": _repository,
    "protected_branch": _branch,
    "repository_ruleset": _branch,
    "environment": _branch,
    "hook": _hook,
    "personal_access_token": _token,
    "oauth_authorization": _token,
    "org_credential_authorization": _token,
    "workflows": _workflow,
    "secret_scanning_alert": _alert,
    "repository_vulnerability_alert": _alert,
    "pull_request": _alert,
}


def _drop(*names: str) -> Callable[[Fields, Plan], None]:
    def change(value: Fields, _plan: Plan) -> None:
        for name in names:
            value.pop(name, None)

    return change


def _org_list(value: Fields, plan: Plan) -> None:
    value |= {"org": [plan.org, "acme-labs"], "org_id": [plan.org_id, plan.org_id + 1]}


def _numbers_as_text(value: Fields, _plan: Plan) -> None:
    for name in ("actor_id", "business_id", "user_id", "token_id"):
        if name in value:
            value[name] = str(value[name])


def _large(value: Fields, plan: Plan) -> None:
    value["data"] = {"note": "é" * (plan.large_bytes // 2)}


QUIRKS: dict[str, Callable[[Fields, Plan], None]] = {
    "no_timestamp": _drop("@timestamp"),
    "no_document_id": _drop("_document_id"),
    "no_actor": _drop("actor", "actor_id"),
    "org_list": _org_list,
    "numbers_as_text": _numbers_as_text,
    "large": _large,
}
