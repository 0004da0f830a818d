"""Counts as bars: a row each, divided into parts that differ by hatch, with sign and number below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpress.figures.canvas import LINE, WIDTH, Canvas, spread, width_of, wrapped
from factpress.model.figure_data import Bars

BAR = 9.0  #: height of a bar
GAP = 6.0  #: between rows
SWATCH = 16.0
A_PAGE = 10  #: rows: they fill a printed page below their legend
HATCHES = ("full", "rising", "crossed", "upright", "falling", "", "wide")


def draw(bars: Bars) -> Iterator[Canvas]:
    """Yield the pages: the legend on the first, as many rows as a printed page holds on each."""
    legend = list(_legend(bars))
    most = max(1, *(sum(counts) for _, counts in bars.rows))
    for start in range(0, len(bars.rows), A_PAGE):
        rows = [
            (wrapped(label, WIDTH - width_of(f"{most} {bars.counted}") - 8), counts)
            for label, counts in bars.rows[start : start + A_PAGE]
        ]
        top = (1 + max(line for *_, line in legend)) * LINE + GAP if start == 0 else 0.0
        page = Canvas(top + sum(len(lines) * LINE + BAR + LINE + GAP for lines, _ in rows) - GAP + 2)
        if start == 0:
            for hatch, sign, word, x, line in legend:
                page.box(x, line * LINE + 1.5, SWATCH, BAR - 1, hatch=hatch)
                _label(page, x + SWATCH + 3, line * LINE, sign, word)
        for lines, counts in rows:
            for number, words in enumerate(lines):
                page.text(0, top + number * LINE, words, bold=True)
            page.text(WIDTH, top, f"{sum(counts)} {bars.counted}", align="right")
            top += len(lines) * LINE
            _bar(page, top, bars, counts, WIDTH / most)
            top += BAR + LINE + GAP
        yield page


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
