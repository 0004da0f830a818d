"""What is wrong with the pages of a PDF of ours, measured in the finished file: lines, pictures, fonts and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from factpress.press.fonts import is_ours
from factpress.press.preflight.line_quality import Area, line_problems, loose_lines
from factpress.press.preflight.links import link_problems
from factpress.press.preflight.page_reader import sheets
from factpress.press.preflight.pages import Pages, words
from factpress.press.preflight.pdf_fonts import PdfFont
from factpress.press.preflight.text_lines import blocks
from factpress.press.preflight.text_runs import OUTSIDE, Sheet
from factpress.problems import FactpressError, FileError, Problem, in_order

LOWEST_RESOLUTION = 200  #: pixels an inch that a picture in print needs


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in a PDF, and in how much of it."""

    problems: list[Problem]
    pages: int
    justified: int  #: lines whose word spaces were widened to fill them, or could have been
    loose: int  #: those among them whose word spaces are more than twice the normal

    @property
    def even(self) -> float:
        """Return the part of the justified lines whose word spaces are within twice the normal, in per cent."""
        return 100 * (1 - self.loose / self.justified) if self.justified else 100.0


def measure(file: Path, name: str) -> Measured:
    """Return the problems of a PDF's pages, which are called by `name`; FileError if it is none."""
    with _opened(file) as pdf:
        pages = Pages(pdf, name)
        read = list(sheets(pdf))
        areas = [Area.of(page) for page in pdf.pages]
        found = blocks(pdf, read, [(area.left, area.right) for area in areas])
        lines, loose = loose_lines(found)
        problems = [
            *line_problems(found, read, areas, pages, lines, loose),
            *_empty(read, pages),
            *_pictures(read, pages),
            *_fonts(read, pages),
            *link_problems(pdf, pages),
        ]
        return Measured(in_order(problems), len(read), lines, len(loose))


@contextmanager
def _opened(file: Path) -> Iterator[Pdf]:
    try:
        with pikepdf.open(file) as pdf:
            yield pdf
    except FileNotFoundError:
        raise FileError(f"{file} is not there.", "Build it: factpress build --edition pdf") from None
    except FactpressError:
        raise
    except (OSError, pikepdf.PdfError, AttributeError, KeyError, ValueError) as error:
        raise FileError(f"{file} cannot be measured: {error}.", "Build it again.") from error


def _empty(read: Sequence[Sheet], pages: Pages) -> Iterator[Problem]:
    """Yield pages with nothing on them but a running head; one at the left before the next part is meant."""
    empty = [
        not sheet.pictures and not sheet.figures and all(piece.tag == OUTSIDE for piece in sheet.pieces)
        for sheet in read
    ]
    for number, nothing in enumerate(empty, 1):
        meant = number % 2 == 0 and number < len(read) and not empty[number]
        if nothing and not meant:
            yield pages.problem("pdf-page-empty", number)


def _pictures(read: Sequence[Sheet], pages: Pages) -> Iterator[Problem]:
    for number, sheet in enumerate(read, 1):
        for picture in sheet.pictures:
            if picture.resolution < LOWEST_RESOLUTION:
                size = "{} × {}".format(*picture.pixels)
                yield pages.problem(
                    "pdf-picture-coarse", number, size=size, dpi=round(picture.resolution), limit=LOWEST_RESOLUTION
                )


def _fonts(read: Sequence[Sheet], pages: Pages) -> Iterator[Problem]:
    """Yield fonts and signs that a reader may not see as they were meant, each at its first place."""
    undrawn: dict[int, set[int]] = {}
    seen: set[tuple[str, str]] = set()
    for number, sheet in enumerate(read, 1):
        for piece in sheet.pieces:
            font = piece.font
            if id(font) not in undrawn:
                undrawn[id(font)] = font.undrawn()
            for code, values in _faults(font, piece.codes & undrawn[id(font)]):
                if (code, f"{font.name}{values}") not in seen:
                    seen.add((code, f"{font.name}{values}"))
                    yield pages.problem(code, number, font=font.name or "(no name)", words=words(piece.text), **values)


def _faults(font: PdfFont, missing: set[int] | frozenset[int]) -> Iterator[tuple[str, dict[str, str]]]:
    if not font.embedded:
        yield "pdf-font-absent", {}
    if not is_ours(font.name):
        yield "pdf-font-foreign", {}
    if missing:
        signs = sorted({font.signs[code].text or f"number {code}" for code in missing})
        yield "pdf-glyph-missing", {"signs": " ".join(signs)}
