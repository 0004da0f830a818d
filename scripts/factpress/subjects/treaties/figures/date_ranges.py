"""Treaties as spans: an open circle at signature, a full one at entry into force, the days between at the end."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.figures.canvas import LINE, WIDTH, Canvas, paged, width_of
from factpress.figures.timeline import Years, years
from factpress.model.figures.shapes import Period
from factpress.subjects.treaties.figures.data import DateRanges

DOT = 5.0
ROW = 16.0
HEAD = 3 * LINE + 8  #: legend, name of the time set apart, years
BASE = HEAD - 4  #: of the scale


def draw(ranges: DateRanges) -> Iterator[Canvas]:
    """Yield the pages, each with the whole scale of years."""
    left = max(width_of(row.label) for row in ranges.rows) + 8
    room = max(width_of(_days(row.days)) for row in ranges.rows) + 8
    dates = [date for row in ranges.rows for date in (row.first, row.last or row.first)]
    scale = years(dates, left, WIDTH - left - room)
    for rows in paged(ranges.rows, lambda rows: HEAD + ROW * len(rows) + 2):
        page = Canvas(HEAD + ROW * len(rows) + 2)
        _head(page, scale, ranges.shaded)
        for number, row in enumerate(rows):
            top = HEAD + number * ROW + (ROW - LINE) / 2
            page.text(0, top, row.label)
            first, middle = scale.at(row.first), top + LINE / 2
            if row.last:
                last = scale.at(row.last)
                page.line((first + DOT / 2, middle), (last - DOT / 2, middle), width=1.2)
                page.dot(last, middle, DOT)
                page.text(last + DOT / 2 + 3, top, _days(row.days))
            else:
                page.text(first + DOT / 2 + 3, top, "not seen")
            page.dot(first, middle, DOT, full=False)
        for _, x in _ticks(scale):
            page.guide(x, BASE, HEAD + ROW * len(rows))
        yield page


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _ticks(scale: Years) -> Iterator[tuple[int, float]]:
    return scale.ticks(width_of("1950") + 5)


def _head(page: Canvas, scale: Years, shaded: Period | None) -> None:
    page.dot(DOT / 2 + 0.5, LINE / 2, DOT, full=False)
    page.text(DOT + 4, 0, "signed")
    x = DOT + 4 + width_of("signed") + 12
    page.dot(x + DOT / 2, LINE / 2, DOT)
    page.text(x + DOT + 4, 0, "in force")
    if shaded:
        first, last = scale.at(shaded.first), scale.at(shaded.last)
        page.line((first, BASE), (last, BASE), width=3.0)
        page.text((first + last) / 2, BASE - 2 * LINE - 2, shaded.label, align="center", bold=True)
    page.line((scale.start, BASE), (scale.start + scale.length, BASE))
    for year, x in _ticks(scale):
        page.line((x, BASE - 2.5), (x, BASE))
        page.text(x, BASE - LINE - 2, str(year), align="center")
