"""Checks of what the files of a book would do: drawings that only draw, links that stay in the book.

What a page may hold is found while it is read (`files.page_guard`).
"""

from __future__ import annotations

from collections.abc import Iterator

from factpress.checks.pictures import picture_file
from factpress.files.figures import drawing_files
from factpress.files.inside import outside_of
from factpress.files.page_guard import link_problems
from factpress.files.pictures import read_drawing_text
from factpress.files.text import name_of
from factpress.model.book import Book
from factpress.model.place import Place
from factpress.model.prose import Prose
from factpress.model.text.markup import svg_acts
from factpress.problems import Problem, problem
from factpress.settings import Settings


def check_links_out(settings: Settings) -> Iterator[Problem]:
    """Yield the symbolic links among the files of the book that lead to a place outside it."""
    yield from link_problems(settings.root)


def check_drawings(book: Book, prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield the drawings, of figures and on pages, that would run or load something."""
    for page in prose.book:
        outside = outside_of(settings.docs, (settings.root / page.file).parent)
        for picture in page.pictures:
            if picture.address.lower().endswith((".svg", ".svgz")) and not outside(picture.address):
                file = picture_file(page, picture.address, settings)
                if file.is_file() and (what := svg_acts(read_drawing_text(file))):
                    yield problem("picture-active", picture.where, address=picture.address, what=what)
    for figure in book.figures.listed:
        for file in drawing_files(settings.docs / "figures", figure.id):
            if what := svg_acts(read_drawing_text(file)):
                name = name_of(file, settings.root)
                yield problem("picture-active", Place(name, 1), address=name, what=what)
