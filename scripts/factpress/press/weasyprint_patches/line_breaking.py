"""Where lines end that WeasyPrint 70 would end badly: loosely, before a space without room, in hyphen after hyphen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

MOST_HYPHENS = 2  #: at the ends of lines running; `hyphenate-limit-lines` is not known to WeasyPrint
GAP = 1.6  #: times the type size, at the end of a line: as much as most of its word spaces together
SHORTEST = (5, 2, 3)  #: letters of a word, before and after its hyphen, where a line would have such a gap
HYPHENS = ("-", "\u2010")
SPACE = 0.233  #: times the type size: the word space of Source Serif
WIDE = 0.7  #: of a word space: what may be added to each before letters are spaced, too
TRACK = 0.04  #: times the type size: the most that stands between two letters


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
def letters_give_way() -> Iterator[None]:
    """Lay out, in this block, with a little of what fills a loose line between its letters and not its words."""
    from weasyprint.formatting_structure.boxes import TextBox  # type: ignore[import-untyped]
    from weasyprint.layout import inline

    original: Any = inline.justify_line

    def justify_line(context: Any, line: Any, extra: float) -> None:
        size = line.style["font_size"]
        rest = extra - inline.count_expandable_spaces(line) * WIDE * SPACE * size
        if rest > 0:
            texts = [box for box in line.descendants() if isinstance(box, TextBox) and box.style["font_size"] == size]
            apart = min(TRACK * size, rest / sum(len(box.text) for box in texts)) if texts else 0.0
            extra -= _space_letters(context, line, {id(box) for box in texts}, apart, 0.0)
        original(context, line, extra)

    inline.justify_line = justify_line
    try:
        yield
    finally:
        inline.justify_line = original


def _space_letters(context: Any, box: Any, texts: set[int], apart: float, before: float) -> float:
    """Move a box by what stands before it, set these texts so much wider, and return what stands behind it moves by."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox
    from weasyprint.text.line_break import create_layout, line_size

    if not isinstance(box, InlineBox | LineBox) and id(box) not in texts:
        box.translate(dx=before)
        return before
    box.position_x += before
    after = before
    if id(box) in texts:
        own = box.style["letter_spacing"]
        box.style = box.style.copy()
        box.style["letter_spacing"] = apart + (0.0 if own == "normal" else own)
        layout = create_layout(box.text, box.style, context, None, 0)
        after += line_size(layout.get_first_line()[0], box.style)[0] - box.width
        layout.deactivate()
        box.pango_layout = layout
    else:
        for child in box.children:
            if child.is_in_normal_flow():
                after = _space_letters(context, child, texts, apart, after)
    box.width += after - before
    return after


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
