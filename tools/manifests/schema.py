"""A pydantic model as the flat JSON Schema that the playbook editor shows.

Plain `type` on every property and no `anyOf`, `$ref` or `$defs`: the editor and the documentation
generator print what they find, and know none of these.
"""

from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

_KEPT = (
    "type",
    "title",
    "description",
    "default",
    "enum",
    "items",
    "minimum",
    "maximum",
    "format",
    "properties",
)
_MARKERS = ("secret", "no_default")


def object_schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Return the schema of a form: properties, required, secrets."""
    generated = model.model_json_schema(mode="validation")["properties"]
    schema: dict[str, Any] = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "type": "object",
        "properties": {
            name: _property(generated[name], field) for name, field in model.model_fields.items()
        },
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
    }
    secrets = [name for name, field in model.model_fields.items() if _marked(field, "secret")]
    return {**schema, "secrets": secrets} if secrets else schema


def _property(generated: dict[str, Any], field: FieldInfo) -> dict[str, Any]:
    flat = {key: generated[key] for key in _KEPT if key in generated}
    if _marked(field, "no_default") or flat.get("default") is None:
        flat.pop("default", None)
    return flat


def _marked(field: FieldInfo, marker: str) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get(marker))
