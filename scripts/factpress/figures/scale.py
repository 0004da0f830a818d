"""Years along a line: where a date lies, and the ticks of the years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factpress.model.dates import year_of

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
