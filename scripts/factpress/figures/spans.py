"""Treaties as spans: an open circle at signature, a full one at entry into force, the days between at the end."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.figures.canvas import FINE, LINE, WIDTH, Canvas, width_of
from factpress.figures.paging import paged
from factpress.figures.scale import Years, years
from factpress.model.figure_shapes import Period, Spans

DOT = 5.0
ROW = 16.0
HEAD = 3 * LINE + 8  #: legend, name of the time set apart, years


def draw(spans: Spans) -> Iterator[Canvas]:
    """Yield the pages, each with the whole scale of years."""
    left = max(width_of(row.label) for row in spans.rows) + 8
    room = max(width_of(_days(row.days)) for row in spans.rows) + 8
    dates = [date for row in spans.rows for date in (row.first, row.last or row.first)]
    scale = years(dates, left, WIDTH - left - room)
    for rows in paged(spans.rows, lambda rows: HEAD + ROW * len(rows) + 2):
        page = Canvas(HEAD + ROW * len(rows) + 2)
        _head(page, scale, spans.shaded)
        said: list[tuple[float, float]] = []  # from where to where the words of each row go
        for number, row in enumerate(rows):
            top = HEAD + number * ROW + (ROW - LINE) / 2
            page.text(0, top, row.label)
            first, middle = scale.at(row.first), top + LINE / 2
            last, words = (scale.at(row.last), _days(row.days)) if row.last else (first, "not seen")
            if row.last:
                page.line((first + DOT / 2, middle), (last - DOT / 2, middle), width=1.2)
                page.dot(last, middle, DOT)
            start = last + DOT / 2 + 3
            page.text(start, top, words)
            page.dot(first, middle, DOT, full=False)
            said.append((start - 1, start + width_of(words) + 1))
        _years(page, scale, said)
        yield page


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _years(page: Canvas, scale: Years, said: list[tuple[float, float]]) -> None:
    """Draw a dotted line down from each year, broken where a row's words stand."""
    for _, x in scale.ticks(width_of("1950") + 5):
        top = HEAD - 4
        for number, (start, end) in enumerate(said):
            if start < x < end:
                page.line((x, top), (x, HEAD + number * ROW), width=0.4, dashes=FINE)
                top = HEAD + (number + 1) * ROW
        page.line((x, top), (x, HEAD + ROW * len(said)), width=0.4, dashes=FINE)


def _head(page: Canvas, scale: Years, shaded: Period | None) -> None:
    page.dot(DOT / 2 + 0.5, LINE / 2, DOT, full=False)
    page.text(DOT + 4, 0, "signed")
    x = DOT + 4 + width_of("signed") + 12
    page.dot(x + DOT / 2, LINE / 2, DOT)
    page.text(x + DOT + 4, 0, "in force")
    base = HEAD - 4
    if shaded:
        first, last = scale.at(shaded.first), scale.at(shaded.last)
        page.line((first, base), (last, base), width=3.0)
        page.text((first + last) / 2, base - 2 * LINE - 2, shaded.label, align="center", bold=True)
    page.line((scale.start, base), (scale.start + scale.length, base))
    for year, x in scale.ticks(width_of("1950") + 5):
        page.line((x, base - 2.5), (x, base))
        page.text(x, base - LINE - 2, str(year), align="center")
