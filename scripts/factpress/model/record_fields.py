"""The fields of a record as its declaration has them: the one place that knows the files' format."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Declared:
    """One field of a record."""

    name: str  #: in Python
    key: str  #: in the file
    kind: type  #: str, a StrEnum or a record
    many: bool  #: whether it is a list of `kind`
    optional: bool


def declared(record: type) -> dict[str, Declared]:
    """Return a record's fields by their key, in the order of the file."""
    key: Any = record  # type checkers do not take every type for hashable
    return _declared(key)


@cache
def _declared(record: type) -> dict[str, Declared]:
    hints = get_type_hints(record)
    found = (_declare(f, hints[f.name]) for f in fields(record) if f.name != "where")
    return {one.key: one for one in found}


def in_words(record: type) -> str:
    """Return a record's name as a reader says it: `proposed by`."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in record.__name__).strip()


def _declare(field: Field[Any], hint: Any) -> Declared:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    many = get_origin(hint) is tuple
    kind = get_args(hint)[0] if many else hint
    optional = field.default is not MISSING or field.default_factory is not MISSING
    return Declared(field.name, field.name.replace("_", "-"), kind, many, optional)
