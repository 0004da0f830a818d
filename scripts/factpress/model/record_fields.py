"""The fields of a record as its declaration has them: the one place that knows the files' format."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, dataclass, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

AFTER = "after"  #: metadata of a field: the name of the field that it follows in the file
NOT_STORED = "not-stored"  #: metadata of a field that no file holds


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a record."""

    name: str  #: in Python
    key: str  #: in the file
    kind: type  #: str, a StrEnum or a record
    many: bool  #: whether it is a list of `kind`
    optional: bool
    words: type[StrEnum] | None = None  #: words that may stand where else a record does

    def of_kind(self, kind: type) -> RecordField:
        """Return the same field with values of another kind."""
        return replace(self, kind=kind)


def record_fields(record: type) -> dict[str, RecordField]:
    """Return a record's fields by their key, in the order of the file."""
    key: Any = record  # type checkers do not take every type for hashable
    return _record_fields(key)


@cache
def _record_fields(record: type) -> dict[str, RecordField]:
    hints = get_type_hints(record)
    in_order: list[Field[Any]] = []
    for declared in fields(record):
        names = [known.name for known in in_order]
        # a subject adds fields to a record of the book; in the file they need not stand last
        after = names.index(declared.metadata[AFTER]) + 1 if AFTER in declared.metadata else len(names)
        in_order.insert(after, declared)
    stored = (_record_field(f, hints[f.name]) for f in in_order if f.name != "where" and NOT_STORED not in f.metadata)
    return {declared.key: declared for declared in stored}


def record_title(record: type) -> str:
    """Return a record's name as a reader says it, `proposed by`; a class may say it in `called`."""
    name: str = getattr(record, "called", record.__name__)
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _record_field(field: Field[Any], hint: Any) -> RecordField:
    words = None
    if get_origin(hint) in (Union, types.UnionType):
        hint, *rest = (part for part in get_args(hint) if part is not type(None))
        words = rest[0] if rest else None
    many = get_origin(hint) is tuple
    kind = get_args(hint)[0] if many else hint
    optional = field.default is not MISSING or field.default_factory is not MISSING
    return RecordField(field.name, field.name.replace("_", "-"), kind, many, optional, words)
