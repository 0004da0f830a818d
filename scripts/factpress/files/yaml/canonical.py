"""Reads YAML in the form that `factpress format` writes, many times as fast as a parser of all YAML.

What it is not sure of it does not read: block scalars, comments, escapes, anchors, tags, tabs, lines with spaces at
their end, keys that are no plain words. The tree of what it does read is that of `files.yaml.tree`, to the offset.
"""

from __future__ import annotations

import re

from factpress.files.yaml.nodes import DEEPEST_NESTING, MappingNode, Node, ScalarNode, SequenceNode
from factpress.model.place import Place

#: signs of which not one may stand in the file: tabs, other line ends, and what YAML 1.2 does not print
_STRANGE = re.compile(r"[^\n\x20-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\U00010000-\U0010FFFF]")
#: an end of line behind spaces, a line that begins or ends a document or gives a directive
_STRANGE_LINE = re.compile(r"[ ]$|^(?:---|\.\.\.|%)", re.MULTILINE)
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,60}):(?: +|$)")
_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<]")
_NOT_PLAIN = re.compile(r":(?: |$)| #")
_FLOW_SCALAR = re.compile(r"\"[^\"\\]*\"|[^\W_](?:[\w .'’()/+–—&;!-]*[\w.'’()/+–—&;!-])?")
_FLOW_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,60}): +")


class _Other(Exception):
    """The text is, or may be, of another form."""


def parse_canonical(text: str, file: str) -> Node | None:
    """Return the tree of a text in canonical form, None if it is, or may be, anything else, a mistake included."""
    if _STRANGE.search(text) or _STRANGE_LINE.search(text) or not text.strip() or not text.endswith("\n"):
        return None
    try:
        return _Reader(text, file).read()
    except _Other:
        return None


class _Reader:
    """Reads the lines of one file."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.length = len(text)
        self.lines: list[tuple[int, int, str]] = []  #: number, offset and text of each line that is not empty
        offset = 0
        for number, line in enumerate(text.split("\n")):
            if line:
                self.lines.append((number, offset, line))
            offset += len(line) + 1
        self.at = 0  #: index of the line that is read next

    def read(self) -> Node:
        node = self._block(0, 0, 0)
        if self.at < len(self.lines):
            raise _Other
        return node

    def _place(self, number: int, column: int) -> Place:
        return Place(self.file, number + 1, column + 1)

    def _end(self) -> int:
        """Return where a collection ends that the next line does not continue: at that line's first sign."""
        if self.at == len(self.lines):
            return self.length
        _, offset, line = self.lines[self.at]
        return offset + _indent(line)

    def _block(self, column: int, depth: int, least: int) -> Node:
        """Read a collection that begins at a column of the next line, whose indentation is at least `least`."""
        if depth >= DEEPEST_NESTING or column < least:
            raise _Other
        line = self.lines[self.at][2]
        return self._sequence(column, depth) if line.startswith("- ", column) else self._mapping(column, depth)

    def _sequence(self, column: int, depth: int) -> Node:
        number, offset, _ = self.lines[self.at]
        start, where = offset + column, self._place(number, column)
        items: list[Node] = []
        first = True
        while self.at < len(self.lines):
            _, _, line = self.lines[self.at]
            if not first and (indent := _indent(line)) != column:
                if indent > column:
                    raise _Other
                break
            if not line.startswith("- ", column):
                if first or line.startswith("-", column):
                    raise _Other
                break
            first = False
            inner = column + 2
            if line.startswith(" ", inner):
                raise _Other
            if _KEY.match(line, inner) or line.startswith("- ", inner):
                items.append(self._block(inner, depth + 1, inner))
            else:
                items.append(self._value(inner, column, depth + 1))
        return SequenceNode(tuple(items), where, start, self._end())

    def _mapping(self, column: int, depth: int) -> Node:
        number, offset, _ = self.lines[self.at]
        start, where = offset + column, self._place(number, column)
        entries: list[tuple[ScalarNode, Node]] = []
        known: set[str] = set()
        first = True
        while self.at < len(self.lines):
            number, offset, line = self.lines[self.at]
            if not first and (indent := _indent(line)) != column:
                if indent > column:
                    raise _Other
                break
            match = _KEY.match(line, column)
            if match is None:
                # a sequence may stand at the column of its key, but not in canonical form
                raise _Other
            first = False
            name = match[1]
            if name in known:
                raise _Other
            known.add(name)
            key = ScalarNode(
                name, self._place(number, column), offset + column, offset + column + len(name), plain=True
            )
            if match.end() < len(line):
                entries.append((key, self._value(match.end(), column, depth + 1)))
                continue
            self.at += 1
            if self.at == len(self.lines):
                raise _Other  # a value that is not there
            entries.append((key, self._block(_indent(self.lines[self.at][2]), depth + 1, column + 1)))
        return MappingNode(tuple(entries), where, start, self._end())

    def _value(self, column: int, parent: int, depth: int) -> Node:
        """Read a value that begins in the middle of the next line, below a block at the column `parent`."""
        if depth >= DEEPEST_NESTING:
            raise _Other
        number, offset, line = self.lines[self.at]
        self.at += 1
        where, start = self._place(number, column), offset + column
        sign = line[column]
        if sign == '"':
            return self._quoted(line, column, parent)
        if sign in "[{":
            node, end = self._flow(line, column, number, offset, depth)
            if end != len(line):
                raise _Other
            self._stop(parent)
            return node
        if not _PLAIN_START.match(line, column) or _NOT_PLAIN.search(line, column):
            raise _Other
        parts, end = [line[column:]], offset + len(line)
        while self.at < len(self.lines):
            following, offset, line = self.lines[self.at]
            indent = _indent(line)
            if indent <= parent:
                break
            if following != number + 1 or line[indent] == "#" or _NOT_PLAIN.search(line, indent):
                raise _Other
            number = following
            parts.append(line[indent:])
            end = offset + len(line)
            self.at += 1
        return ScalarNode(" ".join(parts), where, start, end, plain=True)

    def _quoted(self, line: str, column: int, parent: int) -> Node:
        """Read a text in double quotation marks, without escapes, over one line or several."""
        number, offset, _ = self.lines[self.at - 1]
        where, start = self._place(number, column), offset + column
        parts = [line[column + 1 :]]
        while '"' not in parts[-1]:
            if self.at == len(self.lines):
                raise _Other
            following, offset, line = self.lines[self.at]
            if following != number + 1 or _indent(line) <= parent:
                raise _Other
            number = following
            parts.append(line.lstrip(" "))
            self.at += 1
        text = " ".join(parts)
        if not text.endswith('"') or text.count('"') != 1 or "\\" in text:
            raise _Other
        self._stop(parent)
        return ScalarNode(text[:-1], where, start, offset + len(line))

    def _stop(self, parent: int) -> None:
        """Refuse a line that would continue a value which is complete."""
        if self.at < len(self.lines) and _indent(self.lines[self.at][2]) > parent:
            raise _Other

    def _flow(self, line: str, column: int, number: int, offset: int, depth: int) -> tuple[Node, int]:
        """Return a sequence or mapping in brackets, on one line, of texts alone; and where it ends in the line."""
        if depth + 1 >= DEEPEST_NESTING:
            raise _Other
        closing = "]" if line[column] == "[" else "}"
        items: list[Node] = []
        entries: list[tuple[ScalarNode, Node]] = []
        at = column + 1
        while not line.startswith(closing, at):
            if items or entries:
                if not line.startswith(", ", at):
                    raise _Other
                at += 2
            key = None
            if closing == "}":
                match = _FLOW_KEY.match(line, at)
                if match is None or any(match[1] == other.text for other, _ in entries):
                    raise _Other
                key = self._flow_scalar(match[1], at, at + len(match[1]), number, offset)
                at = match.end()
            found = _FLOW_SCALAR.match(line, at)
            if found is None or line[found.end() : found.end() + 1] not in (",", closing):
                raise _Other
            value = self._flow_scalar(found[0], at, found.end(), number, offset)
            at = found.end()
            if key:
                entries.append((key, value))
            else:
                items.append(value)
        where, start, end = self._place(number, column), offset + column, offset + at + 1
        if closing == "]":
            return SequenceNode(tuple(items), where, start, end), at + 1
        return MappingNode(tuple(entries), where, start, end), at + 1

    def _flow_scalar(self, written: str, start: int, end: int, number: int, offset: int) -> ScalarNode:
        plain = not written.startswith('"')
        text = written if plain else written[1:-1]
        return ScalarNode(text, self._place(number, start), offset + start, offset + end, plain=plain)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
