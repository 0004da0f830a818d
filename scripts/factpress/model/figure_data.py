"""What figures are drawn from: the ledger and the study apparatus, as plain shapes that are also tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from factpress.model.figure import Draws, Figure
from factpress.model.ledger import Book
from factpress.model.prose import chapter_number
from factpress.model.vocabulary import Consulted, Grade, Verdict


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


Data = Bars


def data_of(figure: Figure, book: Book, titles: Mapping[str, str]) -> Data:
    """Return what a figure shows; `titles` are those of the chapters by the names of their files."""
    match figure.draws:
        case Draws.VERDICTS:
            return _verdicts(book, titles)
        case Draws.CONSULTED:
            return _consulted(book)
        case _:
            return Bars("", "", (), ())


def digest_of(figure: Figure, data: Data) -> str:
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
