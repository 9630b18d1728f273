"""Arguments that every collecting connector has, as the playbook editor shows them."""

from pydantic import BaseModel, ConfigDict, Field

from github_modules.sekoia.forms import Listed

Patterns = Listed


class IntakeArguments(BaseModel):
    """Where events go."""

    intake_key: str = Field(
        title="Intake key", description="Key of the intake that receives the events."
    )
    intake_server: str = Field(
        default="",
        title="Intake server",
        description="Base address of the intake. Leave empty: the platform knows its own.",
        json_schema_extra={"no_default": True},
    )


class PacedArguments(BaseModel):
    """How often to ask, how much to spend, and how far back to begin."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, frozen=True)

    frequency: int = Field(
        default=60, ge=1, title="Frequency", description="Seconds between two polls."
    )
    ratelimit_per_minute: int = Field(
        default=20,
        ge=1,
        title="Requests per minute",
        description="Most requests to GitHub a minute. GitHub's own limits are kept in any case.",
    )
    history_hours: int = Field(
        default=24,
        ge=1,
        le=4_320,
        title="History",
        description="Hours to collect at the first start. GitHub keeps 180 days (4320 hours), git "
        "events 7 days.",
    )


class CollectingArguments(PacedArguments, IntakeArguments):
    """Arguments of everything that collects into an intake."""
