"""The JSON Schemas of the files of the ledger and the study aids, made from the records, for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any

from factpress.model.claim import Claim
from factpress.model.record_fields import RecordField, record_fields

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def ledger_schema() -> str:
    """Return the schema of a file of claims as JSON text."""
    definitions: dict[str, object] = {}
    schema: dict[str, object] = {
        "$schema": DIALECT,
        "title": "The claims of one chapter",
        "type": "array",
        "items": _reference(Claim, definitions),
        "$defs": definitions,
    }
    return _text(schema)


def study_aids_schema(study_files: Mapping[str, RecordField]) -> str:
    """Return the schema of the files of the study aids as JSON text: of each as `#/$defs/NAME`, of any of them."""
    definitions: dict[str, object] = {}
    files = {
        key: {"title": f"{key}.yaml", "type": "array", "items": _reference(field.kind, definitions)}
        for key, field in study_files.items()
    }
    schema: dict[str, object] = {
        "$schema": DIALECT,
        "title": "A file of the study aids",
        "anyOf": [{"$ref": f"#/$defs/{key}"} for key in files],
        "$defs": files | definitions,
    }
    return _text(schema)


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _reference(kind: type, definitions: dict[str, object]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = None  # keeps its place before those it refers to
        definitions[kind.__name__] = _define(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _define(kind: type, definitions: dict[str, object]) -> dict[str, Any]:
    about = {"description": (kind.__doc__ or "").partition("\n")[0]}
    if issubclass(kind, StrEnum):
        return about | {"enum": [str(word) for word in kind]}
    fields = record_fields(kind)
    return about | {
        "type": "object",
        "properties": {key: _field(field, definitions) for key, field in fields.items()},
        "required": [key for key, field in fields.items() if not field.optional],
        "additionalProperties": False,
    }


def _field(field: RecordField, definitions: dict[str, object]) -> dict[str, Any]:
    named = is_dataclass(field.kind) or issubclass(field.kind, StrEnum)
    schema = _reference(field.kind, definitions) if named else {"type": "string", "minLength": 1}
    return {"type": "array", "items": schema} if field.many else schema
