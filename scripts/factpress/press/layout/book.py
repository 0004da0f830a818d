"""From the pages of one or several volumes to a PDF each: parts are laid out apart, and again only when they changed.

Apart, a part's boxes are gone before the next is laid out, so that memory grows with the longest part and not with
the book; two volumes are laid out side by side; and after a small edit the other parts are taken as they were. The
volumes of one book name each other's pages: a place in another volume is `VOLUME:ID`, one in the same `ID`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from factpress import __version__
from factpress.files.atomic import write_atomically
from factpress.press.layout.cache import LaidOutPart, Part, PartCache
from factpress.press.layout.page_numbers import digits_needed
from factpress.press.layout.part_layout import BookStyle
from factpress.press.layout.placement import Placement
from factpress.press.layout.renderer import read_style_sheet
from factpress.press.layout.workers import WorkerPool
from factpress.press.tagged_pdf.attachments import Attachment, attach
from factpress.press.tagged_pdf.conformance import complete_document, to_bytes
from factpress.press.tagged_pdf.join import join_parts
from factpress.press.tagged_pdf.shared_fonts import face_files, share_fonts
from factpress.problems import BookError

CHARACTERS_A_PAGE = 2500  #: of HTML, fewer than any page has had: a guess that is rather too high


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One volume to be made; title, author and dates are those of its first part."""

    volume: str  #: by which the others name its pages
    out: Path
    parts: Sequence[Part]
    style: BookStyle
    cache_folder: Path  #: for what the next time can take over
    rights: str = ""  #: a sentence
    licence: str = ""  #: an address
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class BookLayout:
    """What a laid-out volume holds: its printed page numbers in order, and the page of each anchor."""

    page_labels: tuple[str, ...]  #: number printed on each page
    anchors: Mapping[str, int]  #: id in the HTML: page, counted from 1

    @property
    def pages(self) -> int:
        """Return the count of pages."""
        return len(self.page_labels)


def print_volumes(jobs: Sequence[PrintJob], pool: WorkerPool) -> list[BookLayout]:
    """Write each volume as one PDF/A-3a and PDF/UA-1.

    The workers of `pool` are stopped when the parts are laid out.

    Raises:
        BookError: anything that the layout complains about, of all parts; no file is written.
        ToolError: WeasyPrint or a worker failed, or a patch does not fit WeasyPrint.
        FileError: a page or style sheet cannot be read, or a file cannot be written.
    """
    lengths = [sum(len(read_style_sheet(part.page)) for part in job.parts) for job in jobs]
    digits = max(2, *(digits_needed(length // CHARACTERS_A_PAGE) for length in lengths))
    laid_out = _lay_out_all(jobs, digits, pool)
    needed = max(digits_needed(sum(part.pages for part in parts)) for parts in laid_out)
    if needed > digits:  # guessed too low, which is rare
        laid_out = _lay_out_all(jobs, needed, pool)
    pool.stop()  # joining is what takes most memory
    return [_join(job, parts) for job, parts in zip(jobs, laid_out, strict=True)]


def _join(job: PrintJob, laid_out: Sequence[LaidOutPart]) -> BookLayout:
    with ExitStack() as stack:
        book = join_parts([part.pdf for part in laid_out if part.pages], stack)
        share_fonts(book, _faces(job.style), job.cache_folder)
        labels = complete_document(book, job.rights, job.licence, in_spreads=job.style.is_mirrored)
        attach(book, job.attachments)
        write_atomically(job.out, to_bytes(book))
    anchors: dict[str, int] = {}
    start = 0
    for part in laid_out:
        anchors |= {anchor: start + page for anchor, page in part.anchors.items()}
        start += part.pages
    return BookLayout(labels, anchors)


def _faces(style: BookStyle) -> dict[str, Path]:
    return {name: file for sheet in style.stylesheets for name, file in face_files(sheet).items()}


def _lay_out_all(jobs: Sequence[PrintJob], digits: int, pool: WorkerPool) -> list[list[LaidOutPart]]:
    """Return the parts of each volume laid out, in their order; BookError lists all problems."""
    own_modules = sorted(Path(__file__).parents[1].rglob("*.py"))  # a change of ours makes other pages, too
    styles = [replace(job.style, digits=digits) for job in jobs]
    caches = [
        PartCache(
            job.cache_folder,
            [__version__, style.title, style.outer_class, str(style.is_mirrored), str(digits)],
            [*style.stylesheets, *own_modules],
        )
        for job, style in zip(jobs, styles, strict=True)
    ]
    pool.open_volumes(list(zip(styles, caches, strict=True)))
    placement = Placement({job.volume: job.parts for job in jobs}, styles, caches, pool)
    laid_out = placement.run()
    if placement.problems:
        raise BookError(placement.problems)
    for cache, (parts, _) in zip(caches, laid_out, strict=True):
        cache.keep_only(parts)
    return [list(found) for _, found in laid_out]
