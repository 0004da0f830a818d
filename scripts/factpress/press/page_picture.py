"""The first page of some HTML as a grey picture: laid out by WeasyPrint, drawn by PDFium, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from factpress.files.atomic import write_atomically
from factpress.press.layout.log import LayoutLog
from factpress.press.layout.renderer import Renderer, patched_layout
from factpress.problems import BookError, ToolError

GREYS = 16  #: enough for smooth edges of letters, and a third of the bytes of 256


def page_picture(html: str, stylesheets: Sequence[Path], folder: Path, *, width: int) -> bytes:
    """Return the first page as a grey PNG of so many pixels' width.

    `folder` is for the HTML and for what its addresses name.

    Raises:
        BookError: what the layout complains about.
        ToolError: WeasyPrint or PDFium is missing, or failed.
        FileError: the folder cannot be written, or a style sheet not read.
    """
    page = folder / "page.html"
    write_atomically(page, html)
    log = LayoutLog(page)
    with patched_layout(log):
        renderer = Renderer(stylesheets, folder, log)
        log.file = page
        document = renderer.lay_out(page, "")
        pdf = document.copy(document.pages[:1]).write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True)
    if log.problems:
        raise BookError(log.problems)
    return _png(_drawn(pdf, width))


def _drawn(pdf: bytes, width: int) -> Any:
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise ToolError(f"PDFium cannot be loaded: {reason}.", "python -m pip install pypdfium2") from error
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        return page.render(scale=width / page.get_width(), grayscale=True).to_pil()
    finally:
        document.close()


def _png(image: Any) -> bytes:
    step = 255 / (GREYS - 1)
    even = image.convert("L").point([round(round(grey / step) * step) for grey in range(256)])
    out = io.BytesIO()
    even.quantize(GREYS, dither=0).save(out, "PNG", optimize=True, bits=4)
    return out.getvalue()
