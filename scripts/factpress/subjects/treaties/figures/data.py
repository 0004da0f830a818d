"""What figures show of the treaties in `docs/back`: plain values, each of which is also a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from factpress.model.book import Book
from factpress.model.dates import days_between, in_words, last_day, parse_dates
from factpress.model.figures.data import shaded_period
from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Period, Table
from factpress.model.study.records import SourcedDate
from factpress.subjects.treaties.records import Party, Treaty, treaties_of

OTHER_STATES = "with other states only"  #: than those around which a map is drawn


@dataclass(frozen=True, slots=True)
class DateRange:
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
class DateRanges:
    """Times between two moments of the same kinds, in rows."""

    rows: tuple[DateRange, ...]
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
    """Whether a treaty binds a state on a day."""

    NONE = "none"
    SIGNED = "signed"  #: not in force, or nobody saw since when
    BOUND = "bound"


@dataclass(frozen=True, slots=True)
class MembershipMatrix:
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
class MapState:
    """A state on a map: in which group it stands, and by which treaties."""

    party: str
    name: str
    group: str
    treaties: str


@dataclass(frozen=True, slots=True)
class MapStates:
    """States in groups, and the shapes of their lands."""

    groups: tuple[str, ...]
    rows: tuple[MapState, ...]
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


def treaty_dates(figure: Figure, book: Book, _titles: Mapping[str, str]) -> DateRanges:
    """Return signature and entry into force of the treaties, up to the last of the figure's days if it has any."""
    rows = [
        DateRange(treaty.short, treaty.name, signed, _day(treaty.in_force))
        for treaty in treaties_of(book.study_aids).treaties
        if (signed := _day(treaty.signed)) and not (figure.dates and last_day(signed) > max(figure.dates))
    ]
    return DateRanges(tuple(sorted(rows, key=lambda row: row.first)), shaded_period(figure, book))


def memberships(figure: Figure, book: Book, _titles: Mapping[str, str]) -> MembershipMatrix:
    """Return which treaties bound which states on the figure's days, sorted so that the cells descend like stairs."""
    days, table = tuple(sorted(figure.dates)), treaties_of(book.study_aids)
    treaties = sorted(table.treaties, key=lambda treaty: _day(treaty.signed))
    held = {
        party: tuple(tuple(_bond(treaty, party.id, day) for day in days) for treaty in treaties)
        for party in table.parties
    }
    shown = [n for n in range(len(treaties)) if any(set(cells[n]) != {Bond.NONE} for cells in held.values())]
    alike: dict[tuple[tuple[Bond, ...], ...], list[Party]] = {}
    for party, cells in held.items():
        kept = tuple(cells[n] for n in shown)
        if any(set(cell) != {Bond.NONE} for cell in kept):
            alike.setdefault(kept, []).append(party)
    rows = [(tuple(sorted(party.heading for party in parties)), cells) for cells, parties in alike.items()]
    rows.sort(key=lambda row: [n for n, cell in enumerate(row[1]) if set(cell) != {Bond.NONE}])
    return MembershipMatrix(days, tuple(treaties[n].short for n in shown), tuple(rows))


def map_states(figure: Figure, book: Book, _titles: Mapping[str, str]) -> MapStates:
    """Return the states that a treaty, signed or in force, tied to others on the figure's day, in groups."""
    day, table = max(figure.dates), treaties_of(book.study_aids)
    held = {
        party.id: [treaty for treaty in table.treaties if _bond(treaty, party.id, day) is not Bond.NONE]
        for party in table.parties
    }
    groups = tuple(f"with {table.party_by_id[hub].name}" for hub in figure.around)
    rows = []
    for party in table.parties:
        near = [
            group
            for hub, group in zip(figure.around, groups, strict=True)
            if any(treaty in held[hub] for treaty in held[party.id])
        ]
        if held[party.id]:
            names = "; ".join(treaty.short for treaty in held[party.id])
            rows.append(MapState(party.id, party.heading, near[0] if near else OTHER_STATES, names))
    detail = tuple(map(float, figure.detail))
    return MapStates((*groups, OTHER_STATES), tuple(sorted(rows, key=lambda row: row.name)), book.figures.land, detail)


def _bond(treaty: Treaty, party: str, day: str) -> Bond:
    if any(end and last_day(end) <= day for end in _ends(treaty, party)):
        return Bond.NONE
    if party in treaty.parties:
        signed, start = _day(treaty.signed), _day(treaty.in_force)
    else:
        signed = start = next((_day(dated) for dated in treaty.joined if dated.party == party), "")
    if start and last_day(start) <= day:
        return Bond.BOUND
    return Bond.SIGNED if signed and last_day(signed) <= day else Bond.NONE


def _ends(treaty: Treaty, party: str) -> Iterator[str]:
    yield _day(treaty.ended)
    yield from (_day(dated) for dated in treaty.left if dated.party == party)


def _day(dated: SourcedDate | None) -> str:
    """Return the date as text, empty where it is left open or is not a date, which is a problem of its own."""
    return dated.date if dated and dated.date and parse_dates(dated.date) else ""


def map_fault(figure: Figure, book: Book) -> str:
    """Return what is wrong with the fields that only a map has, or nothing."""
    parties = treaties_of(book.study_aids).party_by_id
    unknown = [party for party in figure.around if party not in parties]
    if unknown or not figure.around:
        return f"stands around {unknown[0]}, which parties.yaml does not have" if unknown else "stands around no party"
    try:
        degrees = [float(degree) for degree in figure.detail]
    except ValueError:
        return "has a detail that is not a number"
    sound = not degrees or (len(degrees) == 4 and degrees[0] < degrees[2] and -80 < degrees[1] < degrees[3] < 80)
    return "" if sound else "has a detail that is not west, south, east and north"
