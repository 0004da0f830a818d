"""The shapes that figures are drawn from: plain values, each of which is also a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factpress.model.dates import days_between, in_words


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
class Span:
    """From one day to another; without the second where nobody saw a source for it."""

    label: str
    name: str  #: in full, for the table
    first: str
    last: str

    @property
    def days(self) -> int:
        """Return the days between."""
        return days_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Spans:
    """Times between two moments of the same kinds, in rows."""

    rows: tuple[Span, ...]
    shaded: Period | None = None

    @property
    def table(self) -> Table:
        """Return both days of each row and their distance."""
        rows = tuple(
            (row.name, in_words(row.first), *((in_words(row.last), str(row.days)) if row.last else ("not seen", "–")))
            for row in self.rows
        )
        return Table(("Treaty", "Signed", "In force", "Days between"), rows)


class Bond(StrEnum):
    """How a treaty stands for a state on a day."""

    NONE = "none"
    SIGNED = "signed"  #: not in force, or nobody saw since when
    BOUND = "bound"


@dataclass(frozen=True, slots=True)
class Bonds:
    """Which states each treaty binds on some days; states that are alike stand in one row."""

    days: tuple[str, ...]
    treaties: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[tuple[Bond, ...], ...]], ...]  #: states; of each treaty, each day

    @property
    def table(self) -> Table:
        """Return the treaties of each row by days."""
        rows = tuple(
            (", ".join(states), *(self._named([cell[day] for cell in cells]) for day in range(len(self.days))))
            for states, cells in self.rows
        )
        return Table(("States", *map(in_words, self.days)), rows)

    def _named(self, bonds: list[Bond]) -> str:
        held = [(treaty, bond) for treaty, bond in zip(self.treaties, bonds, strict=True) if bond is not Bond.NONE]
        return "; ".join(f"{treaty} (signed)" if bond is Bond.SIGNED else treaty for treaty, bond in held) or "none"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, as a line of time shows it."""

    date: str
    label: str
    what: str  #: a sentence, for the table
    treaty: bool  #: whether it is of a treaty


@dataclass(frozen=True, slots=True)
class Moments:
    """What happened, in order."""

    rows: tuple[Moment, ...]
    shaded: Period | None = None

    @property
    def table(self) -> Table:
        """Return each date with its sentence."""
        return Table(("Date", "What happened"), tuple((in_words(row.date), row.what) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Placed:
    """A state on a map: in which group it stands, and by which treaties."""

    party: str
    name: str
    group: str
    treaties: str


@dataclass(frozen=True, slots=True)
class Places:
    """States in groups, and the shapes of their lands."""

    groups: tuple[str, ...]
    rows: tuple[Placed, ...]
    land: str
    detail: tuple[float, ...]  #: degrees west, south, east, north

    @property
    def table(self) -> Table:
        """Return the states by group and treaties, those alike in one row; nothing where no land is known."""
        alike: dict[tuple[str, str], list[str]] = {}
        for row in self.rows if self.land else ():
            alike.setdefault((row.group, row.treaties), []).append(row.name)
        order = sorted(alike, key=lambda key: self.groups.index(key[0]))
        rows = tuple((", ".join(alike[key]), *key) for key in order)
        return Table(("States", "Tied by a treaty", "Treaties"), rows)


Shape = Bars | Spans | Bonds | Moments | Places
