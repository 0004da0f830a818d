"""Reads Markdown: its blocks as markdown-it sees them, links and emphasis as their words, HTML and front matter out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factpress.importer.document import BlockKind, Document, blocks_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---\n(?P<fields>.*?)\n(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|lang|language)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
#: what only Markdown has; a text without any of it is plain
_MARKUP = re.compile(
    r"^#{1,6}\s+\S|^\s*```|^\s*>\s|!?\[[^\]\n]+\]\([^)\n]+\)|\*\*[^*\n]+\*\*|(?<!\w)__[^_\n]+__(?!\w)|^\|.+\|\s*$",
    re.MULTILINE,
)


def is_markdown(text: str) -> bool:
    """Return whether a text has markup of Markdown at two places, or a heading of it."""
    return bool(re.search(r"^#{1,6}\s+\S", text, re.MULTILINE)) or len(_MARKUP.findall(text)) > 1


def read_markdown(text: str) -> Document:
    """Return the document that a Markdown text is; a first heading of level 1 is its title."""
    from markdown_it import MarkdownIt

    fields: dict[str, str] = {}
    offset = 0
    if front := _FRONT_MATTER.match(text):
        fields = dict(_FIELD.findall(front["fields"]))
        offset = front[0].count("\n")
        text = text[front.end() :]
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    left_out: dict[str, int] = {}
    blocks = blocks_of(_blocks(parser.parse(text), offset, left_out))
    title = fields.get("title", "")
    if not title and blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        title, blocks = blocks[0].text, blocks[1:]
    elif title and blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].text == title:
        blocks = blocks[1:]
    return Document(
        blocks=blocks,
        title=title,
        language=fields.get("lang") or fields.get("language", ""),
        left_out=tuple(f"{count} × {what}" for what, count in left_out.items()),
    )


def _blocks(tokens: Sequence[Token], offset: int, left_out: dict[str, int]) -> Iterator[tuple[str, str, int, int]]:
    around: list[str] = []  # of the blocks that are open
    line = 0
    for token in tokens:
        line = token.map[0] + 1 + offset if token.map else line
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            yield (*_kind(around, _words(token, left_out)), line)
        elif token.type in ("fence", "code_block"):
            yield BlockKind.CODE, token.content.rstrip("\n"), 1, line
        elif token.type == "html_block":
            left_out["block of HTML"] = left_out.get("block of HTML", 0) + 1


def _kind(around: Sequence[str], text: str) -> tuple[str, str, int]:
    if around and re.fullmatch(r"h[1-6]", around[-1]):
        return BlockKind.HEADING, text, int(around[-1][1])
    if "td" in around or "th" in around:
        return BlockKind.CELL, text, 1
    if "li" in around:
        return BlockKind.ITEM, text, sum(tag in ("ul", "ol") for tag in around)
    if "blockquote" in around:
        return BlockKind.QUOTATION, text, 1
    return BlockKind.PARAGRAPH, text, 1


def _words(token: Token, left_out: dict[str, int]) -> str:
    words = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type in ("image", "html_inline"):
            name = "picture" if child.type == "image" else "tag of HTML"
            left_out[name] = left_out.get(name, 0) + 1
    return "".join(words)
