"""Keeps a footnote on the page of its call: what `footnote-policy: line` promises and WeasyPrint 70 does not keep.

When the second line of a paragraph does not fit, WeasyPrint makes room by pushing the page's last footnotes to the
next page; and when that page is laid out again for its page numbers, a pushed footnote is lost without a word. And it
takes a rounding error in the height of the footnotes for footnotes without room, and leaves the page almost empty.
"""

from __future__ import annotations

from math import inf
from typing import Any


class PinnedFootnotes(list[Any]):
    """The footnotes of a page; empty for the code that asks whether there are any to push on."""

    def __bool__(self) -> bool:
        return False


def keep_footnotes_with_calls(original: Any) -> tuple[Any]:
    """Return a layout context in which a footnote leaves a page only together with the line of its call."""

    class LayoutContext(original):  # type: ignore[misc]  # WeasyPrint has no types
        current_page_footnotes: list[Any]
        current_footnote_area: Any

        def _update_footnote_area(self) -> bool:
            self.current_page_footnotes = list(self.current_page_footnotes)
            try:
                too_high = bool(super()._update_footnote_area())
                return too_high and self.current_footnote_area.style["max_height"].value != inf
            finally:
                self.current_page_footnotes = PinnedFootnotes(self.current_page_footnotes)

    return (LayoutContext,)
