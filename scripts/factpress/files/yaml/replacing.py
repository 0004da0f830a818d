"""Replaces one record of a file that holds a list: order, comments and all other records stay."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

from factpress.files.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from factpress.files.yaml.records import read_list
from factpress.files.yaml.tree import parse_yaml
from factpress.files.yaml.writer import render_tree
from factpress.model.claim import NOWHERE
from factpress.model.record_fields import RecordField, record_fields
from factpress.problems import FileError, Problem

#: fields by which an item of an inner list is recognised although others of its fields changed
_KNOWN_BY = (("source", "quote"), ("source", "locator"))


def replace_record(text: str, file: str, record: Any) -> str:
    """Return a file's text with the record that has the same id replaced, in the file's one form.

    Raises:
        FileError: the text cannot be read, or has no such record, or the result would not be read as was meant.
    """
    tree, problems = parse_yaml(text, file)
    if not isinstance(tree, SequenceNode) or problems:
        raise _not_written(file, problems)
    kind, found = type(record), [n for n, item in enumerate(tree.items) if _text(item, "id") == record.id]
    if not found:
        raise FileError(f"{file} has no {record.id} any more.", "Nothing was written.")
    items = list(tree.items)
    old = items[found[0]]
    assert isinstance(old, MappingNode)
    items[found[0]] = _mapping(old, record, old.start)
    changed = SequenceNode(tuple(items), tree.where, tree.start, tree.end)
    written = render_tree(changed, kind, text, tree)
    again, problems = parse_yaml(written, file)
    before, after = read_list(kind, tree, problems), read_list(kind, again, problems)
    if problems or after != tuple(record if r.id == record.id else r for r in before):
        raise _not_written(file, problems)
    return written


def render_record(record: Any) -> str:
    """Return one record as the only item of a list, in the form of the files."""
    node = _mapping(None, record, 0)
    return render_tree(SequenceNode((node,), NOWHERE, 0, 1), type(record))


def _not_written(file: str, problems: list[Problem]) -> FileError:
    why = f": {problems[0]}" if problems else ""
    return FileError(f"{file} cannot be changed{why}.", "Nothing was written. Correct the file first: factpress check")


def _mapping(old: Node | None, record: Any, at: int) -> MappingNode:
    """Return a record as a node, with the nodes of the old one where nothing changed, which place the comments."""
    entries = old.entries if isinstance(old, MappingNode) else ()
    olds = {key.text: (key, value) for key, value in entries}
    new: list[tuple[ScalarNode, Node]] = []
    for name, field in record_fields(type(record)).items():
        value = getattr(record, field.name)
        if value is not None and value != ():
            # a new field is placed inside the value before it, where no comment can begin
            key, before = olds.get(name, (ScalarNode(name, NOWHERE, at, at, plain=True), None))
            node = _value(before, value, field, key.start)
            new.append((key, node))
            at = max(at, node.start)
    return MappingNode(tuple(new), NOWHERE, old.start if old else at, old.end if old else at)


def _value(old: Node | None, value: Any, field: RecordField, at: int) -> Node:
    if field.many:
        return _sequence(old, value, at)
    if is_dataclass(field.kind):
        return _mapping(old, value, old.start if old else at)
    if isinstance(old, ScalarNode) and old.text.strip() == str(value):
        return old
    return ScalarNode(str(value), NOWHERE, old.start if old else at, old.end if old else at)


def _sequence(old: Node | None, values: tuple[Any, ...], at: int) -> SequenceNode:
    left = list(old.items) if isinstance(old, SequenceNode) else []
    items: list[Node] = []
    for value in values:
        before = _taken(left, value)
        start = before.start if before else at
        if is_dataclass(value):
            items.append(_mapping(before, value, start))
        else:
            items.append(ScalarNode(str(value), NOWHERE, start, before.end if before else start))
        at = max(at, items[-1].start)
    return SequenceNode(tuple(items), NOWHERE, old.start if old else at, old.end if old else at)


def _taken(left: list[Node], value: Any) -> Node | None:
    """Return the old item that a value is, and take it from the list; None for a new one."""
    if is_dataclass(value):
        for names in _KNOWN_BY:
            for item in left:
                if all(_text(item, name) == (getattr(value, name, None) or "") for name in names):
                    left.remove(item)
                    return item
        return None
    found = next((item for item in left if isinstance(item, ScalarNode) and item.text.strip() == str(value)), None)
    if found:
        left.remove(found)
    return found


def _text(node: Node, name: str) -> str:
    """Return the text of a field of a mapping, empty where it has none."""
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            if key.text == name and isinstance(value, ScalarNode):
                return value.text.strip()
    return ""
