"""Where lines end that WeasyPrint 70 would end badly: loosely, before a space without room, in hyphen after hyphen.

All four serve justified text.
"""

from __future__ import annotations

from math import inf
from typing import Any

MAX_CONSECUTIVE_HYPHENS = 2  #: ends of lines in a row; `hyphenate-limit-lines` is not known to WeasyPrint
MAX_GAP = 1.6  #: ems at the end of a line before it is justified: as much as most of its word spaces together
LOOSE_LIMIT_CHARS = (5, 2, 3)  #: `hyphenate-limit-chars` where a line would have such a gap
HYPHENS = ("-", "\u2010")
WORD_SPACE = 0.233  #: ems: the word space of Source Serif
MAX_ADDED_WORD_SPACE = 0.7  #: of a word space: what may be added to each before letters are spaced, too
MAX_LETTER_SPACING = 0.04  #: ems


def hang_trailing_space(original: Any) -> tuple[Any]:
    """Return the function that fits text into a line, leaving whole a text that fits without its last space.

    WeasyPrint takes such a text for too wide, and cuts off not its last word but all words but the first; the line
    is then stretched over the gap.
    """

    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        split = original(text, style, context, max_width, *rest, **named)
        layout, _, resume_index, *_ = split
        if resume_index is None or max_width in (None, inf) or not text.endswith(" ") or " " in layout.text:
            return split
        _, _, resume_index, width, *_ = original(text.rstrip(" "), style, context, max_width, *rest, **named)
        if resume_index is not None or width > max_width:
            return split
        return original(text, style, context, None, *rest, **named)

    return (split_first_line,)


def hyphenate_loose_lines(original: Any) -> tuple[Any]:
    """Return the same function, which hyphenates shorter words at the end of a justified line that would be loose."""

    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        split = original(text, style, context, max_width, *rest, **named)
        _, _, resume_index, width, *_ = split
        if max_width in (None, inf) or resume_index is None or max_width - width < MAX_GAP * style["font_size"]:
            return split
        if style["hyphens"] != "auto" or style["text_align_all"] != "justify":
            return split
        shorter = style.copy()
        shorter["hyphenate_limit_chars"] = LOOSE_LIMIT_CHARS
        fuller = original(text, shorter, context, max_width, *rest, **named)
        return fuller if width < fuller[3] <= max_width else split

    return (split_first_line,)


def limit_consecutive_hyphens(original_split: Any, original_next_linebox: Any) -> tuple[Any, Any]:
    """Return the functions that fit text and that make lines; after two hyphenated lines a third is not hyphenated."""
    hyphens_before: dict[tuple[Any, str], int] = {}  #: by paragraph and where its next line begins
    whole_words = False

    def split_first_line(text: str, style: Any, *rest: Any, **named: Any) -> Any:
        if whole_words and style["hyphens"] == "auto":
            style = style.copy()
            style["hyphens"] = "manual"
        return original_split(text, style, *rest, **named)

    def get_next_linebox(
        context: Any, linebox: Any, position_y: float, bottom_space: float, skip_stack: Any, *rest: Any
    ) -> Any:
        nonlocal whole_words
        count = hyphens_before.get((linebox.element, repr(skip_stack)), 0)
        whole_words = count >= MAX_CONSECUTIVE_HYPHENS
        line, resume_at = original_next_linebox(context, linebox, position_y, bottom_space, skip_stack, *rest)
        whole_words = False
        if line is not None and resume_at is not None and _last_text(line).endswith(HYPHENS):
            hyphens_before[linebox.element, repr(resume_at)] = count + 1
        return line, resume_at

    return split_first_line, get_next_linebox


def letterspace_loose_lines(original: Any) -> tuple[Any]:
    """Return the function that justifies a line, which puts a little of what is lacking between letters."""
    from weasyprint.formatting_structure.boxes import TextBox  # type: ignore[import-untyped]
    from weasyprint.layout import inline  # type: ignore[import-untyped]

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        size = line.style["font_size"]
        spaces = inline.count_expandable_spaces(line)
        rest = extra_width - spaces * MAX_ADDED_WORD_SPACE * WORD_SPACE * size
        if rest > 0:
            texts = [box for box in line.descendants() if isinstance(box, TextBox) and box.style["font_size"] == size]
            letters = sum(len(box.text) for box in texts)
            spacing = min(MAX_LETTER_SPACING * size, rest / letters) if texts else 0.0
            extra_width -= _space_letters(context, line, {id(box) for box in texts}, spacing, 0.0)
        original(context, line, extra_width)

    return (justify_line,)


def _space_letters(context: Any, box: Any, texts: set[int], spacing: float, dx: float) -> float:
    """Move a box by `dx`, space the letters of these texts in it, and return by how much what follows it moves."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox
    from weasyprint.text.line_break import create_layout, line_size  # type: ignore[import-untyped]

    if not isinstance(box, InlineBox | LineBox) and id(box) not in texts:
        box.translate(dx=dx)
        return dx
    box.position_x += dx
    after = dx
    if id(box) in texts:
        own = box.style["letter_spacing"]
        box.style = box.style.copy()
        box.style["letter_spacing"] = spacing + (0.0 if own == "normal" else own)
        layout = create_layout(box.text, box.style, context, None, 0)
        after += line_size(layout.get_first_line()[0], box.style)[0] - box.width
        layout.deactivate()
        box.pango_layout = layout
    else:
        for child in box.children:
            if child.is_in_normal_flow():
                after = _space_letters(context, child, texts, spacing, after)
    box.width += after - dx
    return after


def _last_text(box: Any) -> str:
    """Return the last text in a box."""
    while getattr(box, "children", None):
        box = box.children[-1]
    return str(getattr(box, "text", ""))
