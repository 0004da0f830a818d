"""Reads what stands on the pages of a PDF from the file itself, operator by operator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Object, Page, Pdf

from factpress.press.preflight.pdf_fonts import PdfFont
from factpress.press.preflight.text_runs import OUTSIDE, Matrix, Picture, Piece, Sheet, Shown

UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def sheets(pdf: Pdf) -> Iterator[Sheet]:
    """Yield the pages of a PDF."""
    fonts: dict[tuple[int, int], PdfFont] = {}
    for page in pdf.pages:
        reader = _Reader(fonts)
        reader.read(page, page.obj.get("/Resources", Dictionary()), UNIT)
        yield Sheet(reader.pieces, reader.pictures, reader.figures)


@dataclass
class _Reader:
    """Walks through the operators of a page."""

    fonts: dict[tuple[int, int], PdfFont]
    pieces: list[Piece] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)  #: marked content that is open, innermost last
    font: PdfFont | None = None
    size: float = 0.0
    apart: float = 0.0  #: extra space after each sign (Tc), in points
    text: Matrix = UNIT
    line: Matrix = UNIT
    leading: float = 0.0

    def read(self, content: Page | Object, resources: Object, start: Matrix) -> None:
        """Note what the operators of a page, or of a form in it, show."""
        matrix, kept = start, []
        for part in pikepdf.parse_content_stream(content):
            kind, values = str(part.operator), part.operands
            if kind == "TJ":
                self._show(values[0], matrix)
            elif kind in ("Tm", "Td", "TD", "T*", "BT"):
                self._move(kind, values)
            elif kind == "Tf":
                self.font, self.size = self._font(resources.Font[str(values[0])]), float(values[1])
            elif kind in ("BDC", "BMC"):
                self.tags.append(_tag(values, self.tag))
                if str(values[0]) == "/Figure":
                    self.figures.append(self.tag)
            elif kind == "EMC":
                self.tags.pop()
            elif kind == "q":
                kept.append((matrix, self.font, self.size, self.apart))
            elif kind == "Q":
                matrix, self.font, self.size, self.apart = kept.pop()
            elif kind == "cm":
                matrix = _times(_matrix(values), matrix)
            elif kind == "Tc":
                self.apart = float(values[0])
            elif kind == "TL":
                self.leading = float(values[0])
            elif kind == "Do":
                self._place(resources.XObject[str(values[0])], resources, matrix)
            elif kind in ("Tj", "'", '"'):
                if kind != "Tj":
                    self._move("T*", [])
                self._show([values[-1]], matrix)

    @property
    def tag(self) -> int:
        """Return the number of the marked content that is open."""
        return self.tags[-1] if self.tags else OUTSIDE

    def _font(self, font: Object) -> PdfFont:
        return self.fonts.setdefault(font.objgen, PdfFont(font))

    def _move(self, kind: str, values: Any) -> None:
        if kind == "BT":
            self.line = UNIT
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
        shown = Shown(self.font, self.size, self.apart)
        for part in parts:
            if isinstance(part, pikepdf.String):
                shown.add(bytes(part))
            else:
                shown.move(-float(part) * self.size / 1000)
        whole = _times(self.text, matrix)
        if shown.signs:
            self.pieces.append(shown.piece(whole, self.tag))
        self.text = _times((1.0, 0.0, 0.0, 1.0, shown.at, 0.0), self.text)

    def _place(self, item: Object, resources: Object, matrix: Matrix) -> None:
        if item.get("/Subtype") == "/Image":
            a, b, c, d, x, y = matrix
            across, down = (a * a + b * b) ** 0.5 / 72, (c * c + d * d) ** 0.5 / 72
            if across and down:
                self.pictures.append(Picture((int(item.Width), int(item.Height)), (across, down), (x, y)))
        elif item.get("/Subtype") == "/Form":
            inner = _times(_matrix(item.get("/Matrix", UNIT)), matrix)
            self.read(item, item.get("/Resources", resources), inner)


def _tag(values: Any, around: int) -> int:
    # a number in the properties, "" for an artifact; other marked content lies inside a tag or inside none
    if str(values[0]) == "/Artifact":
        return OUTSIDE
    known = len(values) > 1 and isinstance(values[1], Dictionary) and "/MCID" in values[1]
    return int(values[1].MCID) if known else around


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
