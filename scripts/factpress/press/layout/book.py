"""From the pages of a book's parts to one PDF: each is laid out apart, and again only when something in it changed.

Apart, a part's boxes are gone before the next is laid out, so that memory grows with the longest part and not with
the book; several are laid out side by side; and after a small edit the other parts are taken as they were. The
numbered parts come first, then the front matter, because its table of contents prints the numbers of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from html import unescape
from importlib.metadata import version
from pathlib import Path

from factpress import __version__
from factpress.files.atomic import write_atomically
from factpress.press.layout.html_to_pdf import CHARACTERS_A_PAGE, Layout
from factpress.press.layout.layout_workers import Hands
from factpress.press.layout.page_numbers import figures_needed
from factpress.press.layout.part_cache import Kept, Laid, Part
from factpress.press.layout.part_layout import Look
from factpress.press.layout.renderer import read
from factpress.press.tagged_pdf.attachments import Attachment, attach
from factpress.press.tagged_pdf.conformance import finish, saved
from factpress.press.tagged_pdf.join import joined
from factpress.problems import BookError, Problem


def book_to_pdf(
    parts: Sequence[Part],
    out: Path,
    hands: Hands,
    *,
    title: str,
    styles: Sequence[Path],
    kept: Path,
    outer: str,
    attached: Sequence[Attachment] = (),
) -> Layout:
    """Write the parts to `out` as one PDF/A-3a and PDF/UA-1; `kept` is a folder for what the next time can take over.

    `hands` do the work, and are stopped when the parts are laid out; `title` is for the running heads, `outer` as for
    `html_to_pdf`; title, rights and dates are those of the first part. Any complaint of the layout is a problem:
    BookError then lists them all, and `out` is not written.
    """
    length = sum(len(read(part.page)) for part in parts)
    look = Look(title, styles, outer, max(2, figures_needed(length // CHARACTERS_A_PAGE)))
    laid = _lay_out_all(parts, look, kept, hands)
    if (figures := figures_needed(sum(part.leaves for part in laid))) > look.figures:  # guessed too low, which is rare
        laid = _lay_out_all(parts, Look(title, styles, outer, figures), kept, hands)
    hands.stop()  # joining is what takes most memory
    front = sum(part.leaves for of, part in zip(parts, laid, strict=True) if not of.numbered)
    with ExitStack() as stack:
        book = joined([part.pdf for part in laid], stack)
        head = read(parts[0].page)
        numbers = finish(book, front + 1, _said(head, "dcterms.rights"), _said(head, "dcterms.license"))
        attach(book, attached)
        write_atomically(out, saved(book))
    anchors: dict[str, int] = {}
    start = 0
    for part in laid:
        anchors |= {anchor: start + page for anchor, page in part.anchors.items()}
        start += part.leaves
    return Layout(numbers, anchors)


def _lay_out_all(parts: Sequence[Part], look: Look, folder: Path, hands: Hands) -> list[Laid]:
    """Return the parts laid out, in their order; BookError lists all problems."""
    tools = [__version__, version("weasyprint"), version("pikepdf")]
    ours = sorted(Path(__file__).parents[1].rglob("*.py"))  # a change of ours makes other pages, too
    made_by = [*look.styles, *ours]
    kept = Kept(folder, [*tools, look.title, look.outer, str(look.figures)], made_by)
    hands.begin(look, kept)
    work = _Work(parts, kept, hands)
    laid = work.done()
    if work.problems:
        raise BookError(work.problems)
    kept.forget_all_but(parts)
    return laid


class _Work:
    """Which part is where: in hand, or placed in the book, with the number of its first page."""

    def __init__(self, parts: Sequence[Part], kept: Kept, hands: Hands) -> None:
        self.problems: list[Problem] = []
        self._parts, self._kept, self._hands = parts, kept, hands
        self._order = sorted(range(len(parts)), key=lambda n: (not parts[n].numbered, n))
        self._placed: dict[int, Laid] = {}
        self._waiting: dict[int, Laid] = {}  # laid out by a hand that waits for the number of the first page
        self._printed: dict[str, str] = {}
        self._start = {True: 1, False: 1}

    def done(self) -> list[Laid]:
        """Place all parts, and return them in the order of the book."""
        while True:
            self._place()
            self._hand_out()
            heard = self._hands.heard()
            if not heard:
                return [self._placed[number] for number in range(len(self._parts))]
            for hand in heard:
                answer = hand.hear()
                if isinstance(answer, Laid):
                    self._waiting[hand.number] = answer
                else:
                    self.problems += answer
                    hand.number = -1

    def _place(self) -> None:
        """Place parts in order, up to the first whose count of pages is not known."""
        for number in self._order[len(self._placed) :]:
            part = self._parts[number]
            first = self._start[part.numbered]
            laid = self._waiting.pop(number, None)
            hand = self._hands.with_part(number)
            if hand and laid:
                hand.write(part, first, laid, {**self._printed, **laid.printed(part.numbered, first)})
            elif not hand:
                laid = self._kept.found(part, first, self._printed)
            if not laid:
                return
            self._placed[number] = laid
            self._printed |= laid.printed(part.numbered, first)
            self._start[part.numbered] += laid.leaves

    def _hand_out(self) -> None:
        """Give each idle hand a part to lay out: the next to be placed, and later ones that nothing is kept of.

        Never one beyond a part that may be kept: the hands could then all wait for the one that has to be laid out.
        Nor beyond one that lists pages, which has to know their numbers before it is laid out.
        """
        due = self._order[len(self._placed) :]
        for number in due:
            part = self._parts[number]
            if self._hands.with_part(number):
                continue
            if number != due[0] and (not part.numbered or self._kept.known(part) or self._kept.lists_pages(part)):
                return
            hand = self._hands.idle()
            if not hand:
                return
            hand.lay_out(number, part, self._start[part.numbered], self._printed)


def _said(page: str, name: str) -> str:
    return unescape(page.partition(f'<meta name="{name}" content="')[2].partition('"')[0])
