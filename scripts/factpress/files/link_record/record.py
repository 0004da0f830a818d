"""The record of a link as JSON text, and back, by its declaration: every value is checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from factpress.model.dates import parse_day
from factpress.model.links.state import LinkRecord
from factpress.model.record_fields import RecordField, record_fields

#: fields of a record as they stand in the file, line by line
FIELD_LINES = (
    ("url", "kind"),
    ("state", "since", "last-ok", "last-checked", "strikes"),
    ("http", "final-url", "moved-since", "etag", "title", "text-sha256"),
    ("quotes",),
    ("archive",),
    ("why", "checker", "sum"),
)
#: fields that every record has in the file, whatever their value
REQUIRED = ("url", "kind", "state", "since", "last-checked", "checker")

Record = TypeVar("Record")


class InvalidRecordError(ValueError):
    """The data are not a record; the message says why, in a few words."""


class HandEditedError(InvalidRecordError):
    """The record was changed after the tool wrote it."""


def record_text(record: LinkRecord) -> str:
    """Return the record as an object of several lines, the same text for the same record."""
    data = record_data(record)
    data["sum"] = checksum(data)
    lines = ([f"{_json(name)}:{_json(data[name])}" for name in names if name in data] for names in FIELD_LINES)
    return "{" + ",\n ".join(",".join(fields) for fields in lines if fields) + "}"


def record_data(record: LinkRecord) -> dict[str, Any]:
    """Return the record as plain data, by field, without empty values."""
    data = _as_data(record)
    return {name: value for name, value in data.items() if name in REQUIRED or value not in (None, "", [], {})}


def checksum(data: Mapping[str, Any]) -> str:
    """Return what a record's field `sum` must be, 16 hexadecimal digits: it shows edits by hand."""
    summed = {name: value for name, value in data.items() if name != "sum"}
    return hashlib.sha256(_json(summed, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def parse_record(data: object) -> LinkRecord:
    """Return the record that plain data holds.

    Raises:
        BadRecordError: a field is missing, not known, or has a value that it cannot have.
        HandEditedError: the record is well formed, and its sum is that of another.
    """
    if not isinstance(data, dict):
        raise InvalidRecordError("it is not an object")
    if missing := next((name for name in (*REQUIRED, "sum") if name not in data), None):
        raise InvalidRecordError(f"{missing} is missing")
    record = _parse(LinkRecord, {name: value for name, value in data.items() if name != "sum"})
    if data["sum"] != checksum(data):
        raise HandEditedError("its sum is that of another record")
    return record


def _as_data(value: Any) -> Any:
    if is_dataclass(value):
        fields = record_fields(type(value)).values()
        return {field.key: _as_data(getattr(value, field.name)) for field in fields}
    if isinstance(value, Mapping):
        return {key: _as_data(item) for key, item in sorted(value.items())}
    if isinstance(value, tuple):
        return [_as_data(item) for item in value]
    # half a character, from a page that lies about its encoding, cannot be written
    return str(value).encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _parse(record: type[Record], data: object, name: str = "it") -> Record:
    if not isinstance(data, dict):
        raise InvalidRecordError(f"{name} is not an object")
    fields = record_fields(record)
    for key in data:
        if key not in fields:
            raise InvalidRecordError(f"{name} has no field {key!r}")
    for field in fields.values():
        if not field.optional and field.key not in data:
            raise InvalidRecordError(f"{field.key} is missing")
    return record(**{fields[key].name: _value(record, fields[key], value) for key, value in data.items()})


def _value(record: type, field: RecordField, value: object) -> object:
    if not field.many:
        return _one(field.kind, _limit(record, field.name), value, field.key)
    if not isinstance(value, list):
        raise InvalidRecordError(f"{field.key} is not a list")
    return tuple(_one(field.kind, _limit(record, field.name), one, field.key) for one in value)


def _one(kind: Any, limit: str, value: object, name: str) -> object:
    if isinstance(kind, type) and is_dataclass(kind):
        return _parse(kind, value, name)
    if get_origin(kind) is Mapping:
        if not isinstance(value, dict):
            raise InvalidRecordError(f"{name} is not an object")
        words = get_args(kind)[1]
        return {_text(key, "filled", name): _one(words, "", item, name) for key, item in sorted(value.items())}
    if kind is int:
        # True is an integer for Python
        if not isinstance(value, int) or isinstance(value, bool) or (limit == "status" and not 100 <= value <= 599):
            raise InvalidRecordError(f"{name} is not a {limit or 'number'}")
        return value
    text = _text(value, limit, name)
    if not issubclass(kind, StrEnum):
        return text
    try:
        return kind(text)
    except ValueError:
        raise InvalidRecordError(f"{name} is {text!r}, which is not a word for it") from None


def _text(value: object, limit: str, name: str) -> str:
    if not isinstance(value, str):
        raise InvalidRecordError(f"{name} is not text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidRecordError(f"{name} holds half a character")
    if limit == "filled" and not value:
        raise InvalidRecordError(f"{name} is empty")
    if limit == "day" and value and parse_day(value) is None:
        raise InvalidRecordError(f"{name} is not a date")
    return value


@cache
def _limits(record: type) -> dict[str, str]:
    return {name: _annotated(hint) for name, hint in get_type_hints(record, include_extras=True).items()}


def _limit(record: Any, name: str) -> str:
    return _limits(record)[name]


def _annotated(hint: Any) -> str:
    if get_origin(hint) is Annotated:
        return str(hint.__metadata__[0])
    return next(filter(None, map(_annotated, get_args(hint))), "")


def _json(value: object, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))
