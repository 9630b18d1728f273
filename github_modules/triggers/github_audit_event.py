"""Audit events that start playbooks."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import quote

from pydantic import BeforeValidator, Field

from github_modules.component import Component
from github_modules.connectors.arguments import PacedArguments, Patterns
from github_modules.connectors.audit_source import AuditLogSource, Query
from github_modules.connectors.collection import AroundWith, Collection, Plan, scope_of
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.forms import listed
from github_modules.severity.evaluate import RuleSet, at_least
from github_modules.severity.model import Verdict
from github_modules.severity.parse import own_rules
from github_modules.triggers.bundles import Judge
from github_modules.triggers.matching import PRESETS, allows, pattern_of
from github_modules.triggers.playbook_sink import text_of, web_address
from github_modules.triggers.playbook_trigger import PlaybookTrigger, TriggerArguments
from github_modules.triggers.results import AuditEventResults

Preset = Literal[
    "member", "repository", "organization", "public", "access", "secrets", "actions", "apps"
]


class AuditEventArguments(TriggerArguments):
    """Which audit events start a playbook: every restriction that is filled in must fit."""

    actions: Patterns = Field(
        default=[], title="Actions", description="Only these actions; * stands for anything."
    )
    presets: Annotated[list[Preset], BeforeValidator(listed)] = Field(
        default=[],
        title="Presets",
        description="Groups of actions beside the ones above: member, repository, organization, "
        "public, access, secrets, actions, apps.",
    )
    actors: Patterns = Field(
        default=[], title="Actors", description="Only what these users did; * stands for anything."
    )
    repositories: Patterns = Field(
        default=[],
        title="Repositories",
        description="Only these (owner/name); * stands for anything.",
    )
    countries: Patterns = Field(
        default=[], title="Countries", description="Only from these countries, as two letters."
    )


class GithubAuditEventTrigger(PlaybookTrigger):
    """Starts a playbook for audit events that match."""

    component: ClassVar[Component] = Component(
        docker_parameters="github_audit_event",
        name="Github audit event",
        description="Start a playbook for audit events by severity, action, actor, repository or "
        "country; a burst starts one.",
        subject="audit events for playbooks",
    )
    arguments_model: ClassVar[type[PacedArguments]] = AuditEventArguments
    results_model = AuditEventResults
    bucket = "audit_log"

    def collections(
        self, settings: GithubSettings, client: GithubClient, around: AroundWith
    ) -> Sequence[Collection]:
        """Return the collection of the log."""
        given = self.arguments(AuditEventArguments)
        query = Query("all", "")
        source = AuditLogSource(client, settings.owner, query, given.ratelimit_per_minute)
        scope = scope_of(settings, "audit-event-trigger")
        plan = Plan(source, scope, given.history_hours, self.pace(given))
        return [Collection(plan, around(self.reporter))]

    def judge(self) -> Judge:
        """Return which events match."""
        given = self.arguments(AuditEventArguments)
        rules = RuleSet.with_builtin(own_rules(given.severity_rules))
        preset = [action for name in given.presets for action in PRESETS[name]]
        actions = pattern_of([*given.actions, *preset])
        actors, places = pattern_of(given.actors), pattern_of(given.repositories)
        countries = pattern_of(given.countries)

        def judge(event: Any) -> Verdict | None:  # noqa: ANN401 - GitHub's
            if not isinstance(event, Mapping):
                return None
            verdict = rules.evaluate(event)
            fits = (
                at_least(verdict, given.least)
                and allows(actions, text_of(event, "action"))
                and allows(actors, text_of(event, "actor"))
                and allows(places, text_of(event, "repo"))
                and allows(countries, text_of(event, "actor_location", "country_code"))
            )
            return verdict if fits else None

        return judge

    def link(self, record: Mapping[str, Any]) -> str:
        """Return the search for the event in the audit log."""
        settings = self.module.settings()
        terms = {name: text_of(record, name) for name in ("action", "actor")}
        phrase = " ".join(f"{name}:{value}" for name, value in terms.items() if value)
        shelf = "enterprises" if settings.owner.kind == "enterprise" else "organizations"
        place = f"{shelf}/{settings.owner.name}/settings/audit-log"
        return f"{web_address(settings.address.origin)}/{place}?q={quote(phrase)}"

    def words(self, record: Mapping[str, Any]) -> str:
        """Return action and actor."""
        actor = text_of(record, "actor")
        return text_of(record, "action") + (f" by {actor}" if actor else "")
