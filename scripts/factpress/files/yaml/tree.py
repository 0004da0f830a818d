"""A YAML file as a tree of text with places; every mistake is a problem (DESIGN §3).

The tree is built from the parser's events, so nothing is ever constructed, resolved or expanded:
a plain `on`, `1953` or `2026-11-23` is text, and an alias is refused where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from factpress.files.text import read_text, relative_name, wrong_characters
from factpress.files.yaml.canonical import parse_canonical
from factpress.files.yaml.nodes import DEEPEST_NESTING, MappingNode, Node, ScalarNode, SequenceNode
from factpress.model.place import Place
from factpress.problems import Problem, problem


def read_tree(path: Path, root: Path) -> tuple[Node | None, list[Problem]]:
    """Return the file's tree, None with the problem if it cannot be read."""
    text, problems = read_text(path, root)
    if text is None or any(parse_problems.code == "character-forbidden" for parse_problems in problems):
        return None, problems
    tree, parse_problems = parse_yaml(text, relative_name(path, root))
    return tree, problems + parse_problems


def parse_yaml(text: str, file: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Return the tree of a text, None with the first problem if it is not the YAML of a book.

    `first_line` is the line of the file on which the text begins; offsets are those in the text.
    """
    if first_line == 1 and (quickly := parse_canonical(text, file)):
        return quickly, []
    try:
        builder = _Builder(file, text, first_line)
        return builder.build(YAML(typ="safe", pure=True).parse(text)), builder.problems
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

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.text = text
        self.problems: list[Problem] = []
        self.documents = 0
        self.stack: list[tuple[events.Event, list[Node]]] = []
        self.tree: Node | None = None

    def build(self, stream: Iterator[events.Event]) -> Node:
        for event in stream:
            self._take(event)
        return self.tree or ScalarNode("", Place(self.file, self.first_line), 0, 0, plain=True)

    def _take(self, event: events.Event) -> None:
        where = Place(self.file, event.start_mark.line + self.first_line, event.start_mark.column + 1)
        if isinstance(event, events.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Refused(problem("yaml-documents", where))
        elif isinstance(event, events.NodeEvent):
            self._refuse_references(event, where)
            if isinstance(event, events.ScalarEvent):
                plain = event.style in (None, "")
                ends = event.start_mark.index, event.end_mark.index
                if event.style == '"' and "\\" in self.text[slice(*ends)]:
                    self._refuse_escaped(event.value, where)
                self._add(ScalarNode(event.value, where, *ends, plain=plain))
            else:
                if len(self.stack) >= DEEPEST_NESTING:
                    raise _Refused(problem("yaml-deep", where, limit=DEEPEST_NESTING))
                self.stack.append((event, []))
        elif isinstance(event, events.CollectionEndEvent):
            opened, nodes = self.stack.pop()
            start = opened.start_mark
            place = Place(self.file, start.line + self.first_line, start.column + 1)
            ends = start.index, event.end_mark.index
            if isinstance(opened, events.SequenceStartEvent):
                self._add(SequenceNode(tuple(nodes), place, *ends))
            else:
                self._add(MappingNode(self._entries(nodes), place, *ends))

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

    def _refuse_escaped(self, value: str, where: Place) -> None:
        """Note the wrong characters of a text that has escapes; what stands in the file itself was found before."""
        for found in wrong_characters(value, where):
            if found.code == "character-forbidden":
                raise _Refused(replace(found, where=where))
            self.problems.append(replace(found, where=where))

    def _entries(self, nodes: list[Node]) -> tuple[tuple[ScalarNode, Node], ...]:
        first: dict[str, ScalarNode] = {}
        entries = []
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, ScalarNode):
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
