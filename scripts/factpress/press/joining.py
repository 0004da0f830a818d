"""Joins PDFs that were laid out apart into one: pages, tags, destinations, bookmarks and links between them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, NameTree, NumberTree, Object, Pdf, String

#: address of a place in another part: no anchor that a single layout could find
ELSEWHERE = "https://elsewhere.invalid/#"


def joined(parts: Sequence[Path], stack: ExitStack) -> Pdf:
    """Return the parts as one PDF, each beginning on a right-hand page; `stack` keeps their files open until saved."""
    book = stack.enter_context(pikepdf.open(parts[0]))
    document = book.Root.StructTreeRoot.K[0]
    _rename_ids(document, 0)
    for number, file in enumerate(parts[1:], 1):
        part = stack.enter_context(pikepdf.open(file))
        if len(book.pages) % 2:
            width, height = (float(side) for side in book.pages[0].mediabox[2:])  # type: ignore[arg-type]  # numbers
            book.add_blank_page(page_size=(width, height))  # type: ignore[arg-type]  # takes fractions of points too
        _append(book, document, part, number)
    _link_parts(book)
    return book


def _append(book: Pdf, document: Object, part: Pdf, number: int) -> None:
    start = len(book.pages)
    tags = NumberTree(book.Root.StructTreeRoot.ParentTree)
    offset = max(tags.keys(), default=-1) + 1
    with warnings.catch_warnings():
        # pages first: what refers to them is copied after them, and finds them; destinations are copied below
        warnings.simplefilter("ignore", pikepdf.exceptions.PageCopyWarning)
        book.pages.extend(part.pages)
    for page in book.pages[start:]:
        if "/StructParents" in page:
            page.StructParents += offset
        for annotation in page.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent += offset
    root = book.copy_foreign(part.make_indirect(part.Root.StructTreeRoot))
    for key, value in NumberTree(root.ParentTree).items():
        tags[key + offset] = value
    _rename_ids(root.K[0], number)
    for element in root.K[0].K:
        element.P = document
        document.K.append(element)
    if "/Names" in part.Root and "/Dests" in part.Root.Names:
        names = _destinations(book)
        for name, place in NameTree(book.copy_foreign(part.make_indirect(part.Root.Names.Dests))).items():
            names[name] = place
    _append_outlines(book, part)


def _destinations(book: Pdf) -> NameTree:
    if "/Names" not in book.Root:
        book.Root.Names = Dictionary()
    if "/Dests" not in book.Root.Names:
        book.Root.Names.Dests = NameTree.new(book).obj
    return NameTree(book.Root.Names.Dests)


def _append_outlines(book: Pdf, part: Pdf) -> None:
    if "/Outlines" not in part.Root:
        return
    theirs = book.copy_foreign(part.make_indirect(part.Root.Outlines))
    if "/Outlines" not in book.Root:
        book.Root.Outlines = theirs
        return
    ours = book.Root.Outlines
    item: Object | None = theirs.First
    theirs.First.Prev, ours.Last.Next = ours.Last, theirs.First
    ours.Last = theirs.Last
    ours.Count += theirs.Count
    while item is not None:
        item.Parent = ours
        item = item.get("/Next")


def _rename_ids(document: Object, number: int) -> None:
    # ids of table headers and notes count from the start of each part
    for element in _elements(document):
        if "/ID" in element:
            element.ID = String(f"{number}-{element.ID}")
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(f"{number}-{header}") for header in attributes.Headers])


def _elements(element: Object) -> Iterator[Object]:
    waiting = [element]
    while waiting:
        found = waiting.pop()
        yield found
        kids: Any = found.get("/K", [])
        listed = kids if isinstance(kids, Array) else [kids]
        waiting += [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]


def _link_parts(book: Pdf) -> None:
    for page in book.pages:
        for annotation in page.get("/Annots", []):
            address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if address.startswith(ELSEWHERE):
                del annotation.A
                annotation.Dest = String(address.removeprefix(ELSEWHERE))
