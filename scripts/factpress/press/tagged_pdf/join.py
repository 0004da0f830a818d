"""Joins PDFs that were laid out apart into one: pages, structure, destinations, bookmarks and links between them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, NameTree, NumberTree, Object, Pdf, String

from factpress.press.tagged_pdf.structure import walk_elements

#: address of a place in another part, followed by its id: a link to it becomes internal when the parts are joined
CROSS_PART_URI = "https://elsewhere.invalid/#"


def prefix_ids(pdf: Pdf, prefix: str) -> None:
    """Put the prefix before the id of every structure element, and before every reference to one.

    Ids are unique in a document, and those of header cells and notes count from 1 in each part.
    """
    for element in walk_elements(pdf.Root.StructTreeRoot.K[0]):
        if "/ID" in element:
            element.ID = String(f"{prefix}-{element.ID}")
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(f"{prefix}-{header}") for header in attributes.Headers])


def join_parts(parts: Sequence[Path], stack: ExitStack) -> Pdf:
    """Return the parts as one PDF, one after another; `stack` keeps their files open until saved."""
    book = stack.enter_context(pikepdf.open(parts[0]))
    document = book.Root.StructTreeRoot.K[0]
    parents = NumberTree(book.Root.StructTreeRoot.ParentTree)
    offset = max(parents.keys(), default=-1) + 1
    for file in parts[1:]:
        part = stack.enter_context(pikepdf.open(file))
        offset = _append(book, document, part, offset)
    _link_parts(book)
    return book


def _append(book: Pdf, document: Object, part: Pdf, offset: int) -> int:
    """Append a part, its keys in the parent tree counted from `offset`; return where those of the next one begin.

    StructParents of a page and StructParent of an annotation are keys of that tree (ISO 32000-2, 14.7.5.4).
    """
    start = len(book.pages)
    parents = NumberTree(book.Root.StructTreeRoot.ParentTree)
    end = offset
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
        parents[key + offset] = value
        end = max(end, key + offset + 1)
    for element in root.K[0].K:
        element.P = document
        document.K.append(element)
    if "/Names" in part.Root and "/Dests" in part.Root.Names:
        names = _destinations(book)
        for name, place in NameTree(book.copy_foreign(part.make_indirect(part.Root.Names.Dests))).items():
            names[name] = place
    _append_outlines(book, part)
    return end


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


def _link_parts(book: Pdf) -> None:
    for page in book.pages:
        for annotation in page.get("/Annots", []):
            address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if address.startswith(CROSS_PART_URI):
                del annotation.A
                annotation.Dest = String(address.removeprefix(CROSS_PART_URI))
