"""A line of time from top to bottom: events of records on its right, all else on its left, a thick part set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpress.figures.canvas import LIFT, LINE, WIDTH, Canvas, spread, width_of, wrapped
from factpress.figures.paging import TALLEST, paged
from factpress.figures.scale import Years, years
from factpress.model.dates import in_short, year_of
from factpress.model.figures.shapes import Timeline, TimelineEntry

RULER = 26.0  #: width of the scale, which holds the years
REACH = 13.0  #: from the scale to the labels
SIDE = (WIDTH - RULER) / 2 - REACH  #: width of the labels
YEAR = 26.0  #: height of a year, where labels leave it free
GAP = 1.2  #: between labels
DOT = 4.4


def draw(timeline: Timeline) -> Iterator[Canvas]:
    """Yield the pages, each with the years of its events."""
    for rows in paged(timeline.rows, lambda rows: max(map(_height, _sides(rows))) + LINE):
        first, last = int(year_of(rows[0].date)), max(int(year_of(row.date)) for row in rows)
        labels = max(map(_height, _sides(rows))) + LINE
        height = max(labels, min(TALLEST, (last + 1 - first) * YEAR))
        page = Canvas(height)
        scale = years([row.date for row in rows], LINE / 2, height - LINE)
        _ruler(page, scale, timeline)
        for side in _sides(rows):
            _side(page, scale, side)
        yield page


def _sides(rows: Sequence[TimelineEntry]) -> list[list[TimelineEntry]]:
    return [[row for row in rows if row.of_record is of_record] for of_record in (False, True)]


def _height(rows: Sequence[TimelineEntry]) -> float:
    return sum(len(_lines(row)) * LINE + GAP for row in rows)


def _lines(row: TimelineEntry) -> list[str]:
    """Return the label in lines; the first leaves room for the date."""
    return wrapped(row.label, SIDE, indent=_indent(row))


def _indent(row: TimelineEntry) -> float:
    return width_of(in_short(row.date), bold=True) + 4


def _ruler(page: Canvas, scale: Years, timeline: Timeline) -> None:
    edges = ((WIDTH - RULER) / 2, (WIDTH + RULER) / 2)
    end = scale.start + scale.length
    for x in edges:
        page.line((x, scale.start), (x, end))
    for year, y in scale.ticks(LINE + 2):
        for x, inner in zip(edges, (3, -3), strict=True):
            page.line((x, y), (x + inner, y))
        if year <= scale.last:
            page.text(WIDTH / 2, y + 0.4, str(year), align="center")
    if timeline.shaded:
        top, bottom = (
            min(max(scale.at(day), scale.start), end) for day in (timeline.shaded.first, timeline.shaded.last)
        )
        if bottom > top:
            for x in edges:
                page.line((x, top), (x, bottom), width=3.4)


def _side(page: Canvas, scale: Years, rows: Sequence[TimelineEntry]) -> None:
    lines = [_lines(row) for row in rows]
    heights = [len(words) * LINE for words in lines]
    wanted = [scale.at(row.date) - LINE / 2 + height / 2 for row, height in zip(rows, heights, strict=True)]
    for row, words, top in zip(rows, lines, spread(wanted, heights, GAP, page.height), strict=True):
        way = 1 if row.of_record else -1
        start, label = WIDTH / 2 + way * RULER / 2, WIDTH / 2 + way * (RULER / 2 + REACH)
        y, middle = scale.at(row.date), top + LIFT - 2.8
        page.line((start, y), (label - way * 3, middle), width=0.4)
        page.dot(start, y, DOT, full=row.of_record)
        first = label if row.of_record else label - _indent(row) - width_of(words[0])
        page.text(first, top, in_short(row.date), bold=True)
        page.text(first + _indent(row), top, words[0])
        for number, line in enumerate(words[1:], 1):
            page.text(label, top + number * LINE, line, align="left" if row.of_record else "right")
