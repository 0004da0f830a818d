"""Leaves out tags that say nothing: WeasyPrint 70 gives each piece of text, and each inline element, one of its own.

Three of four tags are such. What they mark belongs to the tag around them: less to read for those who listen, and a
third of the time and memory that the joining of a long book takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from factpress.press.tagging import FROM

SILENT = {"/Span", "/NonStruct"}
SAYS_NOTHING = {"Type", "S", "K", "Pg", "P", FROM}  #: what every tag has
#: tags whose kids are tags by the rules of PDF, whatever stands in them
OF_TAGS = {"/L", "/LI", "/Table", "/THead", "/TBody", "/TFoot", "/TR"}


@contextmanager
def plain_tags_left_out() -> Iterator[None]:
    """Write, in this block, marked text as kid of the block or link that it is in, without silent tags between."""
    from weasyprint.formatting_structure.boxes import InlineBox  # type: ignore[import-untyped]
    from weasyprint.pdf import tags  # type: ignore[import-untyped]

    original: Any = tags._build_box_tree
    blocks: set[tuple[int, int]] = set()  # tags of boxes that are no inline boxes: by their PDF and number

    def build(box: Any, parent: Any, pdf: Any, page: int, texts: dict[int, Any], *rest: Any) -> Iterator[Any]:
        for tag in original(box, parent, pdf, page, texts, *rest):
            if not isinstance(box, InlineBox):
                blocks.add((id(pdf), tag.number))
            if tag["S"] not in OF_TAGS:
                _take_over(tag, pdf, texts, blocks)
            yield tag

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original


def _take_over(tag: Any, pdf: Any, texts: dict[int, Any], blocks: set[tuple[int, int]]) -> None:
    """Put what silent tags hold in their place; `texts` are the tags of the page by their marks."""
    kids: list[Any] = []
    for kid in tag["K"]:
        child = None if isinstance(kid, int) else pdf.objects[int(kid.split()[0])]
        # an empty one is where a foot note is called
        if child is None or (id(pdf), child.number) in blocks or not _is_silent(child) or not child["K"]:
            kids.append(kid)
            continue
        child.free = "f"
        for held in child["K"]:
            if isinstance(held, int):
                texts[held] = tag.reference
            else:
                pdf.objects[int(held.split()[0])]["P"] = tag.reference
        kids += child["K"]
    tag["K"][:] = kids


def _is_silent(tag: Any) -> bool:
    return tag.get("S") in SILENT and tag.keys() <= SAYS_NOTHING
