"""What is wrong with the pages of a PDF of ours, measured in the finished file: lines, pictures, fonts and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from factpress.press.fonts import is_book_font
from factpress.press.preflight.booklet import Promised, promise_problems
from factpress.press.preflight.embedded_fonts import EmbeddedFont
from factpress.press.preflight.line_quality import TextArea, line_problems
from factpress.press.preflight.lines import text_blocks
from factpress.press.preflight.links import link_problems
from factpress.press.preflight.page_content import PageContent, page_contents
from factpress.press.preflight.pages import PageProblems, coarse_images, empty_pages, first_words
from factpress.problems import FactpressError, FileError, Problem, sorted_problems


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was found in a PDF, and how much of it there is."""

    problems: list[Problem]
    pages: int
    size: int  #: bytes of the file


def measure_pages(file: Path, name: str, promised: Promised | None = None) -> Measurement:
    """Return the problems of a PDF's pages, which are called by `name`; `promised` is what the volume has to keep.

    Raises:
        FileError: it is not there, or not a PDF.
    """
    with _opened(file) as pdf:
        labels = PageProblems(pdf, name)
        contents = list(page_contents(pdf))
        areas = [TextArea.of(page) for page in pdf.pages]
        blocks = text_blocks(pdf, contents, [(area.left, area.right) for area in areas])
        problems = [
            *line_problems(blocks, contents, areas, labels),
            *empty_pages(contents, labels),
            *coarse_images(contents, labels),
            *_font_problems(contents, labels),
            *link_problems(pdf, labels),
            *(promise_problems(pdf, file, contents, areas, blocks, labels, promised) if promised else ()),
        ]
        return Measurement(sorted_problems(problems), len(contents), file.stat().st_size)


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


def _font_problems(contents: Sequence[PageContent], labels: PageProblems) -> Iterator[Problem]:
    """Yield fonts and characters that a reader may not see as they were meant, each at its first place."""
    undrawn: dict[int, set[int]] = {}
    seen: set[tuple[str, str]] = set()
    for number, content in enumerate(contents, 1):
        for run in content.runs:
            font = run.font
            if id(font) not in undrawn:
                undrawn[id(font)] = font.undrawn()
            for code, values in _font_faults(font, run.codes & undrawn[id(font)]):
                if (code, f"{font.name}{values}") not in seen:
                    seen.add((code, f"{font.name}{values}"))
                    name, words = font.name or "(no name)", first_words(run.text)
                    yield labels.problem(code, number, font=name, words=words, **values)


def _font_faults(font: EmbeddedFont, missing: set[int] | frozenset[int]) -> Iterator[tuple[str, dict[str, str]]]:
    if not font.embedded:
        yield "pdf-font-absent", {}
    if not is_book_font(font.name):
        yield "pdf-font-foreign", {}
    if missing:
        characters = sorted({font.glyphs[code].text or f"number {code}" for code in missing})
        yield "pdf-glyph-missing", {"signs": " ".join(characters)}
