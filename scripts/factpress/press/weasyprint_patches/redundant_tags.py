"""Leaves out tags that say nothing: WeasyPrint 70 gives each piece of text, and each inline element, one of its own.

More than half of all tags are such: more to read for those who listen, and much of the memory that joining a long
book takes.
What they mark belongs to the block around them. Only beside other tags, as links, the text between two is one tag:
readers that take a tag's own text before its kids would take it out of turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from factpress.press.tagged_pdf.structure import FROM

SILENT = {"/Span", "/NonStruct"}
SAYS_NOTHING = {"Type", "S", "K", "Pg", "P", FROM}  #: what every tag has
#: tags whose kids are tags by the rules of PDF, whatever stands in them
OF_TAGS = {"/L", "/LI", "/Table", "/THead", "/TBody", "/TFoot", "/TR"}

Mark = int  #: the number of a marked text on its page; other kids of a tag are references in bytes


@contextmanager
def plain_tags_left_out() -> Iterator[None]:
    """Write, in this block, marked text as kid of the block or link that it is in, without silent tags between."""
    from weasyprint.formatting_structure.boxes import InlineBox  # type: ignore[import-untyped]
    from weasyprint.pdf import tags  # type: ignore[import-untyped]

    original: Any = tags._build_box_tree
    blocks: set[tuple[int, int]] = set()  # tags of boxes that are no inline boxes: by their PDF and number

    def build(box: Any, parent: Any, pdf: Any, page: int, texts: dict[Mark, Any], *rest: Any) -> Iterator[Any]:
        for tag in original(box, parent, pdf, page, texts, *rest):
            if not isinstance(box, InlineBox):
                blocks.add((id(pdf), tag.number))
            if tag["S"] not in OF_TAGS:
                _Tag(tag, pdf, texts, blocks).take_over()
            yield tag

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original


class _Tag:
    """A tag that takes over what silent tags in it hold; `texts` are the tags of the page by their marks."""

    def __init__(self, tag: Any, pdf: Any, texts: dict[Mark, Any], blocks: set[tuple[int, int]]) -> None:
        self._tag, self._pdf, self._texts, self._blocks = tag, pdf, texts, blocks
        self._spare: list[Any] = []  # silent tags that hold nothing any more

    def take_over(self) -> None:
        kids = list(self._held(self._tag["K"]))
        if any(self._is_tag(kid) for kid in kids):
            kids = list(self._in_turn(kids))
        self._tag["K"][:] = kids

    def _held(self, kids: list[Any]) -> Iterator[Any]:
        for kid in kids:
            child = None if isinstance(kid, Mark) else self._object(kid)
            if child is None or not self._is_silent(child):
                yield kid
                continue
            child.free = "f"
            self._spare.append(child)
            for held in self._held(child["K"]):
                self._give(held, self._tag)
                yield held

    def _in_turn(self, kids: list[Any]) -> Iterator[Any]:
        """Yield the kids, with the marks between two tags in one silent tag."""
        for marks, run in groupby(kids, lambda kid: isinstance(kid, Mark)):
            if not marks or not self._spare:  # a link's own marks were never in a silent tag
                yield from run
                continue
            span = self._spare.pop(0)
            span.free, span["S"], span["P"] = "n", "/Span", self._tag.reference
            span["K"][:] = run
            for mark in span["K"]:
                self._give(mark, span)
            yield span.reference

    def _give(self, kid: Any, parent: Any) -> None:
        if isinstance(kid, Mark):
            self._texts[kid] = parent.reference
        else:
            self._object(kid)["P"] = parent.reference

    def _is_silent(self, child: Any) -> bool:
        # an empty one is where a foot note is called
        plain = child.get("S") in SILENT and child.keys() <= SAYS_NOTHING and child["K"]
        return bool(plain) and (id(self._pdf), child.number) not in self._blocks

    def _is_tag(self, kid: Any) -> bool:
        return not isinstance(kid, Mark) and bool(self._object(kid)["Type"] == "/StructElem")

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]
