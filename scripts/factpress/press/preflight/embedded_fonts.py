"""The fonts inside a PDF: how wide each code is, what it says, and whether anything is drawn for it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Object

PAIRS = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
RANGES = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
SECTIONS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


class Glyph(NamedTuple):
    """One character code: its width, in thousandths of the type size, and the text that it says."""

    code: int
    width: float
    text: str


@dataclass
class EmbeddedFont:
    """A font of a PDF, as far as it is needed to say where each word stands."""

    font: Object
    glyphs: dict[int, Glyph] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """Return its name without the subset's prefix, "" if it has none."""
        full = str(self.font.get("/BaseFont", "")).lstrip("/")
        return full.partition("+")[2] or full

    @cached_property
    def embedded(self) -> bool:
        """Return whether the file brings the font along."""
        return self._program is not None

    @cached_property
    def space(self) -> float:
        """Return how wide its own word space is, in thousandths of the type size."""
        own = [width for code, width in self._widths.items() if self._texts.get(code) == " "]
        return own[0] if own else 0.0

    def read(self, codes: bytes) -> Iterator[Glyph]:
        """Yield the glyphs of a string."""
        size = 2 if self._composite else 1
        for start in range(0, len(codes), size):
            code = int.from_bytes(codes[start : start + size])
            if code not in self.glyphs:
                text = self._texts.get(code, "" if self._composite else chr(code))
                self.glyphs[code] = Glyph(code, self._widths.get(code, self._default), text)
            yield self.glyphs[code]

    def undrawn(self) -> set[int]:
        """Return the codes used so far that say something and show nothing, or the sign for a missing glyph."""
        shown = {code for code, glyph in self.glyphs.items() if glyph.text.strip() or not glyph.text}
        if self._program is None or not self._composite:
            return set()
        from fontTools.pens.boundsPen import ControlBoundsPen  # type: ignore[import-untyped]
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

        file = TTFont(io.BytesIO(self._program.read_bytes()), lazy=True)
        names, glyphs = file.getGlyphOrder(), file.getGlyphSet()

        def drawn(code: int) -> bool:
            if not 0 < code < len(names):
                return False
            pen = ControlBoundsPen(glyphs)
            glyphs[names[code]].draw(pen)
            return pen.bounds is not None

        return {code for code in shown if not drawn(code)}

    @cached_property
    def _composite(self) -> bool:
        return str(self.font.get("/Subtype")) == "/Type0"

    @cached_property
    def _described(self) -> Any:
        return self.font.DescendantFonts[0] if self._composite else self.font

    @cached_property
    def _program(self) -> Any:
        about = self._described.get("/FontDescriptor", Dictionary())
        return next((about[kind] for kind in PROGRAMS if kind in about), None)

    @cached_property
    def _default(self) -> float:
        return float(self._described.get("/DW", 1000)) if self._composite else 0.0

    @cached_property
    def _widths(self) -> dict[int, float]:
        if not self._composite:
            first = int(self.font.get("/FirstChar", 0))
            return {first + n: float(width) for n, width in enumerate(self.font.get("/Widths", ()))}
        widths: dict[int, float] = {}
        given = list(self._described.get("/W", ()))
        while given:
            first = int(given.pop(0))
            rest = given.pop(0)
            if isinstance(rest, Array):
                widths |= {first + n: float(width) for n, width in enumerate(rest)}  # type: ignore[arg-type]  # numbers
            else:
                widths |= dict.fromkeys(range(first, int(rest) + 1), float(given.pop(0)))
        return widths

    @cached_property
    def _texts(self) -> dict[int, str]:
        table = self.font.get("/ToUnicode")
        texts: dict[int, str] = {}
        for kind, lines in SECTIONS.findall(table.read_bytes() if table is not None else b""):
            if kind == b"char":
                texts |= {int(code, 16): _text(text) for code, text in PAIRS.findall(lines)}
            else:
                for first, last, text in RANGES.findall(lines):
                    start = int(text, 16)
                    texts |= {code: chr(start + n) for n, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
        return texts


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
