"""Joins PDFs that were laid out apart into one: pages, tags, destinations, bookmarks and links between them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, NameTree, NumberTree, Object, Pdf, String

#: address of a place in another part: no anchor that a single layout could find
ELSEWHERE = "https://elsewhere.invalid/#"


def joined(parts: Sequence[Path], stack: ExitStack) -> Pdf:
    """Return the parts as one PDF, each beginning on a right-hand page; `stack` keeps their files open until saved."""
    book = stack.enter_context(pikepdf.open(parts[0]))
    document = book.Root.StructTreeRoot.K[0]
    tags = NumberTree(book.Root.StructTreeRoot.ParentTree)
    offset = max(tags.keys(), default=-1) + 1
    for file in parts[1:]:
        part = stack.enter_context(pikepdf.open(file))
        if len(book.pages) % 2:
            width, height = (float(side) for side in book.pages[0].mediabox[2:])  # type: ignore[arg-type]  # numbers
            book.add_blank_page(page_size=(width, height))  # type: ignore[arg-type]  # takes fractions of points too
        offset = _append(book, document, part, offset)
    _link_parts(book)
    return book


def _append(book: Pdf, document: Object, part: Pdf, offset: int) -> int:
    """Append a part, its places in the tree of parents counted from `offset`; return where the next one begins."""
    start = len(book.pages)
    tags = NumberTree(book.Root.StructTreeRoot.ParentTree)
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
        tags[key + offset] = value
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
            if address.startswith(ELSEWHERE):
                del annotation.A
                annotation.Dest = String(address.removeprefix(ELSEWHERE))
