"""Where lines end that WeasyPrint 70 would end badly: loosely, before a space without room, in hyphen after hyphen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

MOST_HYPHENS = 2  #: at the ends of lines running; `hyphenate-limit-lines` is not known to WeasyPrint
GAP = 2.5  #: times the type size, at the end of a line: as much again as the word spaces of a line together
SHORTEST = (5, 2, 3)  #: letters of a word, before and after its hyphen, where a line would have such a gap
HYPHENS = ("-", "\u2010")


@contextmanager
def spaces_hang() -> Iterator[None]:
    """Lay out, in this block, with texts that fit without their last space left whole.

    WeasyPrint takes such a text for too wide, and cuts off not its last word but all words but the first; the line
    is then stretched over the gap.
    """
    from weasyprint.layout import inline  # type: ignore[import-untyped]

    original: Any = inline.split_first_line

    def split(text: str, style: Any, context: Any, width: float | None, *rest: Any, **more: Any) -> Any:
        found = original(text, style, context, width, *rest, **more)
        layout, _, resume, *_ = found
        if resume is None or width in (None, inf) or not text.endswith(" ") or " " in layout.text:
            return found
        _, _, resume, needed, *_ = original(text.rstrip(" "), style, context, width, *rest, **more)
        if resume is not None or needed > width:
            return found
        return original(text, style, context, None, *rest, **more)

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = original


@contextmanager
def spaces_even() -> Iterator[None]:
    """Write, in this block, lines whose word spaces are widened alike, at the start of a piece of text too.

    WeasyPrint widens a space at the start twice, because Pango once gave it half; newer ones give it all.
    """
    from weasyprint.text.ffi import TO_UNITS, pango  # type: ignore[import-untyped]
    from weasyprint.text.line_break import Layout  # type: ignore[import-untyped]

    original: Any = Layout.set_text

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        original(layout, text, justify)
        listed = pango.pango_layout_get_attributes(layout.layout)
        if not (justify and layout.justification_spacing and text.startswith(" ") and text.strip()) or not listed:
            return
        wider = (layout.style["word_spacing"] + layout.justification_spacing) * TO_UNITS
        attribute = pango.pango_attr_letter_spacing_new(int(wider))
        attribute.start_index, attribute.end_index = 0, 1
        pango.pango_attr_list_change(listed, attribute)
        pango.pango_layout_set_attributes(layout.layout, listed)

    Layout.set_text = set_text
    try:
        yield
    finally:
        Layout.set_text = original


@contextmanager
def loose_lines_filled() -> Iterator[None]:
    """Lay out, in this block, with shorter parts of words at the end of a justified line that would be too loose."""
    from weasyprint.layout import inline

    original: Any = inline.split_first_line

    def split(text: str, style: Any, context: Any, width: float | None, *rest: Any, **more: Any) -> Any:
        found = original(text, style, context, width, *rest, **more)
        _, _, resume, filled, *_ = found
        if width in (None, inf) or resume is None or width - filled < GAP * style["font_size"]:
            return found
        if style["hyphens"] != "auto" or style["text_align_all"] != "justify":
            return found
        freely = style.copy()
        freely["hyphenate_limit_chars"] = SHORTEST
        again = original(text, freely, context, width, *rest, **more)
        return again if filled < again[3] <= width else found

    inline.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = original


@contextmanager
def few_hyphens_run() -> Iterator[None]:
    """Lay out, in this block, with no word parted at the end of a line when the two lines before end so."""
    from weasyprint.layout import inline

    split, next_line = inline.split_first_line, inline.get_next_linebox
    runs: dict[tuple[Any, str], int] = {}  #: by paragraph and where its next line begins: hyphens just before
    whole_words = False

    def split_first_line(text: str, style: Any, *rest: Any, **more: Any) -> Any:
        if whole_words and style["hyphens"] == "auto":
            style = style.copy()
            style["hyphens"] = "manual"
        return split(text, style, *rest, **more)

    def get_next_linebox(context: Any, line: Any, y: float, space: float, start: Any, *rest: Any) -> Any:
        nonlocal whole_words
        run = runs.get((line.element, repr(start)), 0)
        whole_words = run >= MOST_HYPHENS
        made, end = next_line(context, line, y, space, start, *rest)
        whole_words = False
        if made is not None and end is not None and _text_of(made).endswith(HYPHENS):
            runs[line.element, repr(end)] = run + 1
        return made, end

    inline.split_first_line, inline.get_next_linebox = split_first_line, get_next_linebox
    try:
        yield
    finally:
        inline.split_first_line, inline.get_next_linebox = split, next_line


def _text_of(box: Any) -> str:
    """Return the last text in a box."""
    while getattr(box, "children", None):
        box = box.children[-1]
    return str(getattr(box, "text", ""))
