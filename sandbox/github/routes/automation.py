"""Workflows, runs, Actions policy, webhooks, runners, rulesets."""

from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND
from sandbox.github.estate.shapes import CREATED, Shape
from sandbox.github.routes.finding import (
    body_of,
    estate_of,
    in_org,
    invalid,
    number_of,
    paged,
    repository_of,
    said,
)
from sandbox.router import Router
from sandbox.wire import Answer, empty_answer, json_answer

ROUTER = Router()
READ = {"scopes": ("repo",), "permission": "actions=read"}
WRITE = {"scopes": ("repo",), "permission": "actions=write"}
ADMIN_READ = {"scopes": ("repo",), "permission": "administration=read"}
ADMIN_WRITE = {"scopes": ("repo",), "permission": "administration=write"}
ORG_READ = {"scopes": ("admin:org",), "permission": "organization_administration=read"}
ORG_WRITE = {"scopes": ("admin:org",), "permission": "organization_administration=write"}
RUNNERS_READ = {"scopes": ("admin:org",), "permission": "organization_self_hosted_runners=read"}
RUNNERS_WRITE = {"scopes": ("admin:org",), "permission": "organization_self_hosted_runners=write"}
HOOK_READ = {"scopes": ("read:repo_hook", "write:repo_hook"), "permission": "repository_hooks=read"}
HOOK_WRITE = {"scopes": ("write:repo_hook",), "permission": "repository_hooks=write"}
ORG_HOOK_READ = {"scopes": ("admin:org_hook",), "permission": "organization_hooks=read"}
ORG_HOOK_WRITE = {"scopes": ("admin:org_hook",), "permission": "organization_hooks=write"}
MOST_FILTERED = 1_000
FILTERS = ("actor", "branch", "event", "status", "head_sha")
FIELDS = {"branch": "head_branch"}
BASE = "/repos/{owner}/{repo}"


@ROUTER.route(f"GET {BASE}/actions/workflows", **READ)
def workflows(call: Call) -> Answer:
    """Answer the workflows."""
    return paged(call, list(repository_of(call).workflows.values()), "workflows")


def _workflow(call: Call) -> Shape:
    held, wanted = repository_of(call).workflows, call.request.parameters["workflow_id"]
    for workflow in held.values():
        if wanted in {str(workflow["id"]), workflow["path"].rpartition("/")[2]}:
            return workflow
    raise refused(call, NOT_FOUND)


@ROUTER.route(f"GET {BASE}/actions/workflows/{{workflow_id}}", **READ)
def workflow(call: Call) -> Answer:
    """Answer a workflow by number or file name."""
    return json_answer(200, _workflow(call))


@ROUTER.route(f"PUT {BASE}/actions/workflows/{{workflow_id}}/disable", **WRITE)
@ROUTER.route(f"PUT {BASE}/actions/workflows/{{workflow_id}}/enable", **WRITE)
def switch_workflow(call: Call) -> Answer:
    """Disable or enable a workflow."""
    enable = call.request.path.endswith("/enable")
    _workflow(call)["state"] = "active" if enable else "disabled_manually"
    return empty_answer()


@ROUTER.route(f"GET {BASE}/actions/runs", **READ)
def runs(call: Call) -> Answer:
    """Answer the runs of a filter, at most a thousand."""
    given = {name: call.request.argument(name) for name in FILTERS}
    found = [
        run
        for run in repository_of(call).runs.values()
        if all(not value or _of_run(run, name) == value for name, value in given.items())
    ]
    filtered = any(given.values())
    return paged(call, found[:MOST_FILTERED] if filtered else found, "workflow_runs")


def _of_run(run: Shape, name: str) -> str:
    return str(run["actor"]["login"] if name == "actor" else run[FIELDS.get(name, name)])


@ROUTER.route(f"GET {BASE}/actions/runs/{{run_id}}", **READ)
def run(call: Call) -> Answer:
    """Answer a run."""
    return json_answer(200, number_of(call, "run_id", repository_of(call).runs))


@ROUTER.route(f"POST {BASE}/actions/runs/{{run_id}}/cancel", **WRITE)
@ROUTER.route(f"POST {BASE}/actions/runs/{{run_id}}/force-cancel", **WRITE)
def cancel(call: Call) -> Answer:
    """Cancel a run that is not finished; a stubborn one only by force."""
    held = repository_of(call)
    found = number_of(call, "run_id", held.runs)
    stubborn = found["id"] in held.stubborn and not call.request.path.endswith("/force-cancel")
    if found["status"] == "completed" or stubborn:
        raise said(call, 409, "Cannot cancel a workflow run that is completed.")
    found |= {"status": "completed", "conclusion": "cancelled"}
    return json_answer(202, {})


def _selected(call: Call, body: Shape, path: str) -> Shape:
    if body.get("allowed_actions") != "selected":
        return body
    return body | {"selected_actions_url": f"{call.world.api_url}{path}/selected-actions"}


@ROUTER.route(f"GET {BASE}/actions/permissions", **ADMIN_READ)
def repository_policy(call: Call) -> Answer:
    """Answer whether Actions may run."""
    held = repository_of(call).actions
    return json_answer(200, _selected(call, held, call.request.path))


@ROUTER.route(f"PUT {BASE}/actions/permissions", **ADMIN_WRITE)
def set_repository_policy(call: Call) -> Answer:
    """Switch Actions on or off."""
    held, body = repository_of(call).actions, body_of(call)
    if not isinstance(body.get("enabled"), bool):
        raise invalid(call, "Actions", "enabled")
    held |= body
    return empty_answer()


@ROUTER.route("GET /orgs/{org}/actions/permissions", **ORG_READ)
def organization_policy(call: Call) -> Answer:
    """Answer where Actions may run."""
    in_org(call)
    return json_answer(200, _selected(call, estate_of(call).actions, call.request.path))


@ROUTER.route("PUT /orgs/{org}/actions/permissions", **ORG_WRITE)
def set_organization_policy(call: Call) -> Answer:
    """Say where Actions may run."""
    in_org(call)
    held, body = estate_of(call).actions, body_of(call)
    if body.get("enabled_repositories") not in {"all", "none", "selected"}:
        raise invalid(call, "Actions", "enabled_repositories")
    held |= body
    return empty_answer()


def _hooks(call: Call) -> dict[int, Shape]:
    if "org" in call.request.parameters:
        in_org(call)
        return estate_of(call).hooks
    return repository_of(call).hooks


@ROUTER.route("GET /orgs/{org}/hooks", **ORG_HOOK_READ)
@ROUTER.route(f"GET {BASE}/hooks", **HOOK_READ)
def hooks(call: Call) -> Answer:
    """Answer the webhooks."""
    return paged(call, list(_hooks(call).values()))


@ROUTER.route("GET /orgs/{org}/hooks/{hook_id}", **ORG_HOOK_READ)
@ROUTER.route(f"GET {BASE}/hooks/{{hook_id}}", **HOOK_READ)
def hook(call: Call) -> Answer:
    """Answer a webhook."""
    return json_answer(200, number_of(call, "hook_id", _hooks(call)))


@ROUTER.route("PATCH /orgs/{org}/hooks/{hook_id}", **ORG_HOOK_WRITE)
@ROUTER.route(f"PATCH {BASE}/hooks/{{hook_id}}", **HOOK_WRITE)
def update_hook(call: Call) -> Answer:
    """Change a webhook; a config without the secret removes the secret."""
    found, body = number_of(call, "hook_id", _hooks(call)), body_of(call)
    found |= {name: body[name] for name in ("active", "events", "config") if name in body}
    return json_answer(200, found)


@ROUTER.route("DELETE /orgs/{org}/hooks/{hook_id}", **ORG_HOOK_WRITE)
@ROUTER.route(f"DELETE {BASE}/hooks/{{hook_id}}", **HOOK_WRITE)
def delete_hook(call: Call) -> Answer:
    """Delete a webhook."""
    held = _hooks(call)
    del held[number_of(call, "hook_id", held)["id"]]
    return empty_answer()


def _runners(call: Call) -> dict[int, Shape]:
    if "org" in call.request.parameters:
        in_org(call)
        return estate_of(call).runners
    return repository_of(call).runners


@ROUTER.route("GET /orgs/{org}/actions/runners", **RUNNERS_READ)
@ROUTER.route(f"GET {BASE}/actions/runners", **ADMIN_READ)
def runners(call: Call) -> Answer:
    """Answer the self-hosted runners."""
    return paged(call, list(_runners(call).values()), "runners")


@ROUTER.route("GET /orgs/{org}/actions/runners/{runner_id}", **RUNNERS_READ)
@ROUTER.route(f"GET {BASE}/actions/runners/{{runner_id}}", **ADMIN_READ)
def runner(call: Call) -> Answer:
    """Answer a runner."""
    return json_answer(200, number_of(call, "runner_id", _runners(call)))


@ROUTER.route("DELETE /orgs/{org}/actions/runners/{runner_id}", **RUNNERS_WRITE)
@ROUTER.route(f"DELETE {BASE}/actions/runners/{{runner_id}}", **ADMIN_WRITE)
def delete_runner(call: Call) -> Answer:
    """Remove a runner that is not at work."""
    held = _runners(call)
    found = number_of(call, "runner_id", held)
    if found["busy"]:
        raise said(call, 422, "Runner is currently running a job and cannot be deleted.")
    del held[found["id"]]
    return empty_answer()


@ROUTER.route(f"GET {BASE}/rulesets", scopes=("repo",), permission="metadata=read")
def rulesets(call: Call) -> Answer:
    """Answer the rulesets in short."""
    long = {"rules", "conditions", "bypass_actors"}
    shown = [
        {name: value for name, value in item.items() if name not in long}
        for item in repository_of(call).rulesets.values()
    ]
    return paged(call, shown)


@ROUTER.route(f"POST {BASE}/rulesets", **ADMIN_WRITE)
def create_ruleset(call: Call) -> Answer:
    """Add a ruleset; its name must be new."""
    held, body = repository_of(call), body_of(call)
    if not body.get("name") or body.get("enforcement") not in {"disabled", "active", "evaluate"}:
        raise invalid(call, "Ruleset", "enforcement")
    if any(item["name"] == body["name"] for item in held.rulesets.values()):
        raise said(call, 422, "Validation Failed: Name must be unique")
    number = next(estate_of(call).numbers)
    made = body | {"id": number, "source_type": "Repository", "source": held.facts["full_name"],
                   "node_id": f"RRS_{number}", "created_at": CREATED, "updated_at": CREATED}  # fmt: skip
    held.rulesets[number] = made
    return json_answer(201, made)


@ROUTER.route(f"DELETE {BASE}/rulesets/{{ruleset_id}}", **ADMIN_WRITE)
def delete_ruleset(call: Call) -> Answer:
    """Delete a ruleset."""
    held = repository_of(call).rulesets
    del held[number_of(call, "ruleset_id", held)["id"]]
    return empty_answer()
