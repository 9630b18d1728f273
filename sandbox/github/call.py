"""One request on its way through GitHub's side: who calls, on which route, at which cost."""

from dataclasses import dataclass
from typing import Any

from sandbox.github.accounts import user_id
from sandbox.github.credentials import Credential
from sandbox.github.errors import ROWS, row_answer
from sandbox.limits import Spent
from sandbox.router import Route
from sandbox.wire import Answer, Request
from sandbox.world import World


class RefusalError(Exception):
    """Ends a request with an answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def entity_of(path: str) -> str:
    """Return which bucket a path spends: the audit log's is separate for each entity."""
    if not path.endswith("/audit-log"):
        return "core"
    return "enterprise" if "/enterprises/" in path else "organization"


@dataclass(slots=True)
class Call:
    """A request with what has been found out about it."""

    world: World
    request: Request
    credential: Credential
    route: Route | None = None
    spent: Spent | None = None
    request_id: str = ""

    @property
    def resource(self) -> str:
        """Return the rate resource that the path spends."""
        return "core" if entity_of(self.request.path) == "core" else "audit_log"

    def look(self) -> Spent | None:
        """Return the caller's bucket without spending."""
        entity = entity_of(self.request.path)
        return self.world.limits.spend(
            self.credential.who, self.resource, entity, self.request.at, cost=0
        )

    def spend(self, resource: str) -> None:
        """Spend one request; raise the limit's refusal when the bucket is empty."""
        entity = entity_of(self.request.path)
        self.spent = self.world.limits.spend(self.credential.who, resource, entity, self.request.at)
        if self.spent and self.spent.exceeded:
            options = {"status": (self.world.limits.settings or {}).get("status", 403)}
            raise RefusalError(self.limit_answer(options, secondary=self.spent.secondary))

    def refund(self) -> None:
        """Give back what was spent: an answer 304 is free for whoever shows a credential."""
        if self.spent and self.credential.token:
            entity, resource = entity_of(self.request.path), self.spent.resource
            self.spent = self.world.limits.spend(
                self.credential.who, resource, entity, self.request.at, cost=-1
            )

    def limit_answer(self, options: dict[str, Any], *, secondary: bool) -> Answer:
        """Return the answer of a primary or secondary limit.

        Options: status, retry_after (seconds, "date:<seconds>" or None), remaining, reset_in_s.
        """
        row = ROWS["E28" if secondary else "E27"]
        answer = row_answer(row, self.words(), options)
        self._limit_headers(answer, options, secondary=secondary)
        wait = options.get("retry_after", 60 if secondary and self.spent else None)
        if isinstance(wait, str) and wait.startswith("date:"):
            at_s = self.request.at + float(wait.removeprefix("date:"))
            answer.put("Retry-After", self.world.clock.http_date(at_s))
        elif wait is not None:
            answer.put("Retry-After", str(wait))
        return answer

    def _limit_headers(self, answer: Answer, options: dict[str, Any], *, secondary: bool) -> None:
        spent = self.spent or self.look()
        if spent is None:
            return
        for name, value in spent.headers():
            answer.put(name, value)
        default = None if secondary or self.spent else 0
        remaining = options.get("remaining", default)
        if remaining is not None:
            answer.put("X-RateLimit-Remaining", str(remaining))
            answer.put("X-RateLimit-Used", str(spent.limit - int(remaining)))
        if "reset_in_s" in options:
            answer.put("X-RateLimit-Reset", str(int(self.request.at + options["reset_in_s"] + 1)))

    def words(self) -> dict[str, str]:
        """Return what the texts of error rows may name."""
        noun = "personal access token"
        if self.credential.kind in {"installation", "app"}:
            noun = "integration"
        return {
            "org": self.world.config.org,
            "enterprise": self.world.config.enterprise,
            "who": f"user ID {user_id(self.credential.login)}"
            if self.credential.login
            else "installation",
            "request_id": self.request_id,
            "timestamp": self.world.clock.iso(self.request.at),
            "noun": noun,
            "version": self.request.header("x-github-api-version"),
        }

    def numeric_url(self) -> str:
        """Return the request's URL with the numeric id, as GitHub writes it in links."""
        config = self.world.config
        path = self.request.path.replace(f"/orgs/{config.org}/", f"/organizations/{config.org_id}/")
        query = f"?{self.request.query}" if self.request.query else ""
        return f"{self.world.urls['github_origin']}{path}{query}"
