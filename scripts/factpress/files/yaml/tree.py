"""A YAML file as a tree of text with places; every mistake is a problem (DESIGN §3).

The tree is built from the parser's events, so nothing is ever constructed, resolved or expanded:
a plain `on`, `1953` or `2026-11-23` is text, and an alias is refused where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from factpress.files.inside import leaves
from factpress.model.place import Place
from factpress.problems import Problem, problem

DEEPEST = 20
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})  #: plain scalars that say "no value"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text."""

    text: str
    where: Place
    start: int  #: offset of its first character in the file
    end: int
    plain: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to read."""
        return not self.text.strip() or (self.plain and self.text in NOTHING)


@dataclass(frozen=True, slots=True)
class Listing:
    """Values in order."""

    items: tuple[Node, ...]
    where: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named values in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    where: Place
    start: int
    end: int


Node = Scalar | Listing | Mapping


def read_tree(path: Path, root: Path) -> tuple[Node | None, list[Problem]]:
    """Return the file's tree, None with the problem if it cannot be read."""
    text, problems = read_text(path, root)
    return (None, problems) if text is None else parse(text, name_of(path, root))


def read_text(path: Path, root: Path) -> tuple[str | None, list[Problem]]:
    """Return the file's text, None with the problem if it cannot be read or is not UTF-8."""
    file = name_of(path, root)
    if leaves(path, root):
        return None, [problem("link-out-of-book", Place(file), file=file)]
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [problem("not-readable", Place(file), file=file, why=(error.strerror or str(error)).lower())]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        where = Place(file, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        return None, [problem("not-utf8", where, byte=f"0x{data[error.start]:02X}", offset=error.start)]


def name_of(path: Path, root: Path) -> str:
    """Return a path as problems name it: relative to the book's root where it can be."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def parse(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """Return the tree of a text, None with the first problem if it is not the YAML of a book."""
    try:
        return _Builder(file).build(YAML(typ="safe", pure=True).parse(text)), []
    except _Refused as refused:
        return None, [refused.problem]
    except MarkedYAMLError as error:
        return None, [_syntax(error, text, file)]
    except (YAMLError, ValueError, OverflowError) as error:
        # characters that YAML forbids carry an offset instead of a mark; \UFFFFFFFF is a ValueError
        at = getattr(error, "position", None)
        where = _place(text, at, file) if isinstance(at, int) else Place(file, 1)
        return None, [problem("yaml-syntax", where, why=getattr(error, "reason", "a character that cannot be"))]


class _Refused(Exception):
    """Carries the problem that ends the reading."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


class _Builder:
    """Builds the tree without recursion, so that no depth of the input can exhaust the stack."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.documents = 0
        self.stack: list[tuple[events.Event, list[Node]]] = []
        self.tree: Node | None = None

    def build(self, stream: Iterator[events.Event]) -> Node:
        for event in stream:
            self._take(event)
        return self.tree or Scalar("", Place(self.file, 1), 0, 0, plain=True)

    def _take(self, event: events.Event) -> None:
        where = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, events.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Refused(problem("yaml-documents", where))
        elif isinstance(event, events.NodeEvent):
            self._refuse_references(event, where)
            if isinstance(event, events.ScalarEvent):
                plain = event.style in (None, "")
                ends = event.start_mark.index, event.end_mark.index
                self._add(Scalar(event.value, where, *ends, plain=plain))
            else:
                if len(self.stack) >= DEEPEST:
                    raise _Refused(problem("yaml-deep", where, limit=DEEPEST))
                self.stack.append((event, []))
        elif isinstance(event, events.CollectionEndEvent):
            opened, nodes = self.stack.pop()
            start = opened.start_mark
            place = Place(self.file, start.line + 1, start.column + 1)
            ends = start.index, event.end_mark.index
            if isinstance(opened, events.SequenceStartEvent):
                self._add(Listing(tuple(nodes), place, *ends))
            else:
                self._add(Mapping(self._entries(nodes), place, *ends))

    def _add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1][1].append(node)
        else:
            self.tree = node

    def _refuse_references(self, event: events.NodeEvent, where: Place) -> None:
        if event.anchor is not None:
            mark = "*" if isinstance(event, events.AliasEvent) else "&"
            raise _Refused(problem("yaml-anchor", where, mark=f"{mark}{event.anchor}"))
        if tag := getattr(event, "tag", None):
            raise _Refused(problem("yaml-tag", where, tag=tag))

    def _entries(self, nodes: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        first: dict[str, Scalar] = {}
        entries = []
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise _Refused(problem("yaml-key", key.where))
            if key.text in first:
                raise _Refused(problem("yaml-duplicate-key", key.where, key=key.text, line=first[key.text].where.line))
            first[key.text] = key
            entries.append((key, value))
        return tuple(entries)


def _syntax(error: MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    where = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1)
    lines = text.splitlines()
    line = lines[where.line - 1] if where.line <= len(lines) else ""
    if tab := re.match(r"[ \-]*\t", line):
        return problem("yaml-tab", Place(file, where.line, tab.end()))
    why = " ".join(str(part) for part in (error.context, error.problem) if part)
    return problem("yaml-syntax", where, why=" ".join(why.split()) or "it cannot be read")


def _place(text: str, offset: int, file: str) -> Place:
    before = text[:offset]
    return Place(file, before.count("\n") + 1, offset - before.rfind("\n"))
