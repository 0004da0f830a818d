"""How the lines of a PDF are set: too long, too loose, alone on their page, or hyphenated one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pikepdf import Page

from factpress.press.preflight.pages import Pages, words
from factpress.press.preflight.text_lines import Block, Line
from factpress.press.preflight.text_runs import OUTSIDE, Piece, Sheet
from factpress.problems import Problem

LOOSEST = 2.0  #: times the normal word space
LOOSE_PART = 0.01  #: of the justified lines may be looser than that
MOST_HYPHENS = 2  #: at the ends of lines running
PAST_EDGE = 1.0  #: points: what rounding in the file adds up to
HANGING = 3.5  #: points by which large figures may hang out at the left
FLOWING = ("/P", "/LBody", "/BlockQuote")
HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


@dataclass(frozen=True, slots=True)
class Area:
    """Where the text of a page may stand, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    width: float  #: of the whole page

    def beside(self, start: float, end: float) -> bool:
        """Return whether what stands there stands in the margin."""
        return end < self.left or start > self.right

    @classmethod
    def of(cls, page: Page) -> Area:
        """Return the area that the page names."""
        left, bottom, right, top = (float(edge) for edge in page.artbox)  # type: ignore[arg-type]  # numbers
        return cls(left, bottom, right, top, float(page.mediabox[2]))  # type: ignore[arg-type]


def loose_lines(blocks: Sequence[Block]) -> tuple[int, list[Line]]:
    """Return how many lines are justified, and those whose word spaces are too wide."""
    lines = [line for block in blocks if block.justified for line in block.lines[:-1]]
    return len(lines), [line for line in lines if line.looseness > LOOSEST + 0.005]


def line_problems(
    blocks: Sequence[Block], read: Sequence[Sheet], areas: Sequence[Area], pages: Pages, lines: int, loose: list[Line]
) -> Iterator[Problem]:
    """Yield all that is wrong with the lines of a PDF."""
    for line in loose:
        yield pages.problem("pdf-line-loose", line.page, words=words(line.text), times=f"{line.looseness:.2f}")
    if len(loose) > LOOSE_PART * lines:
        part = f"{100 * len(loose) / lines:.1f}"
        yield pages.problem("pdf-lines-loose", loose[0].page, loose=len(loose), lines=lines, part=part)
    for block in blocks:
        yield from _alone(block, pages)
        yield from _hyphens(block, pages)
    yield from _headings(blocks, read, pages)
    yield from _too_long(blocks, read, areas, pages)


def _alone(block: Block, pages: Pages) -> Iterator[Problem]:
    """Yield a paragraph's only line on a page, where it goes on over two."""
    if block.kind not in FLOWING or len(block.pages) < 2:
        return
    counts = [(page, list(lines)) for page, lines in groupby(block.lines, key=lambda line: line.page)]
    for code, (page, lines) in (("pdf-orphan", counts[0]), ("pdf-widow", counts[-1])):
        if len(lines) == 1:
            yield pages.problem(code, page, words=words(lines[0].text))


def _hyphens(block: Block, pages: Pages) -> Iterator[Problem]:
    for hyphenated, run in groupby(block.lines, key=lambda line: line.hyphenated):
        stacked = list(run)
        if hyphenated and len(stacked) > MOST_HYPHENS:
            last = stacked[-1]
            yield pages.problem("pdf-hyphens", last.page, count=len(stacked), word=last.text.rsplit(" ", 1)[-1])


def _headings(blocks: Sequence[Block], read: Sequence[Sheet], pages: Pages) -> Iterator[Problem]:
    last: dict[int, tuple[Block, Line]] = {}
    for block in blocks:
        for line in block.lines:
            if block.kind != "/Note":  # notes stand at the foot, whatever is above them
                last[line.page] = (block, line)
    for page, (block, line) in last.items():
        below = max(read[page - 1].figures, default=OUTSIDE)
        if block.kind in HEADINGS and below < line.pieces[-1].tag:
            yield pages.problem("pdf-heading-foot", page, words=words(line.text))


def _too_long(blocks: Sequence[Block], read: Sequence[Sheet], areas: Sequence[Area], pages: Pages) -> Iterator[Problem]:
    for block in blocks:
        for line in block.lines:
            area = areas[line.page - 1]
            past = max(line.end - area.right, area.left - HANGING - line.start, area.bottom - line.pieces[0].y)
            if past > PAST_EDGE:
                yield pages.problem("pdf-line-long", line.page, words=words(line.text), past=f"{past:.1f}")
    for number, (sheet, area) in enumerate(zip(read, areas, strict=True), 1):
        for piece in sheet.pieces:
            past = _past_edge(piece, area)
            if past > PAST_EDGE:
                yield pages.problem("pdf-line-long", number, words=words(piece.text), past=f"{past:.1f}")


def _past_edge(piece: Piece, area: Area) -> float:
    """Return how far a running head leaves its line, or what stands in the margin leaves the page."""
    if piece.tag == OUTSIDE:
        return max(piece.end - area.right, area.left - piece.x)
    in_margin = area.beside(piece.x, piece.end)
    return max(piece.end - area.width, -piece.x) if in_margin else 0.0
