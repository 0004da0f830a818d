"""From a page of HTML to a finished PDF: laid out, tagged, conforming, with nothing silently ignored."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factpress.files.atomic import write_atomically
from factpress.press.conformance import make_conforming
from factpress.press.folios import figures_needed, page_numbers, print_folios, with_room
from factpress.press.fonts import FAMILIES
from factpress.press.layout_log import LayoutLog
from factpress.press.notes import notes_stay
from factpress.press.relayout import page_numbers_settle, page_references_kept
from factpress.problems import BookError, FactpressError, FileError, Place, Problem, ToolError, problem

CHARACTERS_A_PAGE = 2500  #: of HTML, fewer than any page has had: a guess that is rather too high
NEWS = "Look for markup or CSS that is new on this page; if it is none, report it to WeasyPrint."
PANGO = (
    "Install Pango and HarfBuzz: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "dnf install pango; brew install pango."
)


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
    Absolutely positioned elements of class `outer` are laid out in the left margin and moved to the right one on
    right-hand pages. Whatever the layout complains about, and any face that is not ours, is a problem:
    BookError then lists them all, and `out` is not written.
    """
    log = LayoutLog(page)
    place = Place(str(page))
    with log.collected(), _no_garbage_collection(), notes_stay(), page_numbers_settle(), page_references_kept():
        try:
            document = _lay_out(page, styles, log)
            anchors = _anchors(document)
            numbers = page_numbers(len(document.pages), anchors.get(body, 1))
            nowhere = print_folios(document, numbers, anchors)
            data = _write(document, outer)
        except (FactpressError, MemoryError):
            raise
        except Exception as error:
            raise ToolError(f"WeasyPrint failed on {page}: {type(error).__name__}: {error}.", NEWS) from error
    problems = [*log.problems, *_local_links(document, place)]
    problems += [problem("pdf-log", place, message=f"No page has the id {anchor!r}") for anchor in nowhere]
    if body and body not in anchors:
        problems.append(problem("pdf-log", place, message=f"No element has the id {body!r}, where page 1 should be"))
    finished = make_conforming(
        data,
        first_numbered_page=anchors.get(body, 1),
        rights=document.metadata.custom.get("dcterms.rights", ""),
        link_texts=_texts(document),
    )
    problems += [
        problem("font-not-ours", place, font=font, characters=characters)
        for font, characters in finished.fonts.items()
        if not font.startswith(tuple(family.replace(" ", "-") for family in FAMILIES))
    ]
    if problems:
        raise BookError(problems)
    write_atomically(out, finished.data)
    return Layout(finished.numbers, anchors)


def _lay_out(page: Path, styles: Sequence[Path], log: LayoutLog) -> Any:
    try:
        from weasyprint import CSS, HTML  # type: ignore[import-untyped]
        from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
    except OSError as error:
        raise ToolError(f"WeasyPrint cannot load a native library: {error}.", PANGO) from error

    from factpress.press.fetcher import LocalFetcher

    folders = {"page": page.parent, **{f"style-{n}": style.parent for n, style in enumerate(styles)}}
    fetcher, fonts = LocalFetcher(folders), FontConfiguration()
    sheets = []
    for name, style in zip(list(folders)[1:], styles, strict=True):
        log.file = style
        base = f"file:///{name}/{style.name}"
        sheets.append(CSS(string=_read(style), base_url=base, url_fetcher=fetcher, font_config=fonts))
    log.file = page
    text = _read(page)
    figures = max(2, figures_needed(len(text) // CHARACTERS_A_PAGE))
    while True:
        html = HTML(string=with_room(text, figures), base_url=f"file:///page/{page.name}", url_fetcher=fetcher)
        document = html.render(font_config=fonts, stylesheets=sheets, pdf_variant="pdf/a-3a")
        if figures_needed(len(document.pages)) <= figures:
            return document
        figures = figures_needed(len(document.pages))  # the guess was too low, which is rare


def _anchors(document: Any) -> dict[str, int]:
    anchors: dict[str, int] = {}
    for number, laid_out in enumerate(document.pages, 1):
        for anchor in laid_out.anchors:
            anchors.setdefault(anchor, number)
    return anchors


def _write(document: Any, outer: str) -> bytes:
    from factpress.press.after_layout import one_link_a_line, to_the_outer_margin

    to_the_outer_margin(document, outer)
    one_link_a_line(document)
    data: bytes = document.write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True)  # it is compressed below, once
    return data


def _texts(document: Any) -> list[list[str]]:
    from factpress.press.after_layout import link_texts

    return link_texts(document)


def _local_links(document: Any, place: Place) -> Iterator[Problem]:
    for page in document.pages:
        for kind, target, _, _ in page.links:
            if kind != "internal" and not target.startswith(("https:", "http:", "mailto:")):
                address = target.removeprefix("file:///page/")
                yield problem("pdf-log", place, message=f"A link leaves the book for a file of this machine: {address}")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{file} cannot be read: {error}.", "Build it again.") from error


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # A layout makes millions of boxes and hardly any cycles: looking for them takes a sixth of the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
