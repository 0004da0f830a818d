"""Lays out one part of a book after another, and writes each when its page numbers are known."""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Mapping, Sequence, Set
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
    is_mirrored: bool = True  #: left and right pages differ: a part is laid out for the side on which it begins
    digits: int = 2  #: how many digits a page number may have; more are found out when all pages stand


#: classes of the two forms of a note on what a box says: a link to the box, and what to say where the box is far
NEAR_BOX, FAR_FROM_BOX = "near-box", "far-from-box"


@dataclass(slots=True)
class _HeldPart:
    """A part that is laid out and not yet written."""

    document: Any  #: of WeasyPrint
    problems: list[Problem]  #: complaints of the layout
    lost: list[str]  #: anchors in lists of pages that no part has


class PartLayout:
    """The renderers of the volumes, and the parts that are laid out and wait for their page numbers."""

    def __init__(self, volumes: Sequence[tuple[BookStyle, PartCache]]) -> None:
        """Take note; style sheets and fonts are read with the first part of each volume."""
        self._volumes = volumes
        self._renderers: dict[int, Renderer] = {}
        self._log: LayoutLog | None = None
        self._held: dict[int, _HeldPart] = {}  # by the number of the part

    def lay_out(self, number: int, volume: int, part: Part, first: int, printed: Mapping[str, str]) -> LaidOutPart:
        """Lay out a part, with room for the numbers of its pages and of those that it names.

        `number` is by which it is written later, `first` that of its first page, of which only the side must hold;
        `printed` are numbers on other parts, which only one that lists pages needs at once.

        Raises:
            ToolError: WeasyPrint failed, or a patch does not fit it.
            FileError: the page or a style sheet cannot be read.
        """
        style, cache = self._volumes[volume]
        self._log = log = self._log or LayoutLog(part.page)
        log.problems.clear()
        targets: list[str] = []
        lost: list[str] = []
        far: set[str] = set()  # boxes whose notes have to do without them

        def prepare(tree: Element) -> None:
            if part.fills:
                keep_sections(tree, part.blank)
            boxes.update(choose_notes(tree, far))
            listed = page_numbers.listed_targets(tree)
            targets[:] = [*page_numbers.page_reference_targets(tree), *listed]
            lost[:] = [anchor for anchor in listed if anchor not in printed]
            page_numbers.reserve_digits(tree, style.digits)
            page_numbers.fill_page_lists(tree, printed, CROSS_PART_URI)

        with patched_layout(log):
            if volume not in self._renderers:
                self._renderers[volume] = Renderer(style.stylesheets, part.page.parent, log)
            log.file = part.page
            while True:
                boxes: dict[str, str] = {}
                document = self._renderers[volume].lay_out(part.page, _css(style, first), prepare)
                anchors = anchor_pages(document)
                found = {box for note, box in boxes.items() if style.is_mirrored and _is_far(note, box, anchors, first)}
                if not found - far:
                    break
                far |= found
        self._held[number] = _HeldPart(document, list(log.problems), lost)
        shown = tuple(dict.fromkeys(targets))
        return LaidOutPart(cache.pdf_of(part), len(document.pages), anchors, first, shown)

    def write(
        self, number: int, volume: int, part: Part, first: int, laid_out: LaidOutPart, printed: Mapping[str, str]
    ) -> list[Problem]:
        """Write a part that was laid out, its first page being number `first`; with a problem, do not.

        `printed` are the numbers printed on the pages of the anchors that it names.

        Raises:
            ToolError: WeasyPrint failed, or a patch does not fit it.
        """
        assert self._log
        style, cache = self._volumes[volume]
        held, place = self._held.pop(number), Place(str(part.page))
        document = held.document
        self._log.file = part.page
        self._log.problems.clear()
        page_numbers.print_running_numbers(document, first)
        lost = [*held.lost, *page_numbers.print_page_references(document, printed)]
        problems = [problem("pdf-log", place, message=f"No page has the id {anchor!r}") for anchor in lost]
        problems += [*links_to_local_files(document, place), *overflowing_boxes(document, place)]
        problems += lost_footnotes(document, place)
        data = write_pdf(document, style.outer_class, self._log, first_is_right=bool(first % 2))
        problems += [*held.problems, *self._log.problems]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            problems += foreign_fonts(repair_structure(pdf, link_texts(document)), place)
            prefix_ids(pdf, part.page.stem)  # not what names its cache: the bytes would follow our code
            data = to_bytes(pdf)
        problems = with_page_numbers(problems, document) if problems else []
        del document, held
        gc.collect()  # boxes refer to each other in circles, and the collector is off while laying out
        if not problems:
            shown = {anchor: printed[anchor] for anchor in laid_out.targets}
            cache.store(part, first, laid_out, shown, data)
        return problems

    def drop(self, number: int) -> None:
        """Forget a part that was laid out."""
        del self._held[number]
        gc.collect()


def _is_far(note: str, box: str, anchors: Mapping[str, int], first: int) -> bool:
    """Return whether a note and its box stand on two openings."""
    return (first - 1 + anchors.get(note, 0)) // 2 != (first - 1 + anchors.get(box, 0)) // 2


def choose_notes(tree: Element, far: Set[str]) -> dict[str, str]:
    """Leave of each note on what a box says one form; return, by the note, the boxes that are still led to."""
    near: dict[str, str] = {}
    for note in tree.iter("span"):
        forms = {kind: [part for part in note if part.get("class") == kind] for kind in (NEAR_BOX, FAR_FROM_BOX)}
        for short, whole in zip(forms[NEAR_BOX], forms[FAR_FROM_BOX], strict=True):
            box = str(next(short.iter("a")).get("href", "")).removeprefix("#")
            if box not in far:
                near[str(note.get("id"))] = box
            remove_keeping_tail(note, short if box in far else whole)
    return near


def remove_keeping_tail(parent: Element, child: Element) -> None:
    """Remove an element, and leave the text that follows it."""
    at = list(parent).index(child)
    if child.tail and at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def keep_sections(tree: Element, count: int) -> None:
    """Remove all but the first sections of a page's body."""
    for parent in list(tree.iter()):
        sections = [child for child in parent if child.tag == "section" and child.get("class") == "blank"]
        for surplus in sections[count:]:
            parent.remove(surplus)


def _css(style: BookStyle, first: int) -> str:
    """Return the style of one part: on which side it begins, and the book's title for the foot of its pages."""
    title = json.dumps(style.title, ensure_ascii=False)
    # numbers that take as much room as the true ones may, which are put in when they are known
    start = 10 ** (style.digits - 1)
    side = "" if first % 2 else " html { break-before: left }"
    return f"@page :first {{ counter-reset: page {start} }} html {{ string-set: book {title} }}{side}"
