"""Lays out one part of a book after another, and writes each when its page numbers are known."""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from factpress.model.place import Place
from factpress.press.layout.log import LayoutLog
from factpress.press.layout.overflow import placed, too_large
from factpress.press.layout.page_numbers import listed, print_folios, print_running_numbers
from factpress.press.layout.part_cache import Kept, Laid, Part
from factpress.press.layout.renderer import (
    Weasy,
    anchors_of,
    careful,
    foreign_faces,
    link_texts_of,
    local_links,
    read,
    written,
)
from factpress.press.tagged_pdf.conformance import mend, saved
from factpress.press.tagged_pdf.element_ids import prefix_ids
from factpress.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Look:
    """What all parts of a book have in common."""

    title: str  #: for running heads
    styles: Sequence[Path]
    outer: str  #: class of what stands in the outer margin
    figures: int  #: how many figures a page number may have


class PartPress:
    """WeasyPrint, and the part that it has laid out last."""

    def __init__(self, look: Look, kept: Kept) -> None:
        """Take note; style sheets and faces are read with the first part."""
        self._look, self._kept = look, kept
        self._weasy: Weasy | None = None
        self._log: LayoutLog | None = None
        self._document: Any = None
        self._not_listed: list[str] = []

    def lay_out(self, part: Part, first: int, printed: Mapping[str, str]) -> Laid:
        """Lay out a part, with room for the numbers of its pages and of those that it names.

        `first` is the number of its first page, which only a part of the front matter needs at once; `printed` are
        numbers on other parts, which only one that lists pages needs at once.
        """
        self._log = log = self._log or LayoutLog(part.page)
        log.problems.clear()
        with careful(log):
            self._weasy = self._weasy or Weasy(self._look.styles, part.page.parent, log)
            log.file = part.page
            self._document = self._weasy.lay_out(part.page, self._look.figures, self._running(part, first), printed)
        self._not_listed = [anchor for anchor in listed(read(part.page)) if anchor not in printed]
        return Laid(self._kept.place(part), len(self._document.pages), anchors_of(self._document))

    def write(self, part: Part, first: int, laid: Laid, numbers: Mapping[str, str]) -> list[Problem]:
        """Write the part that was laid out last, its first page being number `first`; with a problem, do not.

        `numbers` are those printed on the pages of all anchors known so far.
        """
        assert self._log and self._document
        document, place = self._document, Place(str(part.page))
        if part.numbered:
            print_running_numbers(document, first)
        nowhere = [*self._not_listed, *print_folios(document, numbers)]
        problems = [problem("pdf-log", place, message=f"No page has the id {anchor!r}") for anchor in nowhere]
        problems += [*local_links(document, place), *too_large(document, place)]
        with careful(self._log):
            data = written(document, self._look.outer)
        problems += self._log.problems
        with pikepdf.open(io.BytesIO(data)) as pdf:
            problems += foreign_faces(mend(pdf, link_texts_of(document)), place)
            prefix_ids(pdf, part.page.stem)  # not what names its cache: the bytes would follow our code
            data = saved(pdf)
        problems = placed(problems, document) if problems else []
        del document
        self._document = None
        gc.collect()  # boxes refer to each other in circles, and the collector is off while laying out
        if not problems:
            self._kept.keep(part, first, laid, numbers, data)
        return problems

    def _running(self, part: Part, first: int) -> str:
        """Return the style of one part: where its page numbers start, and the book's title for running heads."""
        book = json.dumps(self._look.title, ensure_ascii=False)
        # numbers that take as much room as the true ones may, which are put in when they are known
        room = 10 ** (self._look.figures - 1) if part.numbered else first
        return f"@page :first {{ counter-reset: page {room} }} html {{ string-set: book {book} }}"
