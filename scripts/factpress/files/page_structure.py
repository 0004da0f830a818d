"""How the blocks of a page follow each other: levels of headings, lines that part sections, the head of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from factpress.model.place import Place
from factpress.problems import Problem, problem


def heading_problems(tokens: Sequence[Token], file: str) -> Iterator[Problem]:
    """Yield headings that leave out a level: no list of contents and no screen reader can follow them."""
    above = 0
    for token in tokens:
        if token.type == "heading_open" and not token.level:
            level = int(token.tag[1])
            if level > above + 1:
                where = Place(file, (token.map or [0])[0] + 1)
                yield problem("heading-level", where, level=level, above=f"one of level {above}" if above else "none")
            above = level


def line_problems(tokens: Sequence[Token], file: str) -> Iterator[Problem]:
    """Yield lines `---` between sections that part nothing: after a heading, after another, at the end of the page."""
    blocks = [token for token in tokens if not token.level and token.nesting >= 0]
    blocks = [token for token in blocks if not token.type.startswith(_UNSEEN)]
    for at, token in enumerate(blocks):
        if token.type != "hr":
            continue
        before = blocks[at - 1] if at else None
        if before is None or before.type == "heading_open":
            why = "at the beginning of a section"
        elif before.type == "hr":
            why = "after another"
        elif all(later.type == "hr" for later in blocks[at:]):
            why = "at the end of the page"
        else:
            continue
        yield problem("line-parts-nothing", Place(file, (token.map or [0])[0] + 1), why=why)


def place_id(name: str) -> str:
    """Return the id that Sphinx makes of the name of a place, or of the words of a heading."""
    from docutils.nodes import make_id

    return str(make_id(name))


def is_orphan(tokens: Sequence[Token]) -> bool:
    """Return whether the head of the page says that no list of contents has it."""
    head = tokens[0] if tokens else None
    return (
        head is not None
        and head.type == "front_matter"
        and bool(re.search(r"^orphan: *true", head.content, re.MULTILINE))
    )


#: tokens of which nothing is shown; footnotes are moved to the end of the page, behind everything
_UNSEEN = ("myst_line_comment", "myst_block_break", "footnote_", "front_matter")
