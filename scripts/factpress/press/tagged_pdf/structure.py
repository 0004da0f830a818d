"""The tree of structure elements of a PDF, as pikepdf holds it: ways about it, and repairs of single elements.

A structure element has its type in S, its parent in P, and in K its kids: other elements, marked content (a number,
or an MCR dictionary where it stands on another page) and references to annotations, OBJR (ISO 32000-2, 14.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice, takewhile
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from factpress.press.weasyprint_patches.structure_tags import CALLS, ORIGIN

ORIGIN_NAME, CALLS_NAME = Name(f"/{ORIGIN}"), Name(f"/{CALLS}")
HEADINGS = tuple(Name(f"/H{level}") for level in range(1, 7))

Element = Object  # a dictionary of the tree


def walk_elements(element: Element) -> Iterator[Element]:
    """Yield an element and all in it, each before its kids."""
    waiting = [element]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += child_elements(element)


def child_elements(element: Element) -> list[Element]:
    """Return the kids that are structure elements."""
    return [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]


def child_at(parent: Element, index: int) -> Element | None:
    """Return the kid at this place, if it is a structure element."""
    kids: Any = parent.get("/K")
    kid = kids[index] if isinstance(kids, Array) and len(kids) else None
    return kid if isinstance(kid, Dictionary) and "/S" in kid else None


def is_empty(element: Object) -> bool:
    """Return whether an element holds nothing; an empty cell keeps the others of its row in their columns."""
    if not isinstance(element, Dictionary) or "/S" not in element or len(element.get("/K", [])):
        return False
    return element.S not in (Name.TD, Name.TH)


def drop_empty(parent: Element) -> None:
    """Take out the kids that hold nothing."""
    kids = list(parent.get("/K", []))
    filled = [kid for kid in kids if not is_empty(kid)]
    if len(filled) < len(kids):
        parent.K = Array(filled)


def name_footnotes(document: Element) -> None:
    """Make Notes of the footnotes, each with an ID of its own (ISO 14289-1, 7.9)."""
    numbers = count(1)
    for area in _footnote_areas(document):
        for note in area.K:
            note.S = Name.Note
            note.ID = String(f"note-{next(numbers)}")


def _footnote_areas(document: Element) -> Iterator[Element]:
    """Yield the last element of each page that holds nothing but inline elements: its footnotes."""
    last: dict[tuple[int, int], Element] = {}
    for element in child_elements(document):
        last[element.Pg.objgen] = element
    for element in last.values():
        kids = child_elements(element)
        if kids and [element.S, *{kid.S for kid in kids}] == [Name.NonStruct, Name.Span]:
            yield element


def is_footnote_area(element: Element) -> bool:
    """Return whether an element holds the footnotes of a page, once these are Notes."""
    first = child_at(element, 0)
    return Name.NonStruct == element.S and first is not None and Name.Note == first.S


def link_footnotes(document: Element) -> None:
    """Let each Note and the Links before its call refer to each other (Ref), and take the call out: it is empty."""
    notes = {int(note[ORIGIN_NAME]): note for area in document.K if is_footnote_area(area) for note in area.K}
    for parent in walk_elements(document):
        kids: Any = parent.get("/K", [])
        listed = list(kids) if isinstance(kids, Array) else []
        for index, call in enumerate(listed):
            note = notes.get(int(call.get(ORIGIN_NAME, -1))) if is_empty(call) else None
            if note is not None and (links := _links_at_end(listed[:index], int(note.get(CALLS_NAME, 1)))):
                note.Ref = Array(links)
                for link in links:
                    link.Ref = Array([note])
        drop_empty(parent)


def _links_at_end(kids: Sequence[Any], most: int) -> list[Element]:
    """Return the Links at the end of kids, one beside the other, as many as share a footnote."""
    run = takewhile(lambda kid: isinstance(kid, Dictionary) and Name.Link == kid.get("/S"), reversed(kids))
    return list(islice(run, most))[::-1]


def repair_elements(pdf: Pdf, document: Element) -> set[tuple[int, int]]:
    """Repair single elements; return the object numbers of all elements in the tree."""
    reached: set[tuple[int, int]] = set()
    _repair(pdf, document, reached, in_head=False)
    return reached


def _repair(pdf: Pdf, element: Element, reached: set[tuple[int, int]], in_head: bool) -> None:
    reached.add(element.objgen)
    kind, kids = element.S, child_elements(element)
    if kind == Name.LI:
        _gather_body(pdf, element, kids)
    elif kind == Name.L:
        # items side by side have tagged white space between them, which becomes an artifact later
        element.K = Array([kid for kid in kids if kid.S in (Name.L, Name.LI, Name.Caption)])
        kids = child_elements(element)
    elif kind == Name.TR:
        _set_scope(kids, in_head or all(kid.S == Name.TH for kid in kids))
    elif kind == Name.Link and not _has_annotation(element):
        element.S = Name.Span  # an `a` without href
    elif kind in HEADINGS:
        for kid in kids:
            if kind == kid.S:
                kid.S = Name.Span  # what stands beside a block in a heading, a chapter's number, is not a heading
    for kid in kids:
        _repair(pdf, kid, reached, in_head or kind == Name.THead)


def _has_annotation(element: Element) -> bool:
    return any(isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR for kid in element.K)


def _gather_body(pdf: Pdf, item: Element, kids: list[Element]) -> None:
    # <li><p> comes out as LI > P, but a list item holds Lbl and LBody (ISO 14289-1, 7.6).
    loose = [kid for kid in kids if kid.S not in (Name.Lbl, Name.LBody)]
    if not loose:
        return
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg, K=Array(loose)))
    for kid in loose:
        kid.P = body
    item.K = Array([*(kid for kid in kids if kid.S in (Name.Lbl, Name.LBody)), body])


def _set_scope(cells: list[Element], column: bool) -> None:
    # ISO 14289-1, 7.5: a table without Headers and IDs says by Scope what its header cells head
    for cell in cells:
        if cell.S == Name.TH:
            cell.A.Scope = Name.Column if column else Name.Row
