"""What WeasyPrint 70 tags amiss: a paragraph or list that goes on over a page, and dots that only lead the eye."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, NumberTree, Object

DOTS = "dots"  #: class of what is no content
FROM = "FactpressFrom"  #: for a moment in each tag: the number of the HTML element that it was made from
FROM_NAME = Name(f"/{FROM}")
WHOLE = {"/P", "/L", "/LI", "/LBody", "/H1", "/H2", "/H3"}
#: what may stay in two: the notes of a page are read before the section goes on
AROUND = {"/Sect", "/Art", "/Div", "/Part", "/BlockQuote", "/NonStruct"}


@contextmanager
def origins_kept() -> Iterator[None]:
    """Write, in this block, tags that name the element they were made from."""
    from weasyprint.pdf import tags  # type: ignore[import-untyped]

    original: Any = tags._build_box_tree
    numbers: dict[Any, int] = {}

    def build(box: Any, *rest: Any) -> Iterator[Any]:
        element = getattr(box, "_box", box).element  # absolutely positioned boxes hide in a placeholder
        made = original(box, *rest)
        if element is not None and DOTS in element.get("class", "").split():
            list(made)  # made, but in no tree, as the running heads are: these become artifacts
            return
        for tag in made:
            if element is not None and FROM not in tag:
                tag[FROM] = numbers.setdefault(element, len(numbers))
            yield tag

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original


def mend_tags(document: Object) -> None:
    """Join the tags that a page break parted, and marks with their notes; the names of their elements go."""
    _refer(document)  # first: what is empty is gone after the joining
    parents = NumberTree(document.P.ParentTree)
    text = [tag for tag in document.K if not _is_notes(tag)]
    for before, after in reversed(list(pairwise(text))):  # from the end: what goes on over three pages is one, too
        if before.Pg.objgen != after.Pg.objgen:
            _unite(before, after, parents)
    for tag in reversed(list(_walk(document))):  # what holds nothing but empty tags is empty
        _drop_empty(tag)
        if FROM_NAME in tag:
            del tag[FROM_NAME]


def _is_notes(area: Object) -> bool:
    first = _tag(area, 0)
    return Name.NonStruct == area.S and first is not None and Name.Note == first.S


def _unite(before: Object, after: Object, parents: NumberTree) -> None:
    """Join two tags if they are one element, and what meets inside them."""
    kind = str(before.S)
    if before.get(FROM_NAME) != after.get(FROM_NAME) or kind != str(after.S) or kind not in WHOLE | AROUND:
        return
    last, first = _tag(before, -1), _tag(after, 0)
    if kind in WHOLE:
        for kid in after.K:
            before.K.append(_adopted(kid, before, after.Pg, parents))
        after.K = Array()
    if last is not None and first is not None:
        _unite(last, first, parents)
        _drop_empty(before if kind in WHOLE else after)


def _adopted(kid: Any, parent: Object, page: Object, parents: NumberTree) -> Object:
    """Return what a tag of this page holds as a kid of one that began on another page."""
    if isinstance(kid, Dictionary) and kid.get("/Type") != Name.MCR:
        kid.P = parent
        return kid
    mark = kid if isinstance(kid, Dictionary) else Dictionary(Type=Name.MCR, Pg=page, MCID=int(kid))
    parents[int(mark.Pg.StructParents)][int(mark.MCID)] = parent  # type: ignore[index, call-overload]  # an array
    return mark


def _tag(parent: Object, at: int) -> Object | None:
    kids: Any = parent.get("/K")
    kid = kids[at] if isinstance(kids, Array) and len(kids) else None
    return kid if isinstance(kid, Dictionary) and "/S" in kid else None


def _drop_empty(parent: Object) -> None:
    kids = list(parent.get("/K", []))
    kept = [kid for kid in kids if not _is_empty(kid)]
    if len(kept) < len(kids):
        parent.K = Array(kept)


def _refer(document: Object) -> None:
    """Let each note and the link before its call name each other, and take the call out: it is empty."""
    notes = {int(note[FROM_NAME]): note for area in document.K if _is_notes(area) for note in area.K}
    for parent in _walk(document):
        kids: Any = parent.get("/K", [])
        for before, call in pairwise(list(kids) if isinstance(kids, Array) else []):
            note = notes.get(int(call.get(FROM_NAME, -1))) if _is_empty(call) else None
            if note is not None and isinstance(before, Dictionary) and Name.Link == before.get("/S"):
                before.Ref, note.Ref = Array([note]), Array([before])
        _drop_empty(parent)


def _is_empty(tag: Object) -> bool:
    """Return whether a tag holds nothing; an empty cell keeps the others of its row in their columns."""
    if not isinstance(tag, Dictionary) or "/S" not in tag or len(tag.get("/K", [])):
        return False
    return tag.S not in (Name.TD, Name.TH)


def _walk(tag: Object) -> Iterator[Object]:
    waiting = [tag]
    while waiting:
        tag = waiting.pop()
        yield tag
        waiting += [kid for kid in tag.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]
