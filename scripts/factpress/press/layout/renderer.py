"""The layout of one page after another with the same style sheets and faces, and what it complains about."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from factpress.model.place import Place
from factpress.press.fonts import is_ours
from factpress.press.layout.log import LayoutLog
from factpress.press.layout.page_numbers import with_pages, with_room
from factpress.press.tagged_pdf.join import ELSEWHERE
from factpress.press.tagged_pdf.structure import origins_kept
from factpress.press.weasyprint_patches.counters import page_numbers_settle, page_references_kept
from factpress.press.weasyprint_patches.footnotes import notes_stay
from factpress.press.weasyprint_patches.line_breaking import (
    few_hyphens_run,
    letters_give_way,
    loose_lines_filled,
    spaces_hang,
)
from factpress.press.weasyprint_patches.list_markers import markers_in_turn
from factpress.press.weasyprint_patches.redundant_tags import plain_tags_left_out
from factpress.problems import FactpressError, FileError, Problem, ToolError, problem

PIXEL = 0.75  #: of a point
NEWS = "Look for markup or CSS that is new on this page; if it is none, report it to WeasyPrint."
PANGO = (
    "Install Pango and HarfBuzz: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "dnf install pango; brew install pango."
)


class Weasy:
    """WeasyPrint with style sheets that are read once; pages lie in one folder, and nothing else is reached."""

    def __init__(self, styles: Sequence[Path], folder: Path, log: LayoutLog) -> None:
        """Read the style sheets; what is wrong with them goes to the log."""
        try:
            from weasyprint import CSS, HTML  # type: ignore[import-untyped]
            from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
        except OSError as error:
            raise ToolError(f"WeasyPrint cannot load a native library: {error}.", PANGO) from error

        from factpress.press.layout.fetcher import LocalFetcher

        folders = {"page": folder, **{f"style-{n}": style.parent for n, style in enumerate(styles)}}
        self._css, self._html = CSS, HTML
        self._fetcher, self._fonts = LocalFetcher(folders), FontConfiguration()
        self._sheets = []
        for name, style in zip(list(folders)[1:], styles, strict=True):
            log.file = style
            self._sheets.append(self._sheet(read(style), f"file:///{name}/{style.name}"))

    def _sheet(self, text: str, base: str) -> Any:
        return self._css(string=text, base_url=base, url_fetcher=self._fetcher, font_config=self._fonts)

    def lay_out(
        self, page: Path, figures: int, more: str = "", printed: Mapping[str, str] = MappingProxyType({})
    ) -> Any:
        """Return the laid-out page, with room for so many figures in each folio; `more` is CSS for this page alone.

        `printed` are page numbers of other parts by anchor, for lists of pages.
        """
        text = with_pages(with_room(read(page), figures), printed, ELSEWHERE)
        html = self._html(string=text, base_url=f"file:///page/{page.name}", url_fetcher=self._fetcher)
        sheets = [*self._sheets, *([self._sheet(more, "file:///page/")] if more else [])]
        return html.render(font_config=self._fonts, stylesheets=sheets, pdf_variant="pdf/a-3a")


@contextmanager
def careful(log: LayoutLog) -> Iterator[None]:
    """Lay out and write, in this block, with every complaint collected and what WeasyPrint 70 does amiss mended."""
    lines = (spaces_hang(), loose_lines_filled(), few_hyphens_run(), letters_give_way())
    mended = (notes_stay(), *lines, page_numbers_settle(), page_references_kept())
    with log.collected(), _no_garbage_collection(), ExitStack() as stack:
        for mending in mended:
            stack.enter_context(mending)
        try:
            yield
        except (FactpressError, MemoryError):
            raise
        except Exception as error:
            raise ToolError(f"WeasyPrint failed on {log.file}: {type(error).__name__}: {error}.", NEWS) from error


def anchors_of(document: Any) -> dict[str, int]:
    """Return the page of each anchor, counted from 1."""
    anchors: dict[str, int] = {}
    for number, laid_out in enumerate(document.pages, 1):
        for anchor in laid_out.anchors:
            anchors.setdefault(anchor, number)
    return anchors


def written(document: Any, outer: str) -> bytes:
    """Return a laid-out document as a PDF that is not compressed yet."""
    from factpress.press.layout.after_layout import dots_at_once, one_link_a_line, to_the_outer_margin

    to_the_outer_margin(document, outer)
    one_link_a_line(document)
    dots_at_once(document)
    with plain_tags_left_out(), origins_kept(), markers_in_turn():
        options = {"pdf_variant": "pdf/a-3a", "uncompressed_pdf": True}
        # no identifier, for which all would be written twice: the finished file gets one of its own
        data: bytes = document.write_pdf(**options, pdf_identifier=False, finisher=_text_areas)
    return data


def _text_areas(document: Any, pdf: Any) -> None:
    """Name the area of each page's text, without its margins, as its ArtBox."""
    from pydyf import Array  # type: ignore[import-untyped]

    pages = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    for page, described in zip(document.pages, pages, strict=True):
        box = page._page_box
        left, bottom = box.content_box_x(), page.height - box.content_box_y() - box.height
        edges = (left, bottom, left + box.width, bottom + box.height)
        described["ArtBox"] = Array([round(edge * PIXEL, 3) for edge in edges])


def link_texts_of(document: Any) -> list[list[str]]:
    """Return the text of each link, page by page."""
    from factpress.press.layout.after_layout import link_texts

    return link_texts(document)


def local_links(document: Any, place: Place) -> Iterator[Problem]:
    """Yield links that lead to files of this machine."""
    for page in document.pages:
        for kind, target, _, _ in page.links:
            if kind != "internal" and not target.startswith(("https:", "http:", "mailto:")):
                address = target.removeprefix("file:///page/")
                yield problem("pdf-log", place, message=f"A link leaves the book for a file of this machine: {address}")


def foreign_faces(fonts: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Yield faces that are not ours, with the characters set in them."""
    for font, characters in fonts.items():
        if not is_ours(font):
            yield problem("font-not-ours", place, font=font, characters=characters)


def read(file: Path) -> str:
    """Return a text file; FileError if it cannot be read."""
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
