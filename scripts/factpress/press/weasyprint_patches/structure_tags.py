"""What WeasyPrint 70 tags: which element of the page each structure element is of, and none that say nothing.

It gives each piece of text, and each inline element, a structure element of its own; more than half of all are such:
more to read for those who listen, and much of the memory that joining a long book takes. What they mark belongs to
the block around them. Only beside other structure elements, as links, the text between two is one Span: readers that
take an element's own text before its kids would take it out of order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

#: key that stands in each structure element until the part is tagged: the number of the element of the page
ORIGIN = "FactpressFrom"
CALLS = "FactpressMarks"  #: key that stands in the elements of a footnote until then: how many links share it
DOTS = "dots"  #: class of leaders, which are an artifact (ISO 32000-2, 14.8.2.2), not content
REDUNDANT = {"/Span", "/NonStruct"}
COMMON_KEYS = {"Type", "S", "K", "Pg", "P", ORIGIN}  #: what every structure element has
#: structure types whose kids are structure elements by the rules of PDF, whatever stands in them
GROUPING = {"/L", "/LI", "/Table", "/THead", "/TBody", "/TFoot", "/TR"}

Mcid = int  #: marked-content identifier; other kids of a structure element are references in bytes


def name_origins(original: Any) -> tuple[Any]:
    """Return the function that tags boxes, which writes into each structure element what it was made from."""
    numbers: dict[Any, int] = {}

    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        element = getattr(box, "_box", box).element  # absolutely positioned boxes hide in a placeholder
        made = original(box, *rest)
        if element is not None and DOTS in element.get("class", "").split():
            list(made)  # made, but in no tree, as the running heads are: these become artifacts
            return
        for structure_element in made:
            if element is not None and ORIGIN not in structure_element:
                structure_element[ORIGIN] = numbers.setdefault(element, len(numbers))
                if calls := element.get("data-marks"):
                    structure_element[CALLS] = int(calls)
            yield structure_element

    return (build_box_tree,)


def name_languages(original: Any) -> tuple[Any]:
    """Return the same function, which writes the language of an element of the page into its structure elements."""
    from pydyf import String  # type: ignore[import-untyped]

    def build_box_tree(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        shown = getattr(box, "_box", box)
        language = shown.element.get("lang") if shown.element is not None else None
        for structure_element in original(box, parent, *rest):
            # the root says that of the document (ISO 32000-2, 14.9.2); what is generated is in its element's, too
            if language and shown.element.tag not in ("html", "body"):
                structure_element["Lang"] = String(language)
            yield structure_element

    return (build_box_tree,)


def leave_out_redundant_tags(original: Any) -> tuple[Any]:
    """Return the same function, which makes marked text a kid of the block or link that it is in."""
    from weasyprint.formatting_structure.boxes import InlineBox  # type: ignore[import-untyped]

    blocks: set[tuple[int, int]] = set()  # elements of boxes that are not inline boxes: by their PDF and number

    def build_box_tree(box: Any, parent: Any, pdf: Any, page: int, texts: dict[Mcid, Any], *rest: Any) -> Iterator[Any]:
        for structure_element in original(box, parent, pdf, page, texts, *rest):
            if not isinstance(box, InlineBox):
                blocks.add((id(pdf), structure_element.number))
            if structure_element["S"] not in GROUPING:
                _Parent(structure_element, pdf, texts, blocks).take_over()
            yield structure_element

    return (build_box_tree,)


class _Parent:
    """A structure element that takes over what redundant ones in it hold; `texts` are those of the page by MCID."""

    def __init__(self, element: Any, pdf: Any, texts: dict[Mcid, Any], blocks: set[tuple[int, int]]) -> None:
        self._element, self._pdf, self._texts, self._blocks = element, pdf, texts, blocks
        self._emptied: list[Any] = []  # redundant elements that hold nothing any more

    def take_over(self) -> None:
        kids = list(self._taken(self._element["K"]))
        if any(self._is_element(kid) for kid in kids):
            kids = list(self._in_order(kids))
        self._element["K"][:] = kids

    def _taken(self, kids: list[Any]) -> Iterator[Any]:
        for kid in kids:
            child = None if isinstance(kid, Mcid) else self._object(kid)
            if child is None or not self._is_redundant(child):
                yield kid
                continue
            child.free = "f"
            self._emptied.append(child)
            for held in self._taken(child["K"]):
                self._reparent(held, self._element)
                yield held

    def _in_order(self, kids: list[Any]) -> Iterator[Any]:
        """Yield the kids, with the marked content between two elements in one Span."""
        for is_text, run in groupby(kids, lambda kid: isinstance(kid, Mcid)):
            if not is_text or not self._emptied:  # a link's own text was never in a redundant element
                yield from run
                continue
            span = self._emptied.pop(0)
            span.free, span["S"], span["P"] = "n", "/Span", self._element.reference
            span["K"][:] = run
            for mcid in span["K"]:
                self._reparent(mcid, span)
            yield span.reference

    def _reparent(self, kid: Any, parent: Any) -> None:
        if isinstance(kid, Mcid):
            self._texts[kid] = parent.reference
        else:
            self._object(kid)["P"] = parent.reference

    def _is_redundant(self, child: Any) -> bool:
        # an empty one is where a footnote is called
        plain = child.get("S") in REDUNDANT and child.keys() <= COMMON_KEYS and child["K"]
        return bool(plain) and (id(self._pdf), child.number) not in self._blocks

    def _is_element(self, kid: Any) -> bool:
        return not isinstance(kid, Mcid) and bool(self._object(kid)["Type"] == "/StructElem")

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]
