"""One side of a sheet of paper as a page of a PDF, with its boxes, and the marks that a person folds and cuts by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from factpress.press.sheets.job import MM
from factpress.problems import UsageError

TICK = 4 * MM  #: length of a fold mark, from the paper's edge
STAPLE = 12 * MM  #: width of a staple
GAP, CROP = 2 * MM, 3 * MM  #: from the corner of the trimmed pages to a crop mark, and its length
THIN = "q 0.3 w 0 G"
BAR, STEP = (2.4 * MM, 7 * MM), 8 * MM  #: width and height of a gathering's mark, and how far the next is below it
DIGIT = (1.1 * MM, 2.0 * MM)  #: width and height of a numeral of a sheet's mark
FOOT = 6 * MM  #: from the foot of the pages, where a printer may print nothing, to the mark of a sheet
#: strokes of the numerals in a box of 1 by 2: no face has to be embedded for them
NUMERALS = {
    "0": "0 0 m 1 0 l 1 2 l 0 2 l h", "1": "0.5 0 m 0.5 2 l 0.1 1.6 l", "2": "0 2 m 1 2 l 1 1 l 0 1 l 0 0 l 1 0 l",
    "3": "0 2 m 1 2 l 1 0 l 0 0 l 0.2 1 m 1 1 l", "4": "0 2 m 0 1 l 1 1 l 1 2 m 1 0 l",
    "5": "1 2 m 0 2 l 0 1 l 1 1 l 1 0 l 0 0 l", "6": "1 2 m 0 2 l 0 0 l 1 0 l 1 1 l 0 1 l",
    "7": "0 2 m 1 2 l 0.4 0 l", "8": "0 0 m 1 0 l 1 2 l 0 2 l h 0 1 m 1 1 l",
    "9": "0 0 m 1 0 l 1 2 l 0 2 l 0 1 l 1 1 l", "-": "0.1 1 m 0.9 1 l",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle on the sheet, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def turned(self, paper: tuple[float, float]) -> Rectangle:
        """Return where it lies when the paper is turned upside down."""
        return Rectangle(paper[0] - self.right, paper[1] - self.top, paper[0] - self.left, paper[1] - self.bottom)

    def box(self) -> Array:
        """Return the rectangle as PDF writes it."""
        return Array([round(value, 4) for value in (self.left, self.bottom, self.right, self.top)])


def enclosing_rectangle(areas: Sequence[Rectangle]) -> Rectangle:
    """Return the smallest area that holds all of these."""
    lefts, bottoms, rights, tops = zip(*((a.left, a.bottom, a.right, a.top) for a in areas), strict=True)
    return Rectangle(min(lefts), min(bottoms), max(rights), max(tops))


def add_page(
    target: Pdf, paper: tuple[float, float], drawing: str, forms: Object, trim: Rectangle, bleed: Rectangle
) -> None:
    """Add a side of paper with these drawing operators and the forms that they name."""
    whole = Rectangle(0, 0, *paper).box()
    page = Dictionary(
        Type=Name.Page, MediaBox=whole, CropBox=whole, TrimBox=trim.box(), BleedBox=bleed.box(),
        Resources=Dictionary(XObject=forms), Contents=target.make_stream(drawing.encode()),
    )  # fmt: skip
    target.pages.append(Page(target.make_indirect(page)))


def require_room_to_crop(paper: tuple[float, float], trim: Rectangle, name: str) -> None:
    """Refuse paper from which crop marks would fall off.

    Raises:
        UsageError: there is no room for them.
    """
    room = GAP + CROP
    if min(trim.left, trim.bottom, paper[0] - trim.right, paper[1] - trim.top) < room - 0.01:
        width, height = (trim.right - trim.left + 2 * room) / MM, (trim.top - trim.bottom + 2 * room) / MM
        raise UsageError(
            f"{name} paper has no room for crop marks around these pages.",
            f"Leave them out, or take paper of at least {width:.0f} × {height:.0f} mm.",
        )


def fold_marks(paper: tuple[float, float]) -> str:
    """Return a dashed tick at the top and the foot of the fold."""
    x, height = paper[0] / 2, paper[1]
    return f"{THIN} [1.5 1.5] 0 d {_line(x, 0, x, TICK)} {_line(x, height - TICK, x, height)} Q"


def staple_marks(paper: tuple[float, float], trim: Rectangle) -> str:
    """Return two lines on the fold where the staples go: around a quarter of the pages' height from each end."""
    x, quarter = paper[0] / 2, (trim.top - trim.bottom) / 4
    middles = (trim.bottom + quarter, trim.top - quarter)
    return f"{THIN} " + " ".join(_line(x, at - STAPLE / 2, x, at + STAPLE / 2) for at in middles) + " Q"


def crop_marks(trim: Rectangle) -> str:
    """Return two lines outside each corner of the trimmed pages."""
    return f"{THIN} " + " ".join(_corners(trim)) + " Q"


def gathering_mark(paper: tuple[float, float], trim: Rectangle, gathering: int) -> str:
    """Return a bar on the outside of the fold, further down for each gathering: in a pile that is in order, a stair."""
    steps = max(1, int((trim.top - trim.bottom - 4 * STEP) / STEP))
    top = trim.top - 2 * STEP - (gathering - 1) % steps * STEP
    return f"q 0 g {paper[0] / 2 - BAR[0] / 2:.4f} {top - BAR[1]:.4f} {BAR[0]:.4f} {BAR[1]:.4f} re f Q"


def sheet_mark(paper: tuple[float, float], trim: Rectangle, gathering: int, sheet: int) -> str:
    """Return the number of a gathering and of a sheet in it, `2-3`, at the foot of the fold."""
    words = f"{gathering}-{sheet}"
    width, height = DIGIT
    step = width * 1.6
    left = paper[0] / 2 - (len(words) * step - width * 0.6) / 2
    drawn = (
        f"q {width:.4f} 0 0 {height / 2:.4f} {left + nth * step:.4f} {trim.bottom + FOOT:.4f} cm {NUMERALS[sign]} S Q"
        for nth, sign in enumerate(words)
    )
    return "q 0.28 w 0.2 G 1 j 1 J " + " ".join(drawn) + " Q"


def _corners(trim: Rectangle) -> Iterator[str]:
    for x, out in ((trim.left, -1), (trim.right, 1)):
        for y in (trim.bottom, trim.top):
            yield _line(x + out * GAP, y, x + out * (GAP + CROP), y)
    for y, out in ((trim.bottom, -1), (trim.top, 1)):
        for x in (trim.left, trim.right):
            yield _line(x, y + out * GAP, x, y + out * (GAP + CROP))


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1:.4f} {y1:.4f} m {x2:.4f} {y2:.4f} l S"
