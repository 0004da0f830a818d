"""Where the links and bookmarks of a PDF lead, and which of its destinations have one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from factpress.press.preflight.pages import PageProblems
from factpress.problems import FileError, Problem


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where the names of a PDF lead."""

    labels: tuple[str, ...]  #: number printed on each page
    pages: Mapping[str, int]  #: page of each name, counted from 1 through the file, in the order of reading


def read_destinations(file: Path) -> Destinations:
    """Return the named destinations of a PDF.

    Raises:
        FileError: it is not a PDF that can be read.
    """
    try:
        with pikepdf.open(file) as pdf:
            labels = tuple(str(page.label) for page in pdf.pages)
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
            named = dict(_names(pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary())))
            found = {name: numbers[_page(place)] for name, place in named.items() if _page(place) in numbers}
            pages = {name: found[name] for name in sorted(found, key=lambda name: (found[name], -_top(named[name])))}
    except (OSError, pikepdf.PdfError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise FileError(f"{file} cannot be read: {reason}.", "Build it again.") from error
    return Destinations(labels, pages)


def link_problems(pdf: Pdf, labels: PageProblems) -> Iterator[Problem]:
    """Yield links and bookmarks that lead nowhere, and names that two destinations share."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    names = list(_names(pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary())))
    alive = {name for name, place in names if _page(place) in numbers}
    for name, count in Counter(name for name, _ in names).items():
        if count > 1:
            first = next(place for other, place in names if other == name)
            yield labels.problem("pdf-anchor-twice", numbers.get(_page(first), 1), anchor=name)
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", ()):
            yield from _lost(annotation, alive, numbers, number, labels)
    for item in _bookmarks(pdf.Root.get("/Outlines", Dictionary())):
        yield from _lost(item, alive, numbers, 1, labels)


def _lost(
    item: Object, alive: set[str], numbers: dict[Any, int], number: int, labels: PageProblems
) -> Iterator[Problem]:
    target = item.get("/Dest")
    action = item.get("/A", Dictionary())
    if action.get("/S") == Name.GoTo:
        target = action.get("/D")
    if isinstance(target, String | Name):
        name = str(target)
        if name not in alive:
            yield labels.problem("pdf-link-lost", number, anchor=name)
    elif target is not None:
        if _page(target) not in numbers:
            yield labels.problem("pdf-link-lost", number, anchor="a page that is not there")
    elif item.get("/Subtype", Name.Link) == Name.Link and not str(action.get("/URI", "")):
        yield labels.problem("pdf-link-lost", number, anchor="nothing")


def _names(tree: Object) -> Iterator[tuple[str, Object]]:
    # read by hand: as a mapping, a name that stands twice would be one
    pairs = list(tree.get("/Names", ()))
    yield from ((str(name), place) for name, place in zip(pairs[::2], pairs[1::2], strict=True))
    for kid in tree.get("/Kids", ()):
        yield from _names(kid)


def _page(place: Any) -> Any:
    listed = place.get("/D") if isinstance(place, Dictionary) else place
    page = listed[0] if isinstance(listed, Array) and len(listed) else None
    return page.objgen if isinstance(page, Dictionary) else None


def _top(place: Any) -> float:
    """Return the height on its page to which a destination leads, as `[page /XYZ left top zoom]` has it; else 0."""
    listed = place.get("/D") if isinstance(place, Dictionary) else place
    if isinstance(listed, Array) and len(listed) > 3 and listed[1] == Name.XYZ and listed[3] is not None:
        return float(listed[3])
    return 0.0


def _bookmarks(parent: Object) -> Iterator[Object]:
    item = parent.get("/First")
    while item is not None:
        yield item
        yield from _bookmarks(item)
        item = item.get("/Next")
