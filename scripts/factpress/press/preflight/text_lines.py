"""The lines of a PDF: pieces of text put together by the tags they belong to, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pikepdf import Dictionary, NumberTree, Object, Pdf

from factpress.press.preflight.text_runs import OUTSIDE, Piece, Sheet

INLINE = {"/Span", "/Link", "/NonStruct", "/Quote", "/Code", "/Reference", "/Annot"}
LOWER = 0.8  #: of the type size: a piece so much lower begins a line; raised marks do not
HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block; `page` from 1."""

    page: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return what it says, without the space at its end."""
        return "".join(piece.text for piece in self.pieces).strip()

    @property
    def start(self) -> float:
        """Return where it begins."""
        return min(piece.x for piece in self.pieces)

    @property
    def end(self) -> float:
        """Return where it ends."""
        return max(piece.end for piece in self.pieces)

    @property
    def hyphenated(self) -> bool:
        """Return whether it ends with a hyphen; one within an address is none."""
        last = self.text.rpartition(" ")[2]
        return last.endswith(tuple(HYPHENS)) and last[-2:-1].isalpha() and "/" not in last

    @property
    def main(self) -> Piece:
        """Return its longest piece, whose font is that of the line."""
        return max(self.pieces, key=lambda piece: len(piece.text))

    @property
    def looseness(self) -> float:
        """Return how wide its widest word space is, as a multiple of the normal one, that of its largest type."""
        inside = [gap for piece in self.pieces for gap in piece.gaps]
        between = [  # seen from sign to sign: a piece may begin elsewhere than the one before it ends
            after.x - before.end + (after.gaps[0] if after.text[:1].isspace() and after.gaps else 0.0)
            for before, after in pairwise(self.pieces)
            if before.text[-1:].isspace() or after.text[:1].isspace()
        ]
        return max([*inside, *between], default=0.0) / (max(piece.space for piece in self.pieces) or 1.0)

    @property
    def stretched(self) -> bool:
        """Return whether its word spaces were widened to fill the line, by more than kerning does."""
        return any(gap > 1.03 * piece.space for piece in self.pieces for gap in piece.gaps if piece.space)


@dataclass
class Block:
    """What one tag that is not within a line holds: a paragraph, a heading, a cell, a note."""

    kind: str  #: of its tag
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def pages(self) -> list[int]:
        """Return the pages it stands on."""
        return list(dict.fromkeys(line.page for line in self.lines))

    @property
    def justified(self) -> bool:
        """Return whether its lines but the last were widened."""
        return any(line.stretched for line in self.lines[:-1])


def blocks(pdf: Pdf, pages: Sequence[Sheet], areas: Sequence[tuple[float, float]]) -> list[Block]:
    """Return the blocks in the order of their first lines; `areas` are the left and right edge of each page's text.

    What stands beside the text, in the margin, is left out.
    """
    found: dict[tuple[int, int], Block] = {}
    parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, (page, sheet, (left, right)) in enumerate(zip(pdf.pages, pages, areas, strict=True), 1):
        homes = [_home(tag) for tag in parents[int(page.obj.StructParents)]] if "/StructParents" in page.obj else []
        pending: dict[tuple[int, int], list[Piece]] = {}
        for piece in sheet.pieces:
            home = homes[piece.tag] if piece.tag != OUTSIDE and piece.tag < len(homes) else None
            if home is None or piece.end < left or piece.x > right:
                continue
            found.setdefault(home.objgen, Block(str(home.S)))
            pending.setdefault(home.objgen, []).append(piece)
        for key, pieces in pending.items():
            found[key].lines += (Line(number, line) for line in _lines(pieces))
    return list(found.values())


def _home(element: Object | None) -> Object | None:
    while isinstance(element, Dictionary) and str(element.get("/S")) in INLINE:
        element = element.get("/P")
    return element if isinstance(element, Dictionary) and "/S" in element else None


def _lines(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    line: list[Piece] = []
    for piece in pieces:
        if line and (piece.x < line[-1].x - 1 or line[0].y - piece.y > LOWER * piece.size):
            yield tuple(line)
            line = []
        line.append(piece)
    if line:
        yield tuple(line)
