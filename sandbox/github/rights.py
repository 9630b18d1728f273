"""May this credential call this route? GitHub's answers when it may not."""

from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND, ROWS
from sandbox.router import Route

SCOPED = {"classic", "oauth"}
ADVERTISED = {"fine_grained", "installation"}


def check_rights(call: Call, route: Route) -> None:
    """Raise the refusal that GitHub gives, in the order in which it checks."""
    if route.cloud_only and call.world.config.ghes:
        raise refused(call, NOT_FOUND)
    kind = call.credential.kind
    if route.auth == "any":
        return
    if route.auth == "jwt":
        _check_jwt(call, kind)
        return
    if kind == "none":
        raise refused(call, ROWS["E1"], {"message": "Requires authentication"})
    if kind == "app":
        # An app's JWT outside the app's own routes: recorded as 401 with the usual text.
        raise refused(call, ROWS["E1"])
    _check_token(call, route, kind)


def _check_jwt(call: Call, kind: str) -> None:
    if kind != "app":
        raise refused(call, ROWS["E6"])


def _check_token(call: Call, route: Route, kind: str) -> None:
    credential = call.credential
    if kind not in route.kinds:
        raise refused(call, ROWS["E13"] if route.denied == "E13" else ROWS["E25"])
    if kind in ADVERTISED:
        if route.permission and not credential.has_permission(route.permission):
            raise refused(call, ROWS["E12"])
    elif not credential.has_scope(route.scopes):
        raise refused(call, ROWS["E13"] if route.denied == "E13" else NOT_FOUND)
    if kind != "installation" and route.owner and not credential.owner:
        raise refused(call, NOT_FOUND)
