"""Repositories: settings, collaborators, keys, files, commits, issues."""

from typing import Any

from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND
from sandbox.github.estate.events import issue
from sandbox.github.estate.shapes import CREATED, Shape
from sandbox.github.routes.finding import (
    body_of,
    estate_of,
    in_org,
    invalid,
    login_of,
    number_of,
    paged,
    repository_of,
    said,
    user_of,
)
from sandbox.router import Router
from sandbox.wire import Answer, empty_answer, json_answer

ROUTER = Router()
METADATA = {"scopes": ("repo",), "permission": "metadata=read"}
CONTENTS = {"scopes": ("repo",), "permission": "contents=read"}
ADMIN_READ = {"scopes": ("repo",), "permission": "administration=read"}
ADMIN_WRITE = {"scopes": ("repo",), "permission": "administration=write"}
ISSUES_READ = {"scopes": ("repo",), "permission": "issues=read"}
ISSUES_WRITE = {"scopes": ("repo",), "permission": "issues=write"}
ROLES = {
    "pull": "read",
    "triage": "triage",
    "push": "write",
    "maintain": "maintain",
    "admin": "admin",
}
COARSE = {"pull": "read", "triage": "read", "push": "write", "maintain": "write", "admin": "admin"}
ORDER = ("pull", "triage", "push", "maintain", "admin")
VISIBILITIES = ("public", "private", "internal")


@ROUTER.route("GET /orgs/{org}/repos", **METADATA)
def organization_repositories(call: Call) -> Answer:
    """Answer the repositories, by type."""
    in_org(call)
    kind = call.request.argument("type") or "all"
    held = [item.facts for item in estate_of(call).repositories.values()]
    return paged(call, [facts for facts in held if kind in {"all", "sources", facts["visibility"]}])


@ROUTER.route("GET /repos/{owner}/{repo}", **METADATA)
def repository(call: Call) -> Answer:
    """Answer a repository."""
    return json_answer(200, repository_of(call).facts)


@ROUTER.route("PATCH /repos/{owner}/{repo}", **ADMIN_WRITE)
def update_repository(call: Call) -> Answer:
    """Change visibility or archive; an archived repository takes nothing else."""
    held, body = repository_of(call), body_of(call)
    if held.facts["archived"] and body.get("archived") is not False:
        raise said(call, 403, "Repository was archived so is read-only.")
    if "visibility" in body:
        if body["visibility"] not in VISIBILITIES:
            raise invalid(call, "Repository", "visibility")
        private = body["visibility"] != "public"
        held.facts |= {"visibility": body["visibility"], "private": private}
        held.short["private"] = private
    if "archived" in body:
        held.facts["archived"] = bool(body["archived"])
    return json_answer(200, held.facts)


def _collaborator(call: Call, login: str, permission: str) -> Shape:
    rank = ORDER.index(permission)
    permissions = {name: ORDER.index(name) <= rank for name in ORDER}
    user = estate_of(call).users[login]
    return user | {"permissions": permissions, "role_name": ROLES[permission]}


@ROUTER.route("GET /repos/{owner}/{repo}/collaborators", **METADATA)
def collaborators(call: Call) -> Answer:
    """Answer who can reach a repository."""
    held, estate = repository_of(call), estate_of(call)
    wanted = call.request.argument("permission")
    outside = call.request.argument("affiliation") == "outside"
    found = [
        _collaborator(call, login, permission)
        for login, permission in held.collaborators.items()
        if (not outside or login in estate.outside) and wanted in {"", permission}
    ]
    return paged(call, found)


@ROUTER.route("GET /repos/{owner}/{repo}/collaborators/{username}", **METADATA)
def collaborator(call: Call) -> Answer:
    """Answer 204 for a collaborator, 404 for anybody else."""
    if login_of(call) not in repository_of(call).collaborators:
        raise refused(call, NOT_FOUND)
    return empty_answer()


@ROUTER.route("GET /repos/{owner}/{repo}/collaborators/{username}/permission", **METADATA)
def permission(call: Call) -> Answer:
    """Answer the highest permission; of a public repository everybody reads."""
    held, login = repository_of(call), login_of(call)
    granted = held.collaborators.get(login)
    if granted is None:
        user = user_of(call) | {"role_name": "read"}
        coarse = "read" if not held.facts["private"] else "none"
        body = {"permission": coarse, "role_name": coarse, "user": user}
        return json_answer(200, body)
    shown = _collaborator(call, login, granted)
    return json_answer(
        200, {"permission": COARSE[granted], "role_name": ROLES[granted], "user": shown}
    )


@ROUTER.route("DELETE /repos/{owner}/{repo}/collaborators/{username}", **ADMIN_WRITE)
def remove_collaborator(call: Call) -> Answer:
    """Remove a collaborator, and the invitations that this one sent."""
    held, login = repository_of(call), login_of(call)
    held.collaborators.pop(login, None)
    for number, invitation in list(held.invitations.items()):
        if invitation["inviter"]["login"] == login:
            del held.invitations[number]
    return empty_answer()


@ROUTER.route("GET /repos/{owner}/{repo}/invitations", **ADMIN_READ)
def invitations(call: Call) -> Answer:
    """Answer the pending invitations."""
    return paged(call, list(repository_of(call).invitations.values()))


@ROUTER.route("DELETE /repos/{owner}/{repo}/invitations/{invitation_id}", **ADMIN_WRITE)
def delete_invitation(call: Call) -> Answer:
    """Cancel an invitation."""
    held = repository_of(call).invitations
    del held[number_of(call, "invitation_id", held)["id"]]
    return empty_answer()


@ROUTER.route("GET /repos/{owner}/{repo}/keys", **ADMIN_READ)
def keys(call: Call) -> Answer:
    """Answer the deploy keys."""
    return paged(call, list(repository_of(call).keys.values()))


@ROUTER.route("GET /repos/{owner}/{repo}/keys/{key_id}", **ADMIN_READ)
def key(call: Call) -> Answer:
    """Answer a deploy key."""
    return json_answer(200, number_of(call, "key_id", repository_of(call).keys))


@ROUTER.route("DELETE /repos/{owner}/{repo}/keys/{key_id}", **ADMIN_WRITE)
def delete_key(call: Call) -> Answer:
    """Delete a deploy key."""
    held = repository_of(call).keys
    del held[number_of(call, "key_id", held)["id"]]
    return empty_answer()


@ROUTER.route("GET /repos/{owner}/{repo}/commits/{ref}", **CONTENTS)
def commit(call: Call) -> Answer:
    """Answer a commit by its id or by a branch."""
    found = repository_of(call).commits.get(call.request.parameters["ref"])
    if found is None:
        raise said(call, 422, f"No commit found for SHA: {call.request.parameters['ref']}")
    return json_answer(200, found)


@ROUTER.route("GET /repos/{owner}/{repo}/compare/{basehead}", **CONTENTS)
def compare(call: Call) -> Answer:
    """Answer what lies between two commits."""
    held = repository_of(call)
    base, dots, head = call.request.parameters["basehead"].partition("...")
    if not dots or base not in held.commits or head not in held.commits:
        raise refused(call, NOT_FOUND)
    first, last = held.commits[base], held.commits[head]
    same = first["sha"] == last["sha"]
    url = f"{held.short['url']}/compare/{base}...{head}"
    page = f"{held.short['html_url']}/compare/{base}...{head}"
    body = {
        "url": url, "html_url": page, "permalink_url": page, "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch", "base_commit": first, "merge_base_commit": first,
        "status": "identical" if same else "ahead", "ahead_by": int(not same), "behind_by": 0,
        "total_commits": int(not same), "commits": [] if same else [last],
        "files": [] if same else last["files"],
    }  # fmt: skip
    return json_answer(200, body)


@ROUTER.route("GET /repos/{owner}/{repo}/contents", **CONTENTS)
def root(call: Call) -> Answer:
    """Answer the root directory."""
    return _content(call, "")


@ROUTER.route("GET /repos/{owner}/{repo}/contents/{path...}", **CONTENTS)
def content(call: Call) -> Answer:
    """Answer a file or a directory."""
    return _content(call, call.request.parameters["path"].strip("/"))


def _content(call: Call, path: str) -> Answer:
    found: Any = repository_of(call).contents.get(path)
    if found is None:
        raise refused(call, NOT_FOUND)
    return json_answer(200, found)


@ROUTER.route("GET /repos/{owner}/{repo}/issues", **ISSUES_READ)
def issues(call: Call) -> Answer:
    """Answer the issues, newest first."""
    held = list(repository_of(call).issues.values())[::-1]
    state = call.request.argument("state") or "open"
    return paged(call, [item for item in held if state in {"all", item["state"]}])


@ROUTER.route("POST /repos/{owner}/{repo}/issues", **ISSUES_WRITE)
def create_issue(call: Call) -> Answer:
    """Open an issue."""
    held, body = repository_of(call), body_of(call)
    if not body.get("title"):
        raise invalid(call, "Issue", "title")
    number = len(held.issues) + 1
    name = str(held.facts["name"])
    made = issue(estate_of(call), name, number, body["title"], body.get("body") or "")
    held.issues[number] = made
    return json_answer(201, made, Location=made["url"])


@ROUTER.route("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", **ISSUES_READ)
def comments(call: Call) -> Answer:
    """Answer the comments of an issue."""
    held = repository_of(call)
    found = number_of(call, "issue_number", held.issues)
    return paged(call, held.comments.get(found["number"], []))


@ROUTER.route("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", **ISSUES_WRITE)
def create_comment(call: Call) -> Answer:
    """Add a comment."""
    held, body = repository_of(call), body_of(call)
    found = number_of(call, "issue_number", held.issues)
    if not body.get("body"):
        raise invalid(call, "IssueComment", "body")
    number = next(estate_of(call).numbers)
    made = {
        "id": number, "node_id": f"IC_{number}", "body": body["body"], "created_at": CREATED,
        "url": f"{held.short['url']}/issues/comments/{number}", "updated_at": CREATED,
        "html_url": f"{found['html_url']}#issuecomment-{number}", "issue_url": found["url"],
        "user": estate_of(call).users["octo-admin"], "author_association": "OWNER",
    }  # fmt: skip
    held.comments.setdefault(found["number"], []).append(made)
    return json_answer(201, made, Location=made["url"])
