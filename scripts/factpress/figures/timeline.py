"""A line of time from top to bottom: events of records on its right, all else on its left, a thick part set apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factpress.figures.canvas import LIFT, LINE, TALLEST, WIDTH, Canvas, paged, spread, width_of, wrapped
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


STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  #: years between ticks; too few for a slip like 9150, which shows


@dataclass(frozen=True, slots=True)
class Years:
    """From the first day of a year to the last of another, along some points of a page."""

    first: int
    last: int
    start: float
    length: float

    def at(self, date: str) -> float:
        """Return where a date lies."""
        return self.start + (year_of(date) - self.first) * self.length / (self.last + 1 - self.first)

    def ticks(self, room: float) -> Iterator[tuple[int, float]]:
        """Yield years and where they begin, as many as leave `room` from one to the next."""
        year_long = self.length / (self.last + 1 - self.first)
        step = next((step for step in STEPS if step * year_long >= room), STEPS[-1])
        for year in range(self.first, self.last + 2):
            if year % step == 0:
                yield year, self.start + (year - self.first) * year_long


def years(dates: Iterable[str], start: float, length: float) -> Years:
    """Return a scale that holds all dates."""
    listed = [int(year_of(date)) for date in dates]
    return Years(min(listed), max(listed), start, length)
