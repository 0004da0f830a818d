"""How the lines of a PDF are set: too long, alone on their page, or hyphenated one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pikepdf import Page

from factpress.press.preflight.lines import TextBlock, TextLine
from factpress.press.preflight.page_content import NO_MCID, PageContent, TextRun
from factpress.press.preflight.pages import PageProblems, first_words
from factpress.problems import Problem

MAX_CONSECUTIVE_HYPHENS = 2  #: ends of lines in a row
PAST_EDGE = 1.0  #: points: what rounding in the file adds up to
HANGING = 3.5  #: points by which large figures may hang out at the left
FLOWING = ("/P", "/LBody", "/BlockQuote")
HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


@dataclass(frozen=True, slots=True)
class TextArea:
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
    def of(cls, page: Page) -> TextArea:
        """Return the area that the page names."""
        left, bottom, right, top = (float(edge) for edge in page.artbox)  # type: ignore[arg-type]  # numbers
        return cls(left, bottom, right, top, float(page.mediabox[2]))  # type: ignore[arg-type]


def line_problems(
    blocks: Sequence[TextBlock],
    contents: Sequence[PageContent],
    areas: Sequence[TextArea],
    labels: PageProblems,
) -> Iterator[Problem]:
    """Yield all that is wrong with the lines of a PDF."""
    for block in blocks:
        yield from _widows_and_orphans(block, labels)
        yield from _hyphens(block, labels)
    yield from _headings(blocks, contents, labels)
    yield from _too_long(blocks, contents, areas, labels)


def _widows_and_orphans(block: TextBlock, labels: PageProblems) -> Iterator[Problem]:
    """Yield a paragraph's only line on a page, where it goes on over two."""
    if block.kind not in FLOWING or len(block.pages) < 2:
        return
    counts = [(page, list(lines)) for page, lines in groupby(block.lines, key=lambda line: line.page)]
    for code, (page, lines) in (("pdf-orphan", counts[0]), ("pdf-widow", counts[-1])):
        if len(lines) == 1:
            yield labels.problem(code, page, words=first_words(lines[0].text))


def _hyphens(block: TextBlock, labels: PageProblems) -> Iterator[Problem]:
    for hyphenated, run in groupby(block.lines, key=lambda line: line.hyphenated):
        stacked = list(run)
        if hyphenated and len(stacked) > MAX_CONSECUTIVE_HYPHENS:
            last = stacked[-1]
            yield labels.problem("pdf-hyphens", last.page, count=len(stacked), word=last.text.rsplit(" ", 1)[-1])


def _headings(blocks: Sequence[TextBlock], contents: Sequence[PageContent], labels: PageProblems) -> Iterator[Problem]:
    last: dict[int, tuple[TextBlock, TextLine]] = {}
    for block in blocks:
        for line in block.lines:
            if block.kind != "/Note":  # notes stand at the foot, whatever is above them
                last[line.page] = (block, line)
    for page, (block, line) in last.items():
        below = max(contents[page - 1].figure_ids, default=NO_MCID)
        if block.kind in HEADINGS and below < line.runs[-1].mcid:
            yield labels.problem("pdf-heading-foot", page, words=first_words(line.text))


def _too_long(
    blocks: Sequence[TextBlock], contents: Sequence[PageContent], areas: Sequence[TextArea], labels: PageProblems
) -> Iterator[Problem]:
    for block in blocks:
        for line in block.lines:
            area = areas[line.page - 1]
            past = max(line.end - area.right, area.left - HANGING - line.start, area.bottom - line.runs[0].y)
            if past > PAST_EDGE:
                yield labels.problem("pdf-line-long", line.page, words=first_words(line.text), past=f"{past:.1f}")
    for number, (content, area) in enumerate(zip(contents, areas, strict=True), 1):
        for run in content.runs:
            past = _past_edge(run, area)
            if past > PAST_EDGE:
                yield labels.problem("pdf-line-long", number, words=first_words(run.text), past=f"{past:.1f}")


def _past_edge(run: TextRun, area: TextArea) -> float:
    """Return how far a running head leaves its line, or what stands in the margin leaves the page."""
    if run.mcid == NO_MCID:
        return max(run.end - area.right, area.left - run.x)
    in_margin = area.beside(run.x, run.end)
    return max(run.end - area.width, -run.x) if in_margin else 0.0
