"""An article as it was read, whatever file it came in: blocks in their order, and what was left out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"
    CELL = "cell"
    CAPTION = "caption"
    NOTE = "note"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class ArticleBlock:
    """A heading, paragraph, list item, quotation, table cell, caption, note or piece of code."""

    kind: BlockKind
    text: str  #: white space folded, but for code
    level: int = 1  #: of a heading, from 1; of a list item, how deep its list stands
    line: int = 0  #: in a text file, from 1; 0 where the file has no lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was read of an article's file."""

    blocks: tuple[ArticleBlock, ...]
    title: str = ""
    language: str = ""  #: as the file says, a code of BCP 47; empty where it says nothing
    left_out: tuple[str, ...] = ()  #: sentences about what was not taken, for the person who imports
    notices: tuple[str, ...] = field(default=())  #: what metadata say about AI, such as `ai-content-declaration`

    @property
    def words(self) -> int:
        """Return the count of words, parted by white space."""
        return sum(len(block.text.split()) for block in self.blocks)


def folded(text: str) -> str:
    """Return a text with each run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def blocks_of(pairs: Iterable[tuple[str, str, int, int]]) -> tuple[ArticleBlock, ...]:
    """Return blocks of plain values (kind, text, level, line), without those that hold no text."""
    blocks = (
        ArticleBlock(BlockKind(kind), text if kind == BlockKind.CODE else folded(text), level, line)
        for kind, text, level, line in pairs
    )
    return tuple(block for block in blocks if block.text.strip())
