"""The lines of a PDF: text runs put together by the structure elements that they belong to, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pikepdf import Dictionary, NumberTree, Object, Pdf

from factpress.press.preflight.page_content import NO_MCID, PageContent, TextRun

INLINE = {"/Span", "/Link", "/NonStruct", "/Quote", "/Code", "/Reference", "/Annot"}
LINE_STEP = 0.8  #: of the type size: a run so much lower begins a line; raised marks do not
HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a block; `page` from 1."""

    page: int
    runs: tuple[TextRun, ...]

    @property
    def text(self) -> str:
        """Return its text, without the space at its end."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def start(self) -> float:
        """Return where it begins."""
        return min(run.x for run in self.runs)

    @property
    def end(self) -> float:
        """Return where it ends."""
        return max(run.end for run in self.runs)

    @property
    def hyphenated(self) -> bool:
        """Return whether it ends with a hyphen; one within an address is not meant."""
        last = self.text.rpartition(" ")[2]
        return last.endswith(tuple(HYPHENS)) and last[-2:-1].isalpha() and "/" not in last

    @property
    def main(self) -> TextRun:
        """Return its longest run, whose font is that of the line."""
        return max(self.runs, key=lambda run: len(run.text))


@dataclass
class TextBlock:
    """What one block-level structure element holds: a paragraph, a heading, a cell, a note."""

    kind: str  #: structure type, as /P
    lines: list[TextLine] = field(default_factory=list)

    @cached_property
    def pages(self) -> list[int]:
        """Return the pages it stands on."""
        return list(dict.fromkeys(line.page for line in self.lines))


def text_blocks(pdf: Pdf, pages: Sequence[PageContent], areas: Sequence[tuple[float, float]]) -> list[TextBlock]:
    """Return the blocks in the order of their first lines; `areas` are the left and right edge of each page's text.

    What stands beside the text, in the margin, is left out.
    """
    blocks: dict[tuple[int, int], TextBlock] = {}
    parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, (page, sheet, (left, right)) in enumerate(zip(pdf.pages, pages, areas, strict=True), 1):
        owners = (
            [_block_of(element) for element in parents[int(page.obj.StructParents)]]
            if "/StructParents" in page.obj
            else []
        )
        pending: dict[tuple[int, int], list[TextRun]] = {}
        for run in sheet.runs:
            owner = owners[run.mcid] if run.mcid != NO_MCID and run.mcid < len(owners) else None
            if owner is None or run.end < left or run.x > right:
                continue
            blocks.setdefault(owner.objgen, TextBlock(str(owner.S)))
            pending.setdefault(owner.objgen, []).append(run)
        for key, runs in pending.items():
            blocks[key].lines += (TextLine(number, line) for line in _lines(runs))
    return list(blocks.values())


def _block_of(element: Object | None) -> Object | None:
    while isinstance(element, Dictionary) and str(element.get("/S")) in INLINE:
        element = element.get("/P")
    return element if isinstance(element, Dictionary) and "/S" in element else None


def _lines(runs: Sequence[TextRun]) -> Iterator[tuple[TextRun, ...]]:
    line: list[TextRun] = []
    for run in runs:
        if line and (run.x < line[-1].x - 1 or line[0].y - run.y > LINE_STEP * run.size):
            yield tuple(line)
            line = []
        line.append(run)
    if line:
        yield tuple(line)
