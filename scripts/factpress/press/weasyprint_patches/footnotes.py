"""Keeps a note on the page of its mark: what `footnote-policy: line` promises and WeasyPrint 70 does not keep.

When the second line of a paragraph does not fit, WeasyPrint makes room by pushing the page's last notes to the next
page; and when that page is laid out again for its page numbers, a pushed note is lost without a word. And it takes a
rounding error in the height of the notes for notes without room, and leaves the page almost empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any


class Staying(list[Any]):
    """The notes of a page, which look like none to the code that would push them on."""

    def __bool__(self) -> bool:
        return False


@contextmanager
def notes_stay() -> Iterator[None]:
    """Lay out, in this block, with notes that leave a page only together with their line."""
    from weasyprint import document

    original: Any = document.LayoutContext

    class Context(original):  # type: ignore[misc]  # WeasyPrint has no types
        current_page_footnotes: list[Any]
        current_footnote_area: Any

        def _update_footnote_area(self) -> bool:
            self.current_page_footnotes = list(self.current_page_footnotes)
            try:
                too_high = bool(super()._update_footnote_area())
                return too_high and self.current_footnote_area.style["max_height"].value != inf
            finally:
                self.current_page_footnotes = Staying(self.current_page_footnotes)

    document.LayoutContext = Context
    try:
        yield
    finally:
        document.LayoutContext = original
