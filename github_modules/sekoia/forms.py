"""A component's arguments: from whatever the form holds to a checked model, or to one sentence."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

from github_modules.errors import ConfigurationError

Model = TypeVar("Model", bound=BaseModel)


def listed(value: Any) -> Any:  # noqa: ANN401 - whatever a form holds
    """Take a list that was typed into one field, with commas or lines between."""
    if isinstance(value, str):
        return [part.strip() for part in value.replace("\n", ",").split(",") if part.strip()]
    return value


Listed = Annotated[list[str], BeforeValidator(listed)]


def checked(model: type[Model], values: Mapping[str, Any]) -> Model:
    """Return the arguments; empty fields count as left out.

    Raises:
        ConfigurationError: names the first argument that cannot be right. Never quotes its value.
    """
    filled = {name: value for name, value in values.items() if value not in (None, "")}
    try:
        return model.model_validate(filled)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise _refusal(model, problem["type"], str(problem["loc"][0]), problem["msg"]) from None


def _refusal(model: type[BaseModel], kind: str, name: str, reason: str) -> ConfigurationError:
    description = (model.model_fields[name].description or "").split(". ")[0].rstrip(".")
    meaning = f" ({description})" if description else ""
    if kind == "missing":
        return ConfigurationError(
            f"The argument {name} is empty.", remedy=f"Fill in {name}{meaning}."
        )
    reason = reason.removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    return ConfigurationError(
        f"The argument {name} is not usable: {reason}.", remedy=f"Correct {name}{meaning}."
    )
