"""The shapes that figures are drawn from: plain values, each of which is also a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from factpress.model.dates import in_words


@dataclass(frozen=True, slots=True)
class Table:
    """Data as a reader sees them; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts in rows, each divided into the same parts."""

    rows_are: str  #: heading of the first column
    counted: str  #: what is counted, after a number
    parts: tuple[tuple[str, str], ...]  #: sign and word of each part
    rows: tuple[tuple[str, tuple[int, ...]], ...]  #: label, and the count of each part

    @property
    def table(self) -> Table:
        """Return the counts with their sums."""
        rows = tuple((label, *map(str, counts), str(sum(counts))) for label, counts in self.rows)
        return Table((self.rows_are, *(word for _, word in self.parts), self.counted.capitalize()), rows)


@dataclass(frozen=True, slots=True)
class Period:
    """A time with a name, from day to day."""

    label: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened, as a line of time shows it."""

    date: str
    label: str
    what: str  #: a sentence, for the table
    of_record: bool  #: whether a record of the book's subject has its date; such entries stand apart


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, in order."""

    rows: tuple[TimelineEntry, ...]
    shaded: Period | None = None

    @property
    def table(self) -> Table:
        """Return each date with its sentence."""
        return Table(("Date", "What happened"), tuple((in_words(row.date), row.what) for row in self.rows))


class Shape(Protocol):
    """The data of a figure: a frozen record of plain values."""

    @property
    def table(self) -> Table:
        """Return the data as a reader sees them; no rows where there is nothing to draw."""
