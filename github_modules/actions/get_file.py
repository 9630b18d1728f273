"""A file of a repository: its text if it is one, and its SHA-256 in any case."""

import base64
from hashlib import sha256

from github_modules.action_kit.arguments import (
    Line,
    Reference,
    RepositoryArguments,
    optional,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component
from github_modules.errors import ValidationFailedError


class Arguments(RepositoryArguments):
    """Which file."""

    path: Line = required("Path", "Path of the file.", min_length=1)
    ref: Reference = optional("Ref", "Branch, tag or commit. Empty: the default branch.")


class GetFileAction(LookupAction[Arguments]):
    """A file of a repository: its text if it is one, and its SHA-256 in any case."""

    component = Component(
        "get_file",
        "Get file",
        "Get the text of a file in a repository, with its hash.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/contents/{path}",
            "rest/repos/contents#get-repository-content",
            permission="contents:read",
            scope="repo",
            query=("ref",),
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(
        LookupResults,
        name=str,
        path=str,
        sha=str,
        size=int,
        sha256=str,
        text=str,
        base64=str,
        html_url=str,
    )

    def look_up(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the facts of the file, its SHA-256, and its content: text, or base64 for the rest.

        Raises:
            ValidationFailedError: the path is a directory.
        """
        found = desk.value(self.endpoints[0], given, path=given.path.strip("/"))
        if not isinstance(found, dict) or found.get("type") != "file":
            raise ValidationFailedError(
                f"{given.path} is not a file.",
                remedy="Name a file, or use Get repository contents.",
            )
        facts = {
            name: value for name, value in found.items() if name not in {"content", "encoding"}
        }
        if found.get("encoding") != "base64":
            desk.warnings.append(
                "The file is larger than 1 MB: GitHub leaves its content out here."
            )
            return facts
        return facts | _content(base64.b64decode(found.get("content") or ""))


def _content(data: bytes) -> JsonObject:
    digest = {"sha256": sha256(data).hexdigest()}
    try:
        return digest | {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return digest | {"base64": base64.b64encode(data).decode("ascii")}
