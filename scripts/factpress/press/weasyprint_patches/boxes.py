"""Laid-out boxes are moved and merged before they are drawn: what CSS cannot say to WeasyPrint 70.

These use what WeasyPrint keeps for itself: `page._page_box`, the tuples of `page.links`, `box.is_leader`,
`box.pango_layout`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Rectangle = tuple[float, float, float, float]  #: left, top, right, bottom in CSS pixels from the page's upper left


def mirror_outer_boxes(document: Any, outer_class: str, first_is_right: bool = True) -> None:
    """Reflect the inline blocks of this class to the other margin on right-hand pages; CSS has no `float: outside`.

    Their text, flush with the right edge, is then as far from the page's text as on left-hand pages.
    """
    from weasyprint.formatting_structure.boxes import InlineBlockBox  # type: ignore[import-untyped]

    for page in document.pages[0 if first_is_right else 1 :: 2]:
        root = page._page_box
        left, width = root.content_box_x(), root.width
        moved: dict[int, float] = {}
        for box in root.descendants():
            if isinstance(box, InlineBlockBox) and outer_class in box.element.get("class", "").split():
                dx = 2 * left + width - 2 * box.border_box_x() - box.border_width() - _text_indent(box)
                moved[id(box)] = dx
                box.translate(dx=dx)
        move_links(page, moved)


def move_links(page: Any, moved: dict[int, float]) -> None:
    """Move the link areas of a page to the right with their boxes; `moved` has pixels by the box's `id`."""
    page.links[:] = [
        (kind, target, _shifted(area, moved.get(id(box), 0.0)), box) for kind, target, area, box in page.links
    ]


def _shifted(area: Rectangle, dx: float) -> Rectangle:
    left, top, right, bottom = area
    return left + dx, top, right + dx, bottom


def _text_indent(box: Any) -> float:
    """Return how far the text of a box begins from its left edge."""
    texts = [part.position_x for part in box.descendants() if hasattr(part, "pango_layout")]
    return float(min(texts, default=box.border_box_x()) - box.border_box_x())


def merge_link_areas(document: Any) -> None:
    """Merge the link areas inside a link with its own, so that each annotation belongs to one Link element.

    WeasyPrint makes one more area for every element inside an `a`, and tags it by that element, as Span. A link
    annotation belongs into a Link structure element (ISO 14289-1, 7.18.5).
    """
    for page in document.pages:
        merged: list[Any] = []
        inside: set[int] = set()
        for kind, target, area, box in page.links:
            if id(box) in inside:
                left, top, right, bottom = merged[-1][2]
                area = (min(left, area[0]), min(top, area[1]), max(right, area[2]), max(bottom, area[3]))
                merged[-1] = (*merged[-1][:2], area, merged[-1][3])
            else:
                merged.append((kind, target, area, box))
                inside = {id(getattr(part, "_box", part)) for part in _descendants(box)}
        page.links[:] = merged


def merge_leader_dots(document: Any) -> None:
    """Make one text of the dots of each leader; WeasyPrint draws them one by one, 1500 on a page of contents."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.is_leader and len(box.children) > 1:
                first, *others = reversed(box.children)  # made from the right
                first.text *= len(box.children)
                first.pango_layout.text = first.text  # shaped when it is drawn
                first.width += sum(other.width for other in others)
                box.children = (first,)


def link_texts(document: Any) -> list[list[str]]:
    """Return the text of each link area, page by page; a picture's is its description."""
    return [[_text(box.element) for _, _, _, box in page.links] for page in document.pages]


def _descendants(box: Any) -> Iterator[Any]:
    return box.descendants(placeholders=True) if hasattr(box, "descendants") else iter(())


def _text(element: Any) -> str:
    words = " ".join("".join(element.itertext()).split())
    return element.get("title") or words or " ".join(part.get("alt", "") for part in element.iter("img")).strip()
