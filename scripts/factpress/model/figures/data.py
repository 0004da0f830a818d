"""The kinds of figures that a book can have, the data of one figure, and a digest of what is drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from factpress.model.dates import last_day, parse_dates
from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Bars, Period, Shape, Timeline, TimelineEntry
from factpress.model.prose import chapter_number
from factpress.model.study.records import SourcedDate
from factpress.model.vocabulary import Consulted, Grade, Verdict

if TYPE_CHECKING:
    from factpress.model.book import Book
    from factpress.model.subject import Subject


def _nothing_wrong(_figure: Figure, _book: Book) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A word after `draws`, and what follows from it."""

    data: Callable[[Figure, Book, Mapping[str, str]], Shape]  #: of a figure, with the titles of chapters by file
    draw: str  #: `module:function`, from the data to an iterator of canvases; loading it loads matplotlib
    needs_dates: bool = False
    wrong: Callable[[Figure, Book], str] = _nothing_wrong  #: what is wrong with fields that only this kind has


def figure_kinds(subjects: Iterable[Subject]) -> dict[str, FigureKind]:
    """Return the kinds of figures that a book can have, by the word after `draws`."""
    return KINDS | {word: kind for subject in subjects for word, kind in subject.figures.items()}


def drawn_data(figure: Figure, book: Book, titles: Mapping[str, str]) -> Shape:
    """Return the data of a figure; `titles` are those of the chapters by the names of their files."""
    return figure_kinds(book.subjects)[figure.draws].data(figure, book, titles)


def figure_digest(figure: Figure, data: Shape) -> str:
    """Return the SHA-256, in hexadecimal, of all that is drawn; the caption is not part of the drawing."""
    values: Any = data  # every shape is a dataclass, which a protocol cannot say
    drawn = [figure.id, figure.title, figure.alt, figure.draws, asdict(values)]
    return hashlib.sha256(json.dumps(drawn, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def shaded_period(figure: Figure, book: Book) -> Period | None:
    """Return the period that a figure shades, between two events of the timeline; None if one has no date."""
    events = {event.id: event for event in book.study_aids.timeline}
    if not figure.shaded or not {figure.shaded.first, figure.shaded.last} <= events.keys():
        return None
    first, last = (_day(book.study_aids.dated(events[name])) for name in (figure.shaded.first, figure.shaded.last))
    return Period(figure.shaded.label, first, last) if first and last else None


def _timeline(figure: Figure, book: Book, _titles: Mapping[str, str]) -> Timeline:
    """Return the events that the figure names, those that have a date, in their order in time."""
    aids = book.study_aids
    events = {event.id: event for event in aids.timeline}
    rows = []
    for named in figure.events:
        event = events.get(named.id)
        if event and (date := _day(aids.dated(event))):
            rows.append(TimelineEntry(date, named.label or event.label(aids), event.what, event.of_record))
    return Timeline(tuple(sorted(rows, key=lambda row: last_day(row.date))), shaded_period(figure, book))


def _day(dated: SourcedDate | None) -> str:
    """Return the date as text, empty where it is left open or is not a date, which is a problem of its own."""
    return dated.date if dated and dated.date and parse_dates(dated.date) else ""


def _verdicts(_figure: Figure, book: Book, titles: Mapping[str, str]) -> Bars:
    rows = []
    for stem in sorted(titles):
        claims = book.ledger.of_chapter(stem)
        counts = tuple(sum(claim.verdict is verdict for claim in claims) for verdict in Verdict)
        unchecked = sum(claim.verdict is None for claim in claims)
        if claims:
            rows.append((f"{chapter_number(f'chapters/{stem}')}  {titles[stem]}", (*counts, unchecked)))
    parts = [(verdict.glyph, verdict.word) for verdict in Verdict]
    return _without_empty(Bars("Chapter", "claims", (*parts, ("?", "Not yet checked")), tuple(rows)))


def _consulted(_figure: Figure, book: Book, _titles: Mapping[str, str]) -> Bars:
    items = [item for _, item in book.ledger.evidence()]
    rows = tuple(
        (how.words.capitalize(), tuple(sum(i.consulted is how and i.grade is grade for i in items) for grade in Grade))
        for how in Consulted
    )
    parts = tuple(("", f"{grade} source".capitalize()) for grade in Grade)
    return Bars("How it was seen", "pieces of evidence", parts, rows if items else ())


def _without_empty(bars: Bars) -> Bars:
    """Return the bars without parts that stand at the end and that no row has."""
    keep = max((n for _, counts in bars.rows for n, count in enumerate(counts, 1) if count), default=0)
    keep = max(keep, len(Verdict))
    return Bars(
        bars.rows_are, bars.counted, bars.parts[:keep], tuple((label, counts[:keep]) for label, counts in bars.rows)
    )


KINDS: dict[str, FigureKind] = {
    "timeline": FigureKind(_timeline, "factpress.figures.timeline:draw"),
    "verdicts": FigureKind(_verdicts, "factpress.figures.bars:draw"),
    "consulted": FigureKind(_consulted, "factpress.figures.bars:draw"),
}
