"""From the pages of a book's parts to one PDF: each is laid out apart, and again only when something in it changed.

Apart, a part's boxes are gone before the next is laid out, so that memory grows with the longest part and not with
the book; several are laid out side by side; and after a small edit the other parts are taken as they were. The
numbered parts come first, then the front matter, because its table of contents prints the numbers of all.
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
from factpress.press.layout.renderer import read_style_sheet
from factpress.press.layout.workers import WorkerPool
from factpress.press.tagged_pdf.attachments import Attachment, attach
from factpress.press.tagged_pdf.conformance import complete_document, to_bytes
from factpress.press.tagged_pdf.join import join_parts
from factpress.problems import BookError, Problem

CHARACTERS_A_PAGE = 2500  #: of HTML, fewer than any page has had: a guess that is rather too high


@dataclass(frozen=True, slots=True)
class BookLayout:
    """What a laid-out book holds: its printed page numbers in order, and the page of each anchor."""

    page_labels: tuple[str, ...]  #: number printed on each page, roman before the first numbered page
    anchors: Mapping[str, int]  #: id in the HTML: page, counted from 1 through the whole file

    @property
    def pages(self) -> int:
        """Return the count of pages."""
        return len(self.page_labels)


def book_to_pdf(
    parts: Sequence[Part],
    out: Path,
    pool: WorkerPool,
    style: BookStyle,
    *,
    cache_folder: Path,
    rights: str = "",
    licence: str = "",
    attachments: Sequence[Attachment] = (),
) -> BookLayout:
    """Write the parts to `out` as one PDF/A-3a and PDF/UA-1; title, author and dates are those of the first part.

    The workers of `pool` are stopped when the parts are laid out. `cache_folder` is for what the next time can take
    over. `rights` is a sentence, `licence` an address.

    Raises:
        BookError: anything that the layout complains about, of all parts; `out` is not written.
        ToolError: WeasyPrint or a worker failed, or a patch does not fit WeasyPrint.
        FileError: a page or style sheet cannot be read, or `out` cannot be written.
    """
    length = sum(len(read_style_sheet(part.page)) for part in parts)
    style = replace(style, digits=max(2, digits_needed(length // CHARACTERS_A_PAGE)))
    laid_out = _lay_out_all(parts, style, cache_folder, pool)
    digits = digits_needed(sum(part.padded_page_count for part in laid_out))
    if digits > style.digits:  # guessed too low, which is rare
        laid_out = _lay_out_all(parts, replace(style, digits=digits), cache_folder, pool)
    pool.stop()  # joining is what takes most memory
    front = sum(done.padded_page_count for part, done in zip(parts, laid_out, strict=True) if not part.numbered)
    with ExitStack() as stack:
        book = join_parts([part.pdf for part in laid_out], stack)
        labels = complete_document(book, front + 1, rights, licence)
        attach(book, attachments)
        write_atomically(out, to_bytes(book))
    anchors: dict[str, int] = {}
    start = 0
    for part in laid_out:
        anchors |= {anchor: start + page for anchor, page in part.anchors.items()}
        start += part.padded_page_count
    return BookLayout(labels, anchors)


def _lay_out_all(parts: Sequence[Part], style: BookStyle, folder: Path, pool: WorkerPool) -> list[LaidOutPart]:
    """Return the parts laid out, in their order; BookError lists all problems."""
    own_modules = sorted(Path(__file__).parents[1].rglob("*.py"))  # a change of ours makes other pages, too
    cache = PartCache(
        folder,
        [__version__, style.title, style.outer_class, str(style.digits)],
        [*style.stylesheets, *own_modules],
    )
    pool.open_book(style, cache)
    placement = _Placement(parts, cache, pool)
    laid_out = placement.run()
    if placement.problems:
        raise BookError(placement.problems)
    cache.keep_only(parts)
    return laid_out


class _Placement:
    """Which part is where: with a worker, or placed in the book, with the number of its first page."""

    def __init__(self, parts: Sequence[Part], cache: PartCache, pool: WorkerPool) -> None:
        self.problems: list[Problem] = []
        self._parts, self._cache, self._pool = parts, cache, pool
        self._order = sorted(range(len(parts)), key=lambda n: (not parts[n].numbered, n))
        self._placed: dict[int, LaidOutPart] = {}
        self._waiting: dict[int, LaidOutPart] = {}  # its worker waits for the number of the first page
        self._printed: dict[str, str] = {}
        self._next_number = {True: 1, False: 1}  # by whether a part is numbered

    def run(self) -> list[LaidOutPart]:
        """Place all parts, and return them in the order of the book."""
        while True:
            self._place()
            self._hand_out()
            ready = self._pool.ready()
            if not ready:
                return [self._placed[number] for number in range(len(self._parts))]
            for worker in ready:
                answer = worker.receive()
                if isinstance(answer, LaidOutPart):
                    self._waiting[worker.part_number] = answer
                else:
                    self.problems += answer
                    worker.part_number = -1

    def _place(self) -> None:
        """Place parts in order, up to the first whose count of pages is not known."""
        for number in self._order[len(self._placed) :]:
            part = self._parts[number]
            first = self._next_number[part.numbered]
            laid_out = self._waiting.pop(number, None)
            worker = self._pool.worker_of(number)
            if worker and laid_out:
                printed = {**self._printed, **laid_out.printed_numbers(part.numbered, first)}
                worker.write(part, first, laid_out, printed)
            elif not worker:
                laid_out = self._cache.find(part, first, self._printed)
            if not laid_out:
                return
            self._placed[number] = laid_out
            self._printed |= laid_out.printed_numbers(part.numbered, first)
            self._next_number[part.numbered] += laid_out.padded_page_count

    def _hand_out(self) -> None:
        """Give each idle worker a part to lay out: the next to be placed, and later ones that the cache does not have.

        Never one beyond a part that may be in the cache: all workers could then wait for the one that has to be laid
        out. Nor beyond one that lists pages, which has to know their numbers before it is laid out.
        """
        due = self._order[len(self._placed) :]
        for number in due:
            part = self._parts[number]
            if self._pool.worker_of(number):
                continue
            if number != due[0] and (not part.numbered or self._cache.has(part) or part.lists_pages):
                return
            worker = self._pool.idle()
            if not worker:
                return
            worker.lay_out(number, part, self._next_number[part.numbered], self._printed)
