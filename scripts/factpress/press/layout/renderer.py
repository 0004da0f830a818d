"""WeasyPrint with its patches, style sheets and faces: from the HTML of a part to pages, and from pages to a PDF."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from factpress.model.place import Place
from factpress.press.fonts import is_book_font
from factpress.press.layout.log import LayoutLog
from factpress.press.weasyprint_patches.boxes import merge_leader_dots, merge_link_areas, mirror_outer_boxes
from factpress.press.weasyprint_patches.registry import Stage, applied
from factpress.problems import FactpressError, FileError, Problem, ToolError, problem

PIXEL = 0.75  #: of a point
REPORT_HINT = "Look for markup or CSS that is new on this page; if there is none, report it to WeasyPrint."
PANGO = (
    "Install Pango and HarfBuzz: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "dnf install pango; brew install pango."
)


class Renderer:
    """WeasyPrint with style sheets that are read once; pages lie in one folder, and nothing else is reached."""

    def __init__(self, stylesheets: Sequence[Path], folder: Path, log: LayoutLog) -> None:
        """Read the style sheets; what is wrong with them goes to the log.

        Raises:
            FileError: a style sheet cannot be read.
        """
        from weasyprint import CSS, HTML  # type: ignore[import-untyped]
        from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

        from factpress.press.layout.fetcher import LocalFetcher

        folders = {"page": folder, **{f"style-{n}": style.parent for n, style in enumerate(stylesheets)}}
        self._css, self._html = CSS, HTML
        self._fetcher, self._fonts = LocalFetcher(folders), FontConfiguration()
        self._stylesheets = []
        for name, style in zip(list(folders)[1:], stylesheets, strict=True):
            log.file = style
            self._stylesheets.append(self._stylesheet(read_style_sheet(style), f"file:///{name}/{style.name}"))

    def _stylesheet(self, text: str, base: str) -> Any:
        return self._css(string=text, base_url=base, url_fetcher=self._fetcher, font_config=self._fonts)

    def lay_out(self, page: Path, css: str, prepare: Callable[[Element], None] | None = None) -> Any:
        """Return the laid-out page, a WeasyPrint document; `css` is for this page alone.

        `prepare` may change the parsed tree before it is laid out.
        """
        html = self._html(
            string=read_style_sheet(page), base_url=f"file:///page/{page.name}", url_fetcher=self._fetcher
        )
        if prepare:
            prepare(html.etree_element)
        sheets = [*self._stylesheets, self._stylesheet(css, "file:///page/")]
        return html.render(font_config=self._fonts, stylesheets=sheets, pdf_variant="pdf/a-3a")


@contextmanager
def patched_layout(log: LayoutLog) -> Iterator[None]:
    """Lay out, in this block, with every complaint collected and what WeasyPrint 70 does wrong put right.

    Raises:
        ToolError: WeasyPrint cannot be loaded; a patch does not fit it; or it failed, on the file that `log` names.
    """
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise ToolError(f"WeasyPrint cannot be loaded: {reason}.", PANGO) from error
    with _failures_named(log), log.collected(), _no_garbage_collection(), applied(Stage.LAYOUT):
        yield


@contextmanager
def _failures_named(log: LayoutLog) -> Iterator[None]:
    try:
        yield
    except (FactpressError, MemoryError):
        raise
    except Exception as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise ToolError(f"WeasyPrint failed on {log.file}: {type(error).__name__}: {reason}.", REPORT_HINT) from error


def write_pdf(document: Any, outer_class: str, log: LayoutLog, *, first_is_right: bool = True) -> bytes:
    """Return a laid-out document as a tagged PDF/A-3a that is not compressed yet.

    Raises:
        ToolError: WeasyPrint failed, or a patch does not fit it.
    """
    with _failures_named(log), log.collected(), _no_garbage_collection(), applied(Stage.WRITING):
        mirror_outer_boxes(document, outer_class, first_is_right)
        merge_link_areas(document)
        merge_leader_dots(document)
        options = {"pdf_variant": "pdf/a-3a", "uncompressed_pdf": True}
        # no identifier, for which all would be written twice: the finished file gets one of its own
        data: bytes = document.write_pdf(**options, pdf_identifier=False, finisher=_name_text_areas)
    return data


def _name_text_areas(document: Any, pdf: Any) -> None:
    """Name the area of each page's text, without its margins, as its ArtBox (ISO 32000-2, 14.11.2)."""
    from pydyf import Array  # type: ignore[import-untyped]

    pages = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    for page, described in zip(document.pages, pages, strict=True):
        box = page._page_box
        left, bottom = box.content_box_x(), page.height - box.content_box_y() - box.height
        edges = (left, bottom, left + box.width, bottom + box.height)
        described["ArtBox"] = Array([round(edge * PIXEL, 3) for edge in edges])


def anchor_pages(document: Any) -> dict[str, int]:
    """Return the page of each anchor, counted from 1."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)
    return anchors


def links_to_local_files(document: Any, place: Place) -> Iterator[Problem]:
    """Yield links that lead to files of this machine."""
    for page in document.pages:
        for kind, target, _, _ in page.links:
            if kind != "internal" and not target.startswith(("https:", "http:", "mailto:")):
                address = target.removeprefix("file:///page/")
                yield problem("pdf-log", place, message=f"A link leaves the book for a file of this machine: {address}")


def foreign_fonts(fonts: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Yield fonts that are not ours, with the characters set in them."""
    for font, characters in fonts.items():
        if not is_book_font(font):
            yield problem("font-not-ours", place, font=font, characters=characters)


def read_style_sheet(file: Path) -> str:
    """Return a text file.

    Raises:
        FileError: it cannot be read.
    """
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
