"""What happens to every GitHub request: credentials, version, limits, rights, route, headers."""

from dataclasses import replace

from sandbox.faults import instead, spoil
from sandbox.github import app_routes, audit_log, basic_routes
from sandbox.github.answers import refused, words_of
from sandbox.github.call import Call, RefusalError
from sandbox.github.credentials import ANONYMOUS, Credential, token_of
from sandbox.github.errors import CHANGES_GOOD_ANSWER, NOT_AN_ANSWER, NOT_FOUND, ROWS
from sandbox.github.headers import finish, new_request_id
from sandbox.github.jwt_checks import RefusedJwtError, check
from sandbox.github.rights import check_rights
from sandbox.github.routes import (
    access,
    alerts,
    automation,
    feeds,
    people,
    repositories,
    search,
)
from sandbox.router import Route, Router
from sandbox.wire import Answer, Fault, Request
from sandbox.world import World

VERSIONS = ("2026-03-10", "2022-11-28")
RETIRED = ("2021-01-01",)
ROUTER = Router()
FAMILIES = (access, alerts, automation, feeds, people, repositories, search)
for module in (audit_log, app_routes, basic_routes, *FAMILIES):
    for key, routes in module.ROUTER.table.items():
        ROUTER.table.setdefault(key, []).extend(routes)


class GithubApplication:
    """Answers GitHub's requests from a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.prefix = "/api/v3" if world.config.ghes else ""

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        call = Call(self.world, request, ANONYMOUS, request_id=new_request_id())
        fault = request.fault
        if fault is not None:
            # Also an answer that nobody asked for tells of the caller's own bucket.
            _, token = token_of(request.header("authorization"))
            call.credential = self.world.tokens.find(token, request.at) or ANONYMOUS
        try:
            answer = self._forced(call, fault) or instead(fault) or self._answer(call)
        except RefusalError as refusal:
            answer = refusal.answer
        self._change_good_answer(fault, answer)
        finish(call, answer, fault)
        return spoil(fault, request, answer)

    def _forced(self, call: Call, fault: Fault | None) -> Answer | None:
        if fault is None or fault.kind != "row":
            return None
        row = str(fault.options["row"])
        if row in NOT_AN_ANSWER:
            return instead(Fault("reset"))
        if row in CHANGES_GOOD_ANSWER:
            return None
        if row in {"E27", "E28"}:
            return call.limit_answer(fault.options, secondary=row == "E28")
        answer = refused(call, ROWS[row], fault.options).answer
        if row == "E38":
            answer.put("Location", fault.options.get("location") or call.numeric_url())
        return answer

    def _change_good_answer(self, fault: Fault | None, answer: Answer) -> None:
        if fault is None or fault.kind != "row":
            return
        if fault.options["row"] == "E20":
            ids = fault.options.get("organizations", "21955855,20582480")
            answer.put("X-GitHub-SSO", f"partial-results; organizations={ids}")
        elif fault.options["row"] == "E39":
            answer.body = b'{"message":"Unexpected"}'

    def _answer(self, call: Call) -> Answer:
        if not call.request.header("user-agent").strip():
            raise refused(call, ROWS["E30"])
        self._check_version(call)
        call.credential = self._credential(call)
        path = call.request.path
        if not path.startswith(self.prefix):
            raise refused(call, NOT_FOUND)
        found = ROUTER.find(call.request.method, path[len(self.prefix) :])
        if found is None:
            call.spend("core")
            raise refused(call, NOT_FOUND)
        call.route, call.request.parameters = found
        return self._routed(call, call.route)

    def _routed(self, call: Call, route: Route) -> Answer:
        if route.resource != "none" and call.credential.kind != "app":
            call.spend(route.resource)
        check_rights(call, route)
        answer = route.answer(call)
        if answer.status == 200 and not answer.get("Content-Type"):
            answer = replace(answer, headers=[*answer.headers, ("Content-Type", "text/plain")])
        return answer

    def _check_version(self, call: Call) -> None:
        version = call.request.header("x-github-api-version")
        if not version or version in VERSIONS:
            return
        words = words_of(call) | {"version": version}
        status = 410 if version in RETIRED else 400
        raise refused(call, ROWS["E34"], {"status": status}, words)

    def _credential(self, call: Call) -> Credential:
        header = call.request.header("authorization")
        if not header:
            return ANONYMOUS
        scheme, token = token_of(header)
        if scheme == "bearer" and token.startswith("eyJ"):
            return self._app(call, token)
        found = self.world.tokens.find(token, call.request.at)
        if call.request.path.endswith("/credentials/revoke"):
            raise refused(call, ROWS["E26"])
        if scheme not in {"bearer", "token"} or found is None:
            raise refused(call, ROWS["E1"])
        return found

    def _app(self, call: Call, token: str) -> Credential:
        apps = self.world.apps
        try:
            check(token, apps.public_pem, apps.issuers, call.request.at)
        except RefusedJwtError as error:
            raise refused(
                call, ROWS["E1"], {"status": error.status, "message": error.message}
            ) from error
        return Credential(token, "app", owner=False, enterprise_owner=False)
