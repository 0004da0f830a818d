"""Reads plain text: paragraphs by blank lines or one a line, list items and headings by how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from factpress.importer.document import BlockKind, Document, blocks_of

ITEM = re.compile(r"(\s*)(?:[-*+•–‣◦·]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)")
LONGEST_HEADING = 90  #: characters
_ENDS_SENTENCE = re.compile(r"[.!?:;,…。！？؟।][”’\"'»）)\]]*$")
_UNDERLINE = re.compile(r"\s*([=\-~*_#])\1{2,}\s*")
#: characters on a line, at which a paragraph that is broken by hand goes on with the next
_WRAPPED_AT = range(50, 101)


def read_plain_text(text: str) -> Document:
    """Return the document that a text is; the first heading before any paragraph is its title."""
    lines = text.split("\n")
    blocks = blocks_of(_blocks(list(_paragraphs(lines))))
    first = blocks[0] if blocks else None
    if first and first.kind is BlockKind.HEADING:
        return Document(blocks=blocks[1:], title=first.text)
    return Document(blocks=blocks)


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs with the number of their first line.

    Where lines are broken by hand, a paragraph ends at a blank line; else each line is one.
    """
    wrapped = _is_wrapped(lines)
    start, held = 0, list[str]()
    for number, line in enumerate([*lines, ""], 1):
        if not line.strip() or _UNDERLINE.fullmatch(line):
            if held:
                yield start, " ".join(held)
            held = []
        elif held and wrapped and not ITEM.match(line):
            held.append(line.strip())
        else:
            if held:
                yield start, " ".join(held)
            start, held = number, [line.rstrip()]


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether paragraphs run over several lines: most lines that another follows are of one width."""
    inner = [len(a.rstrip()) for a, b in pairwise(lines) if a.strip() and b.strip() and not ITEM.match(b)]
    if len(inner) < 3 or not any(not line.strip() for line in lines):
        return False
    return median(inner) in _WRAPPED_AT and max(inner) <= _WRAPPED_AT[-1] + 20


def _blocks(paragraphs: list[tuple[int, str]]) -> Iterator[tuple[str, str, int, int]]:
    indents: list[int] = []
    for place, (line, text) in enumerate(paragraphs):
        after = paragraphs[place + 1][1] if place + 1 < len(paragraphs) else ""
        if mark := ITEM.match(text):
            indent = len(mark[1].expandtabs(4))
            indents = [*(width for width in indents if width < indent), indent]
            yield BlockKind.ITEM, text[mark.end() :], len(indents), line
            continue
        indents = []
        if text.lstrip().startswith(">"):
            yield BlockKind.QUOTATION, re.sub(r"(?:^|\s)>\s?", " ", text), 1, line
        elif _is_heading(text.strip(), after):
            yield BlockKind.HEADING, text, 1, line
        else:
            yield BlockKind.PARAGRAPH, text, 1, line


def _is_heading(text: str, after: str) -> bool:
    """Return whether a short line that does not end as a sentence does stands over a longer text."""
    if not after or len(text) > LONGEST_HEADING or _ENDS_SENTENCE.search(text) or not any(c.isalpha() for c in text):
        return False
    return len(after) > len(text) or not _ENDS_SENTENCE.search(after)
