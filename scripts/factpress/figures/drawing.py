"""Draws the figures whose data changed, and writes them only when no label overlaps another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from pkgutil import resolve_name

from factpress.figures.canvas import FURTHER_FACES, INK, Canvas
from factpress.figures.svg import embeddable_svg
from factpress.files.atomic import write_atomically
from factpress.files.figures import chapter_titles, drawing_file_texts, drawing_files
from factpress.model.book import Book
from factpress.model.figures.data import FigureKind, drawn_data, figure_digest, figure_kinds
from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Shape
from factpress.model.place import Place
from factpress.problems import Problem, problem
from factpress.settings import Settings


def outdated_figures(
    book: Book, titles: Mapping[str, str], wrong: Collection[Place], *, all_of_them: bool = False
) -> Iterator[tuple[Figure, Shape]]:
    """Yield the figures that were drawn from other data, or not yet, each with its data.

    Figures without data are left out, and those at `wrong` places, which have problems.
    """
    for figure in (figure for figure in book.figures.listed if figure.where not in wrong):
        data = drawn_data(figure, book, titles)
        drawing = book.figures.drawings.get(figure.id)
        if data.table.rows and (all_of_them or drawing is None or drawing.digest != figure_digest(figure, data)):
            yield figure, data


def draw_figure(figure: Figure, kind: FigureKind, data: Shape) -> tuple[list[str], list[Problem]]:
    """Return the pages of a figure as SVG, and a problem for each label that another overlaps or the edge cuts."""
    canvases = list(figure_pages(kind, data))
    problems = []
    for page in canvases:
        for label, other in page.collisions():
            code = "figure-overlap" if other else "figure-edge"
            problems.append(problem(code, figure.where, id=figure.id, one=label, other=other))
    texts = []
    for number, page in enumerate(canvases, 1):
        more = f", page {number} of {len(canvases)}" if len(canvases) > 1 else ""
        anchor = f"{figure.anchor}-{number}" if number > 1 else figure.anchor
        texts.append(embeddable_svg(page.svg(), anchor=anchor, title=figure.title + more, alt=figure.alt, ink=INK))
    return texts, problems


def draw_outdated(
    settings: Settings, book: Book, wrong: Collection[Place] = (), *, all_of_them: bool = False
) -> tuple[list[Path], list[Problem]]:
    """Draw what is out of date; return the files written or removed, and the problems of figures left as they were.

    Raises:
        FileError: a file cannot be written.
    """
    folder, titles = settings.docs / "figures", chapter_titles(settings.docs)
    FURTHER_FACES.set(settings.faces)
    kinds = figure_kinds(book.subjects)
    changed: list[Path] = []
    problems: list[Problem] = []
    for figure, data in outdated_figures(book, titles, wrong, all_of_them=all_of_them):
        texts, label_problems = draw_figure(figure, kinds[figure.draws], data)
        problems += label_problems
        if label_problems:
            continue
        files = drawing_file_texts(folder, figure.id, figure_digest(figure, data), texts)
        for path, text in files.items():
            write_atomically(path, text)
        for path in set(drawing_files(folder, figure.id)) - files.keys():
            path.unlink()
            changed.append(path)
        changed += files
    return sorted(changed), problems


def figure_pages(kind: FigureKind, data: Shape) -> Iterator[Canvas]:
    """Yield the pages on which a figure's data are drawn."""
    yield from resolve_name(kind.draw)(data)
