"""One side of a sheet of paper as a page of a PDF, with its boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on the sheet, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def turned(self, paper: tuple[float, float]) -> Area:
        """Return where it lies when the paper is turned upside down."""
        return Area(paper[0] - self.right, paper[1] - self.top, paper[0] - self.left, paper[1] - self.bottom)

    def box(self) -> Array:
        """Return the rectangle as PDF writes it."""
        return Array([round(value, 4) for value in (self.left, self.bottom, self.right, self.top)])


def around(areas: Sequence[Area]) -> Area:
    """Return the smallest area that holds all of these."""
    lefts, bottoms, rights, tops = zip(*((a.left, a.bottom, a.right, a.top) for a in areas), strict=True)
    return Area(min(lefts), min(bottoms), max(rights), max(tops))


def add_page(target: Pdf, paper: tuple[float, float], drawing: str, forms: Object, trim: Area, bleed: Area) -> None:
    """Add a side of paper with these drawing operators and the forms that they name."""
    whole = Area(0, 0, *paper).box()
    page = Dictionary(
        Type=Name.Page, MediaBox=whole, CropBox=whole, TrimBox=trim.box(), BleedBox=bleed.box(),
        Resources=Dictionary(XObject=forms), Contents=target.make_stream(drawing.encode()),
    )  # fmt: skip
    target.pages.append(Page(target.make_indirect(page)))
