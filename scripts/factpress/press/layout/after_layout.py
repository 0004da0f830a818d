"""Small repairs of a laid-out document, before it is written: what CSS cannot say to WeasyPrint."""

from __future__ import annotations

from typing import Any

from factpress.press.layout.page_numbers import shifted


def to_the_outer_margin(document: Any, name: str) -> None:
    """Reflect the boxes of class `name` to the other margin on right-hand pages; CSS has no float: outside.

    Their text, flush with the right edge, is then as far from the page's text as on left-hand pages.
    """
    from weasyprint.formatting_structure.boxes import InlineBlockBox  # type: ignore[import-untyped]

    for page in document.pages[::2]:  # the first page of a book is a right-hand one
        root = page._page_box
        left, width = root.content_box_x(), root.width
        moved: dict[int, float] = {}
        for box in root.descendants():
            if isinstance(box, InlineBlockBox) and name in box.element.get("class", "").split():
                dx = 2 * left + width - 2 * box.border_box_x() - box.border_width() - _indent(box)
                moved[id(box)] = dx
                box.translate(dx=dx)
        page.links[:] = [(*link[:2], shifted(link[2], moved.get(id(link[3]), 0.0)), link[3]) for link in page.links]


def _indent(box: Any) -> float:
    """Return how far the text of a box begins from its left edge."""
    texts = [part.position_x for part in box.descendants() if hasattr(part, "pango_layout")]
    return float(min(texts, default=box.border_box_x()) - box.border_box_x())


def one_link_a_line(document: Any) -> None:
    """Join the link areas inside a link to its own, so that each annotation belongs to a Link of the tag tree.

    WeasyPrint makes one more area for every element inside an `a`, and tags it by that element, say Span.
    """
    for page in document.pages:
        joined: list[Any] = []
        inside: set[int] = set()
        for kind, target, area, box in page.links:
            if id(box) in inside:
                x1, y1, x2, y2 = joined[-1][2]
                area = (min(x1, area[0]), min(y1, area[1]), max(x2, area[2]), max(y2, area[3]))
                joined[-1] = (*joined[-1][:2], area, joined[-1][3])
            else:
                joined.append((kind, target, area, box))
                inside = {id(getattr(part, "_box", part)) for part in _parts(box)}
        page.links[:] = joined


def dots_at_once(document: Any) -> None:
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


def _parts(box: Any) -> Any:
    return box.descendants(placeholders=True) if hasattr(box, "descendants") else ()


def _text(element: Any) -> str:
    words = " ".join("".join(element.itertext()).split())
    return element.get("title") or words or " ".join(part.get("alt", "") for part in element.iter("img")).strip()
