"""Reads and names what lies in `docs/figures`: figures.yaml, and the SVG files drawn of each figure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from factpress.files.yaml.records import near_miss, read_list
from factpress.files.yaml.tree import read_tree
from factpress.model.figures.figure import Drawing, Figure, Figures
from factpress.problems import Problem, problem

ID = re.compile(r"[a-z][a-z0-9-]*")
_STAMP = re.compile(r"<!-- drawn from ([0-9a-f]{64}), page (\d+) of (\d+) -->\n")
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)


def figure_files(docs: Path) -> list[Path]:
    """Return the files of `docs/figures` that a book is read from."""
    return [
        docs / "figures" / "figures.yaml",
        docs / "figures" / "land.json",
        *sorted((docs / "figures").glob("*.svg")),
    ]


def read_figures(folder: Path, root: Path, kinds: Collection[str]) -> tuple[Figures, list[Problem]]:
    """Return the figures of a book with their drawings, as far as they can be read, and every problem.

    `kinds` are the words that may stand after `draws`; a figure with another is a problem, and left out.
    """
    if not (folder / "figures.yaml").exists():
        return Figures(), []
    tree, problems = read_tree(folder / "figures.yaml", root)
    read = read_list(Figure, tree, problems)
    listed = tuple(one for one in read if one.draws in kinds)
    for figure in read:
        if figure.draws not in kinds:
            near, allowed = near_miss(figure.draws, kinds), ", ".join(kinds)
            values = {"word": figure.draws, "field": "draws", "allowed": allowed, "near": near}
            problems.append(problem("unknown-word", figure.where, **values))
    drawings = {one.id: read_drawing(folder, one.id) for one in listed if ID.fullmatch(one.id)}
    return Figures(listed, drawings, _text(folder / "land.json")), problems


def read_drawing(folder: Path, figure_id: str) -> Drawing:
    """Return a figure as it was last drawn; nothing if a page of it is missing or is of another drawing."""
    files = drawing_files(folder, figure_id)
    found = [_STAMP.match(text) for text in (_text(file) for file in files)]
    stamps = {(stamp[1], stamp[3]) for stamp in found if stamp}
    numbers = [stamp[2] if stamp else "" for stamp in found]
    if len(stamps) != 1 or numbers != [str(n) for n in range(1, int(next(iter(stamps))[1]) + 1)]:
        return Drawing((), "")
    return Drawing(tuple(_text(file).partition("\n")[2] for file in files), next(iter(stamps))[0])


def drawing_files(folder: Path, figure_id: str) -> list[Path]:
    """Return the files that a figure's drawing has now, in the order of their pages."""
    later = re.compile(rf"{re.escape(figure_id)}-page(\d+)\.svg")
    pages = {int(found[1]): path for path in folder.glob("*.svg") if (found := later.fullmatch(path.name))}
    first = folder / f"{figure_id}.svg"
    return [*([first] if first.is_file() else []), *(pages[n] for n in sorted(pages))]


def drawing_texts(folder: Path, figure_id: str, digest: str, pages: Sequence[str]) -> dict[Path, str]:
    """Return the files of a new drawing: each says what it was drawn from."""
    names = [folder / (f"{figure_id}-page{n}.svg" if n > 1 else f"{figure_id}.svg") for n in range(1, len(pages) + 1)]
    return {
        name: f"<!-- drawn from {digest}, page {n} of {len(pages)} -->\n{page}"
        for n, (name, page) in enumerate(zip(names, pages, strict=True), 1)
    }


def chapter_titles(docs: Path) -> dict[str, str]:
    """Return the first heading of each chapter by the name of its file."""
    found = ((file.stem, _TITLE.search(_text(file))) for file in sorted((docs / "chapters").glob("*.md")))
    return {stem: title[1] for stem, title in found if title}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
