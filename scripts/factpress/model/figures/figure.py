"""Figures of the booklet: what each shows and says, and how it was last drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from factpress.model.claim import NOWHERE
from factpress.model.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent:
    """An event of the timeline, with a label that fits a drawing."""

    id: str
    label: str | None = None  #: an event of a record needs none
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadedPeriod:
    """A time to set apart, between two events of the timeline."""

    label: str
    first: str
    last: str
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: the words around it; its data stand in the ledger and in `docs/back`."""

    id: str  #: name of its file and, after `figure-`, its anchor
    title: str
    caption: str  #: says what to see
    alt: str  #: stands for the figure where it cannot be seen
    draws: str  #: a kind of figure: of `model.figures.data`, or of one of the book's subjects
    dates: tuple[str, ...] = ()  #: days to compare; of dates in rows, the last day that matters
    events: tuple[ShownEvent, ...] = ()  #: of the timeline, those that are drawn
    shaded: ShadedPeriod | None = None  #: a time to set apart
    around: tuple[str, ...] = ()  #: of a map, parties around which the others stand
    detail: tuple[str, ...] = ()  #: of a map, what it shows again larger: degrees west, south, east, north
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def named_events(self) -> tuple[str, ...]:
        """Return the ids of all events of the timeline that it names."""
        ends = (self.shaded.first, self.shaded.last) if self.shaded else ()
        return (*(event.id for event in self.events), *ends)

    @property
    def anchor(self) -> str:
        """Return its id in every edition."""
        return f"figure-{self.id}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as it was drawn: SVG, in several pages where one would be too high."""

    pages: tuple[str, ...]
    digest: str  #: of what it was drawn from; empty if its files do not say one and the same


@dataclass(frozen=True)
class Figures:
    """All figures of a book, in order, and their drawings by id."""

    listed: tuple[Figure, ...] = ()
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    land: str = ""  #: shapes of lands, as `figures.land` writes them

    def get(self, figure_id: str) -> Figure | None:
        """Return a figure by its id."""
        return next((one for one in self.listed if one.id == figure_id), None)
