"""Frozen records from a tree, by their declarations: nothing is dropped, every mistake has a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import is_dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from factpress.files.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from factpress.model.record_fields import RecordField, record_fields, record_title
from factpress.model.vocabulary import ReviewState
from factpress.problems import Problem, problem

Record = TypeVar("Record")

#: names under which people like to type a review state
REVIEW_STATE_KEYS = frozenset(
    (
        *("state", "status", "review", "review-state", "reviewed", "reviewed-by", "approved"),
        *("checked", "signed", "sign-off", "signed-off", "verified"),
    )
)


def read_record(record: type[Record], node: Node, problems: list[Problem], what: str = "") -> Record | None:
    """Return the record that a node holds; None, with problems added, if a part of it is wrong."""
    what = what or record_title(record)
    if not isinstance(node, MappingNode):
        problems.append(_shape(node, what, "fields with values"))
        return None
    fields, before, values = record_fields(record), len(problems), {}
    for key, value in node.entries:
        if key.text in fields:
            values[fields[key.text].name] = _value(fields[key.text], value, problems)
        elif key.text.lower().replace("_", "-") in REVIEW_STATE_KEYS:
            problems.append(problem("typed-state", key.where, what=key.text))
        else:
            near = did_you_mean(key.text.replace("_", "-"), fields)
            problems.append(problem("unknown-field", key.where, record=what, field=key.text, near=near))
    for field in fields.values():
        if not field.optional and field.name not in values:
            problems.append(problem("missing-field", node.where, record=what, field=field.key))
    return None if len(problems) > before else record(**values | {"where": node.where})


def read_list(record: type[Record], node: Node | None, problems: list[Problem]) -> tuple[Record, ...]:
    """Return the sound records of a list; a file with nothing in it is an empty list."""
    if node is None or (isinstance(node, ScalarNode) and node.is_empty):
        return ()
    if not isinstance(node, SequenceNode):
        problems.append(_shape(node, "The file", "a list, each item with a dash"))
        return ()
    read = [read_record(record, item, problems) for item in node.items]
    return tuple(entry for entry in read if entry is not None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean WORD?` with the most similar known word, empty if none is similar."""
    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _value(field: RecordField, node: Node, problems: list[Problem]) -> object:
    if isinstance(node, ScalarNode) and node.is_empty:
        problems.append(problem("empty-value", node.where, what=field.key))
        return None
    if not field.many:
        return _one(field, node, problems)
    if not isinstance(node, SequenceNode):
        problems.append(_shape(node, field.key, "a list, as in [one, two]"))
        return None
    return tuple(_one(field, item, problems) for item in node.items)


def _one(field: RecordField, node: Node, problems: list[Problem]) -> object:
    if field.words and isinstance(node, ScalarNode):
        field = field.of_kind(field.words)
    if is_dataclass(field.kind):
        return read_record(field.kind, node, problems, field.key)
    if not isinstance(node, ScalarNode):
        problems.append(_shape(node, field.key, "text"))
        return None
    text = node.text.strip()
    if not text:
        problems.append(problem("empty-value", node.where, what=field.key))
    if not issubclass(field.kind, StrEnum):
        return text
    words = [str(word) for word in field.kind]
    if text in words:
        return field.kind(text)
    if text.replace("_", "-") in set(ReviewState):
        problems.append(problem("typed-state", node.where, what=f"{field.key}: {text}"))
    else:
        near = did_you_mean(text.lower().replace("_", "-").replace(" ", "-"), words)
        problems.append(
            problem("unknown-word", node.where, word=text, field=field.key, allowed=", ".join(words), near=near)
        )
    return None


def _shape(node: Node, what: str, expected: str) -> Problem:
    found = {ScalarNode: "text", SequenceNode: "a list", MappingNode: "fields with values"}[type(node)]
    return problem("record-shape", node.where, what=what, expected=expected, found=found)
