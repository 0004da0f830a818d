"""Comments of a YAML file: found beside the tree, and put back where they belong after writing."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from factpress.files.yaml.tree import Listing, Mapping, Node, Scalar


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, from its `#` to the end of the line."""

    text: str
    start: int  #: offset of its `#`
    alone: bool  #: whether the line holds nothing else
    blank_after: bool  #: whether an empty line follows


@dataclass(slots=True)
class Chunk:
    """Lines of output that belong to one field or item, and where these stood in the source."""

    lines: list[str]
    start: int  #: of the key or item
    item: int | None = None  #: of the item that these lines open
    block: bool = False  #: whether they end with a literal block, behind which nothing can stand
    gap: bool = False  #: whether an empty line goes before them
    comments: list[Comment] = field(default_factory=list)


def find_comments(text: str, tree: Node) -> list[Comment]:
    """Return every comment of a text whose tree is known: each `#` that no value contains."""
    spans = sorted(_spans(text, tree))
    starts = [start for start, _ in spans]
    found, offset = [], 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        for mark in re.finditer(r"(?:^|(?<=[ \t]))#", line):
            at = offset + mark.start()
            span = bisect_right(starts, at) - 1
            if span < 0 or at >= spans[span][1]:
                blank = number + 1 < len(lines) and not lines[number + 1].strip()
                alone = not line[: mark.start()].strip()
                found.append(Comment(line[mark.start() :].rstrip(), at, alone, blank))
                break
        offset += len(line)
    return found


def join(chunks: list[Chunk], comments: list[Comment]) -> str:
    """Return the text of all chunks, each with the comments that stood before or behind it."""
    items = {chunk.item: chunk for chunk in chunks if chunk.item is not None}
    before = {chunk.start: chunk for chunk in chunks} | items
    behind = {chunk.start: chunk for chunk in reversed(chunks)}
    openings, ends = sorted(before), sorted(behind)
    last: list[Comment] = []
    for comment in comments:
        at = bisect_right(openings, comment.start)
        if not comment.alone and (end := bisect_right(ends, comment.start)):
            behind[ends[end - 1]].comments.append(comment)
        elif at < len(openings):
            before[openings[at]].comments.append(comment)
        else:
            last.append(comment)
    lines = [line for chunk in chunks for line in _with_comments(chunk)]
    for n, comment in enumerate(last):
        lines += [comment.text, *([""] if comment.blank_after and n + 1 < len(last) else [])]
    return "\n".join(lines) + "\n"


def _with_comments(chunk: Chunk) -> list[str]:
    indent = re.match(r" *", chunk.lines[0])[0] if chunk.lines else ""  # type: ignore[index]  # always matches
    lines = [""] if chunk.gap else []
    behind: list[str] = []
    for comment in chunk.comments:
        if comment.alone or chunk.block or behind:
            lines += [indent + comment.text, *([""] if comment.alone and comment.blank_after else [])]
        else:
            behind.append(comment.text)
    return [*lines, *chunk.lines[:-1], "  ".join([chunk.lines[-1], *behind])]


def _spans(text: str, node: Node) -> list[tuple[int, int]]:
    if isinstance(node, Listing):
        return [span for item in node.items for span in _spans(text, item)]
    if isinstance(node, Mapping):
        return [span for pair in node.entries for part in pair for span in _spans(text, part)]
    assert isinstance(node, Scalar)
    start = node.start
    if text[start : start + 1] in ("|", ">") and not node.plain:
        # the first line of a block is no part of its value and may end with a comment
        start = text.find("\n", start) + 1 or len(text)
    return [(start, node.end)] if start < node.end else []
