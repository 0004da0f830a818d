"""Draws the marker of a list item just before the item: WeasyPrint 70 draws all markers after the text of a page."""

from __future__ import annotations

from typing import Any


def draw_markers_in_order(original: Any) -> tuple[Any]:
    """Return the function that sorts boxes into layers, with outside markers in the layer of their item."""
    from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]

    def dispatch_children(box: Any, *rest: Any) -> Any:
        children: Any = getattr(box, "children", ())
        first = getattr(children[0], "_box", children[0]) if children else None
        if first is not None and first.is_outside_marker:
            # it was laid out as positioned; from here on it is like any other part of its item
            first.style["position"] = "static"
            if isinstance(children[-1], boxes.LineBox):
                first.__class__ = boxes.InlineBlockBox  # lines are drawn with what stands in them
        return original(box, *rest)

    return (dispatch_children,)
