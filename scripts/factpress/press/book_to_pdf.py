"""From the pages of a book's parts to one PDF: each is laid out apart, and again only when something in it changed.

Apart, a part's boxes are gone before the next is laid out, so that memory grows with the longest part and not with
the book; and after a small edit the other parts are taken as they were. The numbered parts come first, then the front
matter, because its table of contents prints the numbers of all.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf

from factpress import __version__
from factpress.files.atomic import write_atomically
from factpress.press.conformance import finish, mend, saved
from factpress.press.folios import figures_needed, folios, page_numbers, print_folios
from factpress.press.html_to_pdf import CHARACTERS_A_PAGE, Layout
from factpress.press.joining import joined
from factpress.press.layout_log import LayoutLog
from factpress.press.weasy import Weasy, anchors_of, careful, foreign_faces, link_texts_of, local_links, read, written
from factpress.problems import BookError, Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Part:
    """A page of HTML that begins on a right-hand page of the book."""

    page: Path
    numbered: bool  #: counted 1, 2, 3; else it is front matter, counted i, ii, iii


@dataclass(frozen=True, slots=True)
class Laid:
    """A part as it was laid out: its file, how many pages it has, and the page of each anchor in it, from 1."""

    pdf: Path
    pages: int
    anchors: Mapping[str, int]

    @property
    def leaves(self) -> int:
        """Return its pages with the blank one that brings the next part to a right-hand page."""
        return self.pages + self.pages % 2


def book_to_pdf(
    parts: Sequence[Part], out: Path, *, title: str, styles: Sequence[Path], kept: Path, outer: str
) -> Layout:
    """Write the parts to `out` as one PDF/A-3a and PDF/UA-1; `kept` is a folder for what the next time can take over.

    `title` is for the running heads, `outer` as for `html_to_pdf`. Any complaint of the layout is a problem:
    BookError then lists them all, and `out` is not written.
    """
    length = sum(len(read(part.page)) for part in parts)
    figures = max(2, figures_needed(length // CHARACTERS_A_PAGE))
    laid, problems = _lay_out_all(parts, title, styles, kept, outer, figures)
    total = sum(part.leaves for part in laid)
    if figures_needed(total) > figures:  # the guess was too low, which is rare
        laid, problems = _lay_out_all(parts, title, styles, kept, outer, figures_needed(total))
    if problems:
        raise BookError(problems)
    front = sum(part.leaves for of, part in zip(parts, laid, strict=True) if not of.numbered)
    with ExitStack() as stack:
        book = joined([part.pdf for part in laid], stack)
        rights = _rights(read(parts[0].page))
        numbers = finish(book, front + 1, rights)
        write_atomically(out, saved(book))
    _forget(kept, {part.pdf.stem for part in laid})
    anchors: dict[str, int] = {}
    start = 0
    for part in laid:
        anchors |= {anchor: start + page for anchor, page in part.anchors.items()}
        start += part.leaves
    return Layout(numbers, anchors)


def _lay_out_all(
    parts: Sequence[Part], title: str, styles: Sequence[Path], kept: Path, outer: str, figures: int
) -> tuple[list[Laid], list[Problem]]:
    """Return the parts laid out, in their order, and all problems."""
    log = LayoutLog(parts[0].page)
    press: Weasy | None = None
    laid: dict[int, Laid] = {}
    printed: dict[str, str] = {}
    problems: list[Problem] = []
    start = {True: 1, False: 1}
    gc.collect()  # the trees that the pages were written from
    gc.freeze()  # what is left of before is not looked through after each part
    recipe = _digest_of([__version__, version("weasyprint"), version("pikepdf"), title, outer, str(figures)], styles)
    for number in sorted(range(len(parts)), key=lambda n: (not parts[n].numbered, n)):
        part, first = parts[number], start[parts[number].numbered]
        record = _record(kept, part, first, recipe)
        found = _kept(record, part, first, printed)
        if found is None:
            with careful(log):
                press = press or Weasy(styles, part.page.parent, log)
                log.file = part.page
                document = press.lay_out(part.page, figures, _running(title, first))
                found, wrong = _written(document, part, first, printed, outer, record)
                del document
            problems += wrong
            gc.collect()  # boxes refer to each other in circles, and the collector is off while laying out
        laid[number] = found
        printed |= _printed(part, first, found)
        start[part.numbered] += found.leaves
    gc.unfreeze()
    return [laid[n] for n in range(len(parts))], [*log.problems, *problems]


def _running(title: str, first: int) -> str:
    """Return the style of one part: the number of its first page, and the book's title for running heads."""
    book = json.dumps(title, ensure_ascii=False)
    return f"@page :first {{ counter-reset: page {first} }} html {{ string-set: book {book} }}"


def _written(
    document: Any, part: Part, first: int, printed: Mapping[str, str], outer: str, record: Path
) -> tuple[Laid, list[Problem]]:
    """Write a part that was laid out and its record; with a problem, neither."""
    place = Place(str(part.page))
    laid = Laid(record.with_suffix(".pdf"), len(document.pages), anchors_of(document))
    numbers = {**printed, **_printed(part, first, laid)}
    nowhere = print_folios(document, numbers)
    problems = [problem("pdf-log", place, message=f"No page has the id {anchor!r}") for anchor in nowhere]
    problems += local_links(document, place)
    with pikepdf.open(io.BytesIO(written(document, outer))) as pdf:
        problems += foreign_faces(mend(pdf, link_texts_of(document)), place)
        data = saved(pdf)
    if not problems:
        shown = {anchor: numbers[anchor] for anchor in folios(read(part.page))}
        write_atomically(laid.pdf, data)
        write_atomically(record, json.dumps({"pages": laid.pages, "anchors": laid.anchors, "shown": shown}))
    return laid, problems


def _kept(record: Path, part: Part, first: int, printed: Mapping[str, str]) -> Laid | None:
    """Return a part as it was laid out before, if every number that it prints is still the same."""
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        laid = Laid(record.with_suffix(".pdf"), told["pages"], told["anchors"])
        shown = told["shown"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    numbers = {**printed, **_printed(part, first, laid)}
    same = all(numbers.get(anchor) == number for anchor, number in shown.items())
    return laid if same and laid.pdf.is_file() else None


def _record(kept: Path, part: Part, first: int, recipe: str) -> Path:
    """Return where a part is kept: named by all that its layout shows but the numbers of other pages."""
    pictures = sorted((part.page.parent / "_images").glob("*"))
    name = _digest_of([recipe, str(first), str(part.numbered), read(part.page)], pictures)
    return kept / f"{name}.json"


def _digest_of(texts: Sequence[str], files: Sequence[Path]) -> str:
    digest = hashlib.sha256("\0".join(texts).encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _printed(part: Part, first: int, laid: Laid) -> dict[str, str]:
    numbers = page_numbers(first - 1 + laid.pages, 1 if part.numbered else first + laid.pages)
    return {anchor: numbers[first - 2 + page] for anchor, page in laid.anchors.items()}


def _rights(text: str) -> str:
    marker = '<meta name="dcterms.rights" content="'
    return text.partition(marker)[2].partition('"')[0]


def _forget(kept: Path, used: set[str]) -> None:
    for file in kept.iterdir():
        if file.stem not in used:
            file.unlink()
