"""What each figure is drawn from, and a digest of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from factpress.model.book import Book
from factpress.model.figures.figure import Draws, Figure
from factpress.model.figures.shapes import Bars, Shape
from factpress.model.figures.treaties import bonds, places, timeline, treaty_dates
from factpress.model.prose import chapter_number
from factpress.model.vocabulary import Consulted, Grade, Verdict


def data_of(figure: Figure, book: Book, titles: Mapping[str, str]) -> Shape:
    """Return what a figure shows; `titles` are those of the chapters by the names of their files."""
    match figure.draws:
        case Draws.VERDICTS:
            return _verdicts(book, titles)
        case Draws.CONSULTED:
            return _consulted(book)
        case Draws.TREATY_DATES:
            return treaty_dates(book.study_aids, figure)
        case Draws.BONDS:
            return bonds(book.study_aids, figure)
        case Draws.TIMELINE:
            return timeline(book.study_aids, figure)
        case Draws.MAP:
            return places(book.study_aids, figure, book.figures.land)


def digest_of(figure: Figure, data: Shape) -> str:
    """Return a digest of all that is drawn; the caption stands beside the drawing and does not count."""
    drawn = [figure.id, figure.title, figure.alt, figure.draws, asdict(data)]
    return hashlib.sha256(json.dumps(drawn, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _verdicts(book: Book, titles: Mapping[str, str]) -> Bars:
    rows = []
    for stem in sorted(titles):
        claims = book.ledger.of_chapter(stem)
        counts = tuple(sum(claim.verdict is verdict for claim in claims) for verdict in Verdict)
        unchecked = sum(claim.verdict is None for claim in claims)
        if claims:
            rows.append((f"{chapter_number(f'chapters/{stem}')}  {titles[stem]}", (*counts, unchecked)))
    parts = [(verdict.glyph, verdict.word) for verdict in Verdict]
    return _without_empty(Bars("Chapter", "claims", (*parts, ("?", "Not yet checked")), tuple(rows)))


def _consulted(book: Book) -> Bars:
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
