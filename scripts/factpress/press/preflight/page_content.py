"""What stands on the pages of a PDF, read operator by operator: text runs and images, with their places.

Not by pdfplumber (0.11 tried): on a book of 403 pages its characters alone take 28 s of CPU, and all measurements 5 s
this way; word spaces would have to be guessed from the places of characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Object, Page, Pdf

from factpress.press.preflight.embedded_fonts import EmbeddedFont, Glyph

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SPACES = " \u00a0"
NO_MCID = -1  #: of what belongs to no structure element: running heads, rules


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text shown by one operator in one font; lengths in points, from the page's lower left corner."""

    text: str
    x: float  #: where it begins
    end: float  #: where it ends, without a space there
    y: float  #: its baseline
    size: float
    gaps: tuple[float, ...]  #: how wide each of its word spaces is set
    space: float  #: how wide the font's own word space is
    font: EmbeddedFont
    mcid: int  #: identifier of its marked content on the page, or NO_MCID
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """An image of so many pixels, and the inches that it covers."""

    pixels: tuple[int, int]
    inches: tuple[float, float]
    at: tuple[float, float]  #: lower left corner, in points

    @property
    def resolution(self) -> float:
        """Return its pixels an inch, across or down, where they are fewer."""
        return min(count / length for count, length in zip(self.pixels, self.inches, strict=True))


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that stands on one page."""

    runs: list[TextRun]
    images: list[PlacedImage]
    figure_ids: list[int]  #: identifiers of the marked contents that are figures


@dataclass
class TextRunBuilder:
    """What one operator shows, glyph by glyph, in text space units."""

    font: EmbeddedFont
    size: float
    char_spacing: float
    glyphs: list[Glyph] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    at: float = 0.0
    end: float = 0.0  #: of the last glyph that is not a space
    in_space: bool = False  #: the last glyph was a space
    before: float = 0.0  #: justification before the next glyph: half of what widens a space stands before it
    offset: bool = False  #: whether the next number of the TJ array is such; one right after a glyph is its kerning

    def add(self, codes: bytes) -> None:
        """Add a string of a TJ array; an empty one stands before a number that is justification."""
        self.offset = not codes
        for glyph in self.font.read(codes):
            step = glyph.width * self.size / 1000 + self.char_spacing
            self.in_space = glyph.text != "" and glyph.text in SPACES
            self.at += step
            if self.in_space:
                self.gaps.append(self.before + step)
            else:
                self.end = self.at
            self.before = 0.0
            self.glyphs.append(glyph)

    def move(self, step: float) -> None:
        """Move by a number of a TJ array, in points."""
        self.at += step
        if self.in_space:
            self.gaps[-1] += step
        elif self.offset:
            self.before += step

    def build(self, whole: Matrix, mcid: int) -> TextRun:
        """Return the text run as it stands on the page."""
        across = whole[0]
        return TextRun(
            "".join(glyph.text for glyph in self.glyphs), whole[4], whole[4] + self.end * across, whole[5],
            self.size * abs(whole[3]), tuple(gap * across for gap in self.gaps),
            self.font.space * self.size * across / 1000, self.font, mcid,
            frozenset(glyph.code for glyph in self.glyphs),
        )  # fmt: skip


def page_contents(pdf: Pdf) -> Iterator[PageContent]:
    """Yield what stands on each page of a PDF."""
    fonts: dict[tuple[int, int], EmbeddedFont] = {}
    for page in pdf.pages:
        reader = _Reader(fonts)
        reader.read(page, page.obj.get("/Resources", Dictionary()), IDENTITY)
        yield PageContent(reader.runs, reader.images, reader.figure_ids)


@dataclass
class _Reader:
    """Follows the operators of a page (ISO 32000-2, 8.4.4 and 9.4)."""

    fonts: dict[tuple[int, int], EmbeddedFont]
    runs: list[TextRun] = field(default_factory=list)
    images: list[PlacedImage] = field(default_factory=list)
    figure_ids: list[int] = field(default_factory=list)
    mcids: list[int] = field(default_factory=list)  #: marked content that is open, innermost last
    font: EmbeddedFont | None = None
    size: float = 0.0
    char_spacing: float = 0.0  #: extra space after each glyph (Tc), in points
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    leading: float = 0.0

    def read(self, content: Page | Object, resources: Object, start: Matrix) -> None:
        """Note what the operators of a page, or of a form in it, show."""
        matrix, saved = start, []
        for part in pikepdf.parse_content_stream(content):
            kind, values = str(part.operator), part.operands
            if kind == "TJ":
                self._show(values[0], matrix)
            elif kind in ("Tm", "Td", "TD", "T*", "BT"):
                self._move(kind, values)
            elif kind == "Tf":
                self.font, self.size = self._font(resources.Font[str(values[0])]), float(values[1])
            elif kind in ("BDC", "BMC"):
                self.mcids.append(_mcid(values, self.mcid))
                if str(values[0]) == "/Figure":
                    self.figure_ids.append(self.mcid)
            elif kind == "EMC":
                self.mcids.pop()
            elif kind == "q":
                saved.append((matrix, self.font, self.size, self.char_spacing))
            elif kind == "Q":
                matrix, self.font, self.size, self.char_spacing = saved.pop()
            elif kind == "cm":
                matrix = _times(_matrix(values), matrix)
            elif kind == "Tc":
                self.char_spacing = float(values[0])
            elif kind == "TL":
                self.leading = float(values[0])
            elif kind == "Do":
                self._show_object(resources.XObject[str(values[0])], resources, matrix)
            elif kind in ("Tj", "'", '"'):
                if kind != "Tj":
                    self._move("T*", [])
                self._show([values[-1]], matrix)

    @property
    def mcid(self) -> int:
        """Return the identifier of the marked content that is open."""
        return self.mcids[-1] if self.mcids else NO_MCID

    def _font(self, font: Object) -> EmbeddedFont:
        return self.fonts.setdefault(font.objgen, EmbeddedFont(font))

    def _move(self, kind: str, values: Any) -> None:
        if kind == "BT":
            self.line = IDENTITY
        elif kind == "Tm":
            self.line = _matrix(values)
        else:
            across, down = (0.0, -self.leading) if kind == "T*" else (float(values[0]), float(values[1]))
            if kind == "TD":
                self.leading = -down
            self.line = _times((1.0, 0.0, 0.0, 1.0, across, down), self.line)
        self.text = self.line

    def _show(self, parts: Any, matrix: Matrix) -> None:
        if self.font is None:
            return
        builder = TextRunBuilder(self.font, self.size, self.char_spacing)
        for part in parts:
            if isinstance(part, pikepdf.String):
                builder.add(bytes(part))
            else:
                builder.move(-float(part) * self.size / 1000)
        whole = _times(self.text, matrix)
        if builder.glyphs:
            self.runs.append(builder.build(whole, self.mcid))
        self.text = _times((1.0, 0.0, 0.0, 1.0, builder.at, 0.0), self.text)

    def _show_object(self, item: Object, resources: Object, matrix: Matrix) -> None:
        if item.get("/Subtype") == "/Image":
            a, b, c, d, x, y = matrix
            across, down = (a * a + b * b) ** 0.5 / 72, (c * c + d * d) ** 0.5 / 72
            if across and down:
                self.images.append(PlacedImage((int(item.Width), int(item.Height)), (across, down), (x, y)))
        elif item.get("/Subtype") == "/Form":
            inner = _times(_matrix(item.get("/Matrix", IDENTITY)), matrix)
            self.read(item, item.get("/Resources", resources), inner)


def _mcid(values: Any, around: int) -> int:
    # an MCID in the properties, none for an artifact; other marked content lies inside one with an MCID or in none
    if str(values[0]) == "/Artifact":
        return NO_MCID
    known = len(values) > 1 and isinstance(values[1], Dictionary) and "/MCID" in values[1]
    return int(values[1].MCID) if known else around


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
