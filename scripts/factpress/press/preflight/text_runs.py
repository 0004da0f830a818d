"""What stands on a page of a PDF: pieces of text and pictures, with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from factpress.press.preflight.pdf_fonts import PdfFont, Sign

Matrix = tuple[float, float, float, float, float, float]
SPACES = " \u00a0"
OUTSIDE = -1  #: number of what belongs to no tag: running heads, rules


@dataclass(frozen=True, slots=True)
class Piece:
    """Text shown at once in one font; lengths in points, from the page's lower left corner."""

    text: str
    x: float  #: where it begins
    end: float  #: where it ends, without a space there
    y: float  #: its baseline
    size: float
    gaps: tuple[float, ...]  #: how wide each of its word spaces is set
    space: float  #: how wide the font's own word space is
    font: PdfFont
    tag: int  #: number of its marked content on the page, or OUTSIDE
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of so many pixels, and the inches that it covers."""

    pixels: tuple[int, int]
    inches: tuple[float, float]
    at: tuple[float, float]  #: lower left corner, in points

    @property
    def resolution(self) -> float:
        """Return its pixels an inch, across or down, where they are fewer."""
        return min(count / length for count, length in zip(self.pixels, self.inches, strict=True))


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that stands on one page."""

    pieces: list[Piece]
    pictures: list[Picture]
    figures: list[int]  #: numbers of the marked contents that are figures


@dataclass
class Shown:
    """What one operator shows, sign by sign, in the units of its text."""

    font: PdfFont
    size: float
    apart: float
    signs: list[Sign] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    at: float = 0.0
    end: float = 0.0  #: of the last sign that is no space
    in_space: bool = False
    before: float = 0.0  #: what the next sign is set off by: half of what widens a space lies before it
    offset: bool = False  #: whether the next way is such; the one right after a sign is its kerning

    def add(self, codes: bytes) -> None:
        """Set a string; an empty one stands before what sets the next sign off."""
        self.offset = not codes
        for sign in self.font.read(codes):
            step = sign.width * self.size / 1000 + self.apart
            self.in_space = sign.text != "" and sign.text in SPACES
            self.at += step
            if self.in_space:
                self.gaps.append(self.before + step)
            else:
                self.end = self.at
            self.before = 0.0
            self.signs.append(sign)

    def move(self, step: float) -> None:
        """Go on, or back, before the next sign."""
        self.at += step
        if self.in_space:
            self.gaps[-1] += step
        elif self.offset:
            self.before += step

    def piece(self, whole: Matrix, tag: int) -> Piece:
        """Return it as it stands on the page."""
        across = whole[0]
        return Piece(
            "".join(sign.text for sign in self.signs), whole[4], whole[4] + self.end * across, whole[5],
            self.size * abs(whole[3]), tuple(gap * across for gap in self.gaps),
            self.font.space * self.size * across / 1000, self.font, tag, frozenset(sign.code for sign in self.signs),
        )  # fmt: skip
