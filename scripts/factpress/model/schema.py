"""The JSON Schemas made from the records: of the files of the ledger and the study aids, and of claims.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any

from factpress.model.claim import Claim
from factpress.model.record_fields import RecordField, record_fields
from factpress.model.vocabulary import ReviewState

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


CLAIMS_FORMAT = "1.0"  #: of claims.json: the first number goes up when a reader of the file must change


def claims_file_schema(address: str = "") -> str:
    """Return the schema of claims.json as JSON text; `address` is where it is published, empty where that is not known.

    A claim is the record of the ledger with what is computed of it: its state, its entry, its places.
    """
    definitions: dict[str, Any] = {}
    _reference(Claim, definitions)
    _reference(ReviewState, definitions)
    for name, known in _WORDS.items():
        definitions[name] = _object({known: {"type": "string"}, "sign": TEXT, "word": TEXT, "meaning": TEXT}, ())
    claim = definitions["Claim"]
    claim["properties"] |= {
        "state": {"$ref": "#/$defs/ReviewState"},
        "state-wording": TEXT,
        "chapter": TEXT_OR_NULL,
        "entry": {"type": ["string", "null"], "format": "uri-reference"},
        "paragraphs": {"type": "array", "items": TEXT},
    }
    claim["required"] += ["state", "state-wording", "entry", "paragraphs"]
    definitions["Source"] = _object(
        {
            "key": TEXT, "number": TEXT_OR_NULL, "short": TEXT, "text": TEXT,
            "url": URI, "doi": TEXT, "archived": URI, "entry": {"type": ["string", "null"], "format": "uri-reference"},
        },
        ("key", "number", "short", "text", "entry"),
    )  # fmt: skip
    properties = {
        "$schema": {"type": "string", "format": "uri-reference"},
        "version": {"const": CLAIMS_FORMAT},
        "title": TEXT, "publisher": {"type": "string"}, "licence": {"type": "string"}, "language": TEXT,
        "date": {"type": "string", "format": "date"}, "site": URI,
        "units": COUNT, "units-open": COUNT,
        **{_LISTS[name]: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}} for name in _LISTS},
        "sources": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Source"}},
        "claims": {"type": "array", "items": {"$ref": "#/$defs/Claim"}},
    }  # fmt: skip
    optional = {"$schema", "site"}
    schema: dict[str, object] = {
        "$schema": DIALECT,
        **({"$id": address} if address else {}),
        "title": "The claims of a book with their findings, evidence, sources and review states",
        **_object(properties, [name for name in properties if name not in optional]),
        "$defs": definitions,
    }
    return _text(schema)


def _object(properties: Mapping[str, object], required: Iterable[str]) -> dict[str, object]:
    asked = list(required) or list(properties)
    return {"type": "object", "properties": dict(properties), "required": asked, "additionalProperties": False}


TEXT = {"type": "string"}
TEXT_OR_NULL = {"type": ["string", "null"]}
URI = {"type": "string", "format": "uri"}
COUNT = {"type": "integer", "minimum": 0}
#: definitions of words, each with the name of the word
_WORDS = {"VerdictWord": "verdict", "StateWord": "state", "ConsultedWord": "consulted"}
_LISTS = {"VerdictWord": "verdicts", "StateWord": "states", "ConsultedWord": "how-consulted"}


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
    if field.words:
        schema = {"anyOf": [schema, _reference(field.words, definitions)]}
    return {"type": "array", "items": schema} if field.many else schema
