"""Lays out one part of a book after another, and writes each when its page numbers are known."""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf

from factpress.model.place import Place
from factpress.press.layout import page_numbers
from factpress.press.layout.cache import LaidOutPart, Part, PartCache
from factpress.press.layout.log import LayoutLog
from factpress.press.layout.overflow import lost_footnotes, overflowing_boxes, with_page_numbers
from factpress.press.layout.renderer import (
    Renderer,
    anchor_pages,
    foreign_fonts,
    links_to_local_files,
    patched_layout,
    write_pdf,
)
from factpress.press.tagged_pdf.conformance import repair_structure, to_bytes
from factpress.press.tagged_pdf.join import CROSS_PART_URI, prefix_ids
from factpress.press.weasyprint_patches.boxes import link_texts
from factpress.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class BookStyle:
    """What all parts of a book have in common."""

    title: str  #: for running heads
    stylesheets: Sequence[Path]
    outer_class: str  #: of inline blocks that are laid out in the left margin, and stand in the outer one
    digits: int = 2  #: how many digits a page number may have; more are found out when all pages stand


class PartLayout:
    """The renderer, and the part that it has laid out last."""

    def __init__(self, style: BookStyle, cache: PartCache) -> None:
        """Take note; style sheets and fonts are read with the first part."""
        self._style, self._cache = style, cache
        self._renderer: Renderer | None = None
        self._log: LayoutLog | None = None
        self._document: Any = None
        self._targets: list[str] = []  # anchors whose page numbers the part shows
        self._lost: list[str] = []  # those in lists of pages that no other part has

    def lay_out(self, part: Part, first: int, printed: Mapping[str, str]) -> LaidOutPart:
        """Lay out a part, with room for the numbers of its pages and of those that it names.

        `first` is the number of its first page, which only a part of the front matter needs at once; `printed` are
        numbers on other parts, which only one that lists pages needs at once.

        Raises:
            ToolError: WeasyPrint failed, or a patch does not fit it.
            FileError: the page or a style sheet cannot be read.
        """
        self._log = log = self._log or LayoutLog(part.page)
        log.problems.clear()

        def prepare(tree: Element) -> None:
            listed = page_numbers.listed_targets(tree)
            self._targets = [*page_numbers.page_reference_targets(tree), *listed]
            self._lost = [anchor for anchor in listed if anchor not in printed]
            page_numbers.reserve_digits(tree, self._style.digits)
            page_numbers.fill_page_lists(tree, printed, CROSS_PART_URI)

        with patched_layout(log):
            self._renderer = self._renderer or Renderer(self._style.stylesheets, part.page.parent, log)
            log.file = part.page
            self._document = self._renderer.lay_out(part.page, self._css(part, first), prepare)
        return LaidOutPart(self._cache.pdf_of(part), len(self._document.pages), anchor_pages(self._document))

    def write(self, part: Part, first: int, laid_out: LaidOutPart, printed: Mapping[str, str]) -> list[Problem]:
        """Write the part that was laid out last, its first page being number `first`; with a problem, do not.

        `printed` are the numbers printed on the pages of all anchors known so far.

        Raises:
            ToolError: WeasyPrint failed, or a patch does not fit it.
        """
        assert self._log and self._document
        document, place = self._document, Place(str(part.page))
        if part.numbered:
            page_numbers.print_running_numbers(document, first)
        lost = [*self._lost, *page_numbers.print_page_references(document, printed)]
        problems = [problem("pdf-log", place, message=f"No page has the id {anchor!r}") for anchor in lost]
        problems += [*links_to_local_files(document, place), *overflowing_boxes(document, place)]
        problems += lost_footnotes(document, place)
        data = write_pdf(document, self._style.outer_class, self._log)
        problems += self._log.problems
        with pikepdf.open(io.BytesIO(data)) as pdf:
            problems += foreign_fonts(repair_structure(pdf, link_texts(document)), place)
            prefix_ids(pdf, part.page.stem)  # not what names its cache: the bytes would follow our code
            data = to_bytes(pdf)
        problems = with_page_numbers(problems, document) if problems else []
        del document
        self._document = None
        gc.collect()  # boxes refer to each other in circles, and the collector is off while laying out
        if not problems:
            shown = {anchor: printed[anchor] for anchor in self._targets}
            self._cache.store(part, first, laid_out, shown, data)
        return problems

    def _css(self, part: Part, first: int) -> str:
        """Return the style of one part: where its page numbers start, and the book's title for running heads."""
        title = json.dumps(self._style.title, ensure_ascii=False)
        # numbers that take as much room as the true ones may, which are put in when they are known
        start = 10 ** (self._style.digits - 1) if part.numbered else first
        return f"@page :first {{ counter-reset: page {start} }} html {{ string-set: book {title} }}"
