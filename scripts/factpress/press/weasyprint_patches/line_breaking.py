"""Where lines end that WeasyPrint 70 would end after their first word, for the sake of a space that has no room."""

from __future__ import annotations

from math import inf
from typing import Any

SPACES = " \u00a0"  #: Pango lets both hang at the end of a line, and WeasyPrint counts their width

FILLED = 2.5  #: ems that a line may have left without being looked at


def hang_trailing_space(original: Any) -> tuple[Any]:
    """Return the function that fits text into a line, leaving whole a text that fits without its last space.

    WeasyPrint takes such a text for too wide, and cuts off not its last word but all words but the first, or a part of
    the second. It does so too where it looks for a break in the text before what may not begin a line.
    """

    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        split = original(text, style, context, max_width, *rest, **named)
        _, _, resume_index, width, *_ = split
        if resume_index is None or max_width in (None, inf) or text[-1:] not in SPACES:
            return split
        if max_width - width < FILLED * style["font_size"]:
            return split
        _, _, resume_index, width, *_ = original(text.rstrip(SPACES), style, context, max_width, *rest, **named)
        if resume_index is not None or width > max_width:
            return split
        if text.endswith(" "):
            return original(text, style, context, None, *rest, **named)
        # a fixed space binds the last word to what follows, for which there is no room: the line ends before it
        before = text.rstrip(SPACES).rpartition(" ")[0]
        if not before:
            return split
        layout, length, _, *size = original(before, style, context, max_width, *rest, **named)
        return (layout, length, len(f"{before} ".encode()), *size)

    return (split_first_line,)
