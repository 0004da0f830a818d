"""From a page of HTML to a finished PDF: laid out, tagged, conforming, with nothing silently ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.model.place import Place
from factpress.press.layout.log import LayoutLog
from factpress.press.layout.overflow import placed, too_large
from factpress.press.layout.page_numbers import figures_needed, page_numbers, print_folios
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
from factpress.press.tagged_pdf.conformance import make_conforming
from factpress.problems import BookError, problem

CHARACTERS_A_PAGE = 2500  #: of HTML, fewer than any page has had: a guess that is rather too high


@dataclass(frozen=True, slots=True)
class Layout:
    """What a laid-out PDF holds: its printed page numbers in order, and the page of each anchor."""

    numbers: tuple[str, ...]  #: number printed on each page, roman before the first numbered page
    anchors: Mapping[str, int]  #: id in the HTML: page, counted from 1 through the whole file

    @property
    def pages(self) -> int:
        """Return the count of pages."""
        return len(self.numbers)

    def number(self, anchor: str) -> str:
        """Return the printed number of the page that holds `anchor`."""
        return self.numbers[self.anchors[anchor] - 1]


def html_to_pdf(page: Path, out: Path, *, styles: Sequence[Path] = (), body: str = "", outer: str = "outer") -> Layout:
    """Lay out `page` with `styles` and write it to `out` as PDF/A-3a and PDF/UA-1; title and dates are its head's.

    `body` is the id of the element whose page is number 1 (pages before it are i, ii …; "" numbers all from 1).
    Inline blocks of class `outer` are laid out in the left margin and moved to the right one on right-hand pages.
    Whatever the layout complains about, and any face that is not ours, is a problem: BookError then lists them all,
    and `out` is not written.
    """
    log, place = LayoutLog(page), Place(str(page))
    figures = max(2, figures_needed(len(read(page)) // CHARACTERS_A_PAGE))
    with careful(log):
        press = Weasy(styles, page.parent, log)
        log.file = page
        document = press.lay_out(page, figures)
        if figures_needed(len(document.pages)) > figures:  # the guess was too low, which is rare
            document = press.lay_out(page, figures_needed(len(document.pages)))
        anchors = anchors_of(document)
        numbers = page_numbers(len(document.pages), anchors.get(body, 1))
        printed = {anchor: numbers[number - 1] for anchor, number in anchors.items()}
        nowhere = print_folios(document, printed)
        data = written(document, outer)
    problems = [*log.problems, *local_links(document, place), *too_large(document, place)]
    problems += [problem("pdf-log", place, message=f"No page has the id {anchor!r}") for anchor in nowhere]
    if body and body not in anchors:
        problems.append(problem("pdf-log", place, message=f"No element has the id {body!r}, where page 1 should be"))
    said = document.metadata.custom
    finished = make_conforming(
        data,
        first_numbered_page=anchors.get(body, 1),
        rights=said.get("dcterms.rights", ""),
        licence=said.get("dcterms.license", ""),
        link_texts=link_texts_of(document),
    )
    problems += foreign_faces(finished.fonts, place)
    if problems:
        raise BookError(placed(problems, document))
    write_atomically(out, finished.data)
    return Layout(finished.numbers, anchors)
