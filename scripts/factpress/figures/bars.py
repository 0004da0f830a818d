"""Counts as bars: a row each, divided into parts that differ by hatch, with sign and number below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpress.figures.canvas import LINE, WIDTH, Canvas, paged, spread, width_of, wrapped
from factpress.model.figures.shapes import Bars

BAR = 9.0  #: height of a bar
GAP = 6.0  #: between rows
SWATCH = 16.0
HATCHES = ("full", "rising", "crossed", "upright", "level", "falling", "", "wide")

Row = tuple[list[str], tuple[int, ...]]  #: the lines of its label, its counts


def draw(bars: Bars) -> Iterator[Canvas]:
    """Yield the pages, each with the legend and as many rows as it holds."""
    legend = list(_legend(bars))
    head = (1 + max(line for *_, line in legend)) * LINE + GAP
    most = max(1, *(sum(counts) for _, counts in bars.rows))
    room = WIDTH - width_of(f"{most} {bars.counted}") - 8
    for rows in paged(
        [(wrapped(label, room), counts) for label, counts in bars.rows], lambda rows: head + _height(rows)
    ):
        page = Canvas(head + _height(rows))
        for hatch, sign, word, x, line in legend:
            page.box(x, line * LINE + 1.5, SWATCH, BAR - 1, hatch=hatch)
            _label(page, x + SWATCH + 3, line * LINE, sign, word)
        top = head
        for lines, counts in rows:
            for number, words in enumerate(lines):
                page.text(0, top + number * LINE, words, bold=True)
            page.text(WIDTH, top, f"{sum(counts)} {bars.counted}", align="right")
            _bar(page, top + len(lines) * LINE, bars, counts, WIDTH / most)
            top += _height([(lines, counts)])
        yield page


def _height(rows: Sequence[Row]) -> float:
    """Return the height of rows; one with nothing in it has no bar."""
    return sum(len(lines) * LINE + (BAR + LINE if any(counts) else 0) + GAP for lines, counts in rows)


def _legend(bars: Bars) -> Iterator[tuple[str, str, str, float, int]]:
    """Yield hatch, sign, word, left edge and line of each part, in lines as wide as the page."""
    x, line = 0.0, 0
    for hatch, (sign, word) in zip(HATCHES, bars.parts, strict=False):
        width = SWATCH + 3 + _width(sign, word)
        if x and x + width > WIDTH:
            x, line = 0.0, line + 1
        yield hatch, sign, word, x, line
        x += width + 10


def _bar(page: Canvas, top: float, bars: Bars, counts: Sequence[int], scale: float) -> None:
    left, shown = 0.0, []
    for hatch, (sign, _), count in zip(HATCHES, bars.parts, counts, strict=False):
        if count:
            page.box(left, top, count * scale, BAR, hatch=hatch)
            shown.append((sign, str(count), left + count * scale / 2))
            left += count * scale
    widths = [_width(sign, number) for sign, number, _ in shown]
    for (sign, number, _), x in zip(shown, spread([centre for *_, centre in shown], widths), strict=True):
        _label(page, x, top + BAR, sign, number)


def _label(page: Canvas, x: float, top: float, sign: str, words: str) -> None:
    if sign:
        page.text(x, top, sign)
        x += width_of(sign) + 2
    page.text(x, top, words)


def _width(sign: str, words: str) -> float:
    return width_of(words) + (width_of(sign) + 2 if sign else 0)
