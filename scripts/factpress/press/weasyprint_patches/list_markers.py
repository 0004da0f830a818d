"""Draws the signs before list items in turn: WeasyPrint 70 draws them after all the text of a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def markers_in_turn() -> Iterator[None]:
    """Write, in this block, pages in which the sign before a list item is drawn just before the item."""
    from weasyprint import stacking  # type: ignore[import-untyped]
    from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]

    original: Any = stacking._dispatch_children

    def dispatch_children(box: Any, *rest: Any) -> Any:
        children: Any = getattr(box, "children", ())
        first = getattr(children[0], "_box", children[0]) if children else None
        if first is not None and first.is_outside_marker:
            # it was laid out as positioned; from here on it is like any other part of its item
            first.style["position"] = "static"
            if isinstance(children[-1], boxes.LineBox):
                first.__class__ = boxes.InlineBlockBox  # lines are drawn with what stands in them
        return original(box, *rest)

    stacking._dispatch_children = dispatch_children
    try:
        yield
    finally:
        stacking._dispatch_children = original
