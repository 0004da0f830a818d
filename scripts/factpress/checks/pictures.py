"""Checks of the pictures on the pages: that they are here, and can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from factpress.files.figures import drawing_files
from factpress.files.inside import outside_of
from factpress.files.pictures import MAX_PIXELS, bitmap_fault, pixel_size, read_drawing_text
from factpress.files.text import relative_name
from factpress.model.allowed_markup import is_elsewhere, svg_acts, svg_in_ink
from factpress.model.book import Book
from factpress.model.place import Place
from factpress.model.prose import Page, Prose
from factpress.problems import Problem, problem
from factpress.settings import Settings

LARGEST_FILE = 10 * 1024 * 1024


def check_pictures(prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield pictures of the book that are not there, too large, or not to be shown in every edition."""
    for page in prose.book:
        for picture in page.pictures:
            address, where = picture.address, picture.where
            if is_elsewhere(address) or outside_of(settings.docs, (settings.root / page.file).parent)(address):
                continue  # refused when the page was read
            if not (file := picture_file(page, address, settings)).is_file():
                yield problem("picture-missing", where, address=address)
            elif too_large := _too_large(file):
                yield problem("picture-huge", where, address=address, size=too_large)
            elif fault := bitmap_fault(file) or _drawing_fault(file):
                yield problem("picture-unusable", where, address=address, reason=fault)


def picture_file(page: Page, address: str, settings: Settings) -> Path:
    """Return the file that a picture's address names."""
    # an address that begins with a slash counts from docs/, as in Sphinx
    folder = settings.docs if address.startswith("/") else (settings.root / page.file).parent
    return folder / address.lstrip("/")


def _too_large(file: Path) -> str:
    size = file.stat().st_size
    if size > LARGEST_FILE:
        return f"{size / 1024 / 1024:.0f} MiB"
    width, height = pixel_size(file)
    return f"{width} × {height} pixels" if width * height > MAX_PIXELS else ""


def check_drawings(book: Book, prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield the drawings, of figures and on pages, that would run or load something; of figures, the unusable too."""
    for page in prose.book:
        outside = outside_of(settings.docs, (settings.root / page.file).parent)
        for picture in page.pictures:
            if picture.address.lower().endswith((".svg", ".svgz")) and not outside(picture.address):
                file = picture_file(page, picture.address, settings)
                if file.is_file() and (what := svg_acts(read_drawing_text(file))):
                    yield problem("picture-active", picture.where, address=picture.address, what=what)
    for figure in book.figures.listed:
        for file in drawing_files(settings.docs / "figures", figure.id):
            name = relative_name(file, settings.root)
            if what := svg_acts(read_drawing_text(file)):
                yield problem("picture-active", Place(name, 1), address=name, what=what)
            if fault := _drawing_fault(file):
                yield problem("picture-unusable", Place(name, 1), address=name, reason=fault)


def _drawing_fault(file: Path) -> str:
    in_ink = file.suffix.lower() == ".svg" and svg_in_ink(read_drawing_text(file))
    return "it has colours of inks (device-cmyk), where the PDF has those of screens alone" if in_ink else ""
