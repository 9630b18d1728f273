"""Objects as GitHub writes them, with every field that its description requires."""

from datetime import UTC, datetime
from hashlib import sha1
from typing import Any

Shape = dict[str, Any]
CREATED = "2026-01-02T03:04:05Z"
REPOSITORY_TAILS = {
    "archive_url": "/{archive_format}{/ref}", "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}", "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}", "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}", "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}", "contributors_url": "/contributors",
    "deployments_url": "/deployments", "downloads_url": "/downloads", "events_url": "/events",
    "forks_url": "/forks", "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}", "git_tags_url": "/git/tags{/sha}",
    "issue_comment_url": "/issues/comments{/number}", "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}", "keys_url": "/keys{/key_id}", "labels_url": "/labels{/name}",
    "languages_url": "/languages", "merges_url": "/merges", "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}", "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}", "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}", "subscribers_url": "/subscribers",
    "subscription_url": "/subscription", "tags_url": "/tags", "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}", "hooks_url": "/hooks",
}  # fmt: skip
COUNTS = (
    "forks_count", "stargazers_count", "watchers_count", "size", "open_issues_count",
    "subscribers_count", "network_count", "forks", "open_issues", "watchers",
)  # fmt: skip


def stamp(at_s: float) -> str:
    """Return a time as GitHub writes it."""
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_of(text: str) -> float:
    """Return a time that GitHub wrote as seconds since the epoch."""
    return datetime.fromisoformat(text).timestamp()


def user_number(login: str) -> int:
    """Return the id of a user; the same login always has the same."""
    return 1000 + sum(login.encode())


def sha_of(text: str) -> str:
    """Return a commit's id for a text."""
    return sha1(text.encode(), usedforsecurity=False).hexdigest()


def profile(user: Shape) -> Shape:
    """Return the long form of a user."""
    nothing = dict.fromkeys(("company", "location", "email", "hireable", "bio"))
    counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    return user | nothing | counts | {
        "name": user["login"].title(), "blog": "", "twitter_username": None,
        "created_at": CREATED, "updated_at": CREATED,
    }  # fmt: skip


def minimal_repository(base: str, owner: Shape, name: str, number: int, visibility: str) -> Shape:
    """Return the short form of a repository."""
    full_name = f"{owner['login']}/{name}"
    url = f"{base}/repos/{full_name}"
    return {
        "id": number, "node_id": f"R_{number}", "name": name, "full_name": full_name,
        "owner": owner, "private": visibility != "public", "description": None, "fork": False,
        "html_url": f"https://github.com/{full_name}", "url": url,
        **{field: f"{url}{tail}" for field, tail in REPOSITORY_TAILS.items()},
    }  # fmt: skip


def full_repository(minimal: Shape, visibility: str, *, archived: bool) -> Shape:
    """Return the long form of a repository."""
    has = ("has_issues", "has_projects", "has_wiki", "has_discussions", "has_downloads")
    full_name = minimal["full_name"]
    clone = f"https://github.com/{full_name}.git"
    return minimal | dict.fromkeys(COUNTS, 0) | dict.fromkeys(has, True) | {
        "visibility": visibility, "archived": archived, "disabled": False, "has_pages": False,
        "homepage": None, "language": "Python", "license": None, "default_branch": "main",
        "pushed_at": CREATED, "created_at": CREATED, "updated_at": CREATED, "topics": [],
        "git_url": f"git://github.com/{full_name}.git", "clone_url": clone, "svn_url": clone,
        "ssh_url": f"git@github.com:{full_name}.git", "mirror_url": None,
        "permissions": {"admin": True, "push": True, "pull": True},
        "security_and_analysis": {"secret_scanning": {"status": "enabled"}},
    }  # fmt: skip


def commit(base: str, repository: Shape, author: Shape, text: str) -> Shape:
    """Return a commit that is named after a text."""
    sha = sha_of(text)
    url = f"{base}/repos/{repository['full_name']}"
    person = {"name": author["login"], "email": f"{author['login']}@example.test", "date": CREATED}
    return {
        "url": f"{url}/commits/{sha}", "sha": sha, "node_id": f"C_{sha[:8]}",
        "html_url": f"{repository['html_url']}/commit/{sha}",
        "comments_url": f"{url}/commits/{sha}/comments",
        "commit": {
            "url": f"{url}/git/commits/{sha}", "author": person, "committer": person,
            "message": text, "comment_count": 0,
            "tree": {"sha": sha_of(f"tree {text}"), "url": f"{url}/git/trees/{sha}"},
            "verification": {
                "verified": False, "reason": "unsigned", "signature": None, "payload": None,
                "verified_at": None,
            },
        },
        "author": author, "committer": author, "parents": [],
        "stats": {"additions": 1, "deletions": 0, "total": 1},
        "files": [{
            "sha": sha, "filename": "README.md", "status": "modified", "additions": 1,
            "deletions": 0, "changes": 1, "blob_url": url, "raw_url": url, "contents_url": url,
        }],
    }  # fmt: skip
