"""A paragraph or list that goes on over a page is one tag: WeasyPrint 70 begins another on each page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, Object

FROM = "FactpressFrom"  #: for a moment in each tag: the number of the HTML element that it was made from
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
        for tag in original(box, *rest):
            if element is not None and FROM not in tag:
                tag[FROM] = numbers.setdefault(element, len(numbers))
            yield tag

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original


def unite(document: Object) -> None:
    """Join the tags that a page break parted, and take the names of their elements out of all."""
    text = [tag for tag in document.K if not _is_notes(tag)]
    for before, after in pairwise(text):
        if before.Pg.objgen != after.Pg.objgen:
            _unite(before, after)
    document.K = Array([tag for tag in document.K if len(tag.K)])
    _forget(document)


def _is_notes(area: Object) -> bool:
    first = _tag(area, 0)
    return Name.NonStruct == area.S and first is not None and Name.Note == first.S


def _unite(before: Object, after: Object) -> None:
    """Join two tags if they are one element, and what meets inside them."""
    kind = str(before.S)
    if before.get(f"/{FROM}") != after.get(f"/{FROM}") or kind != str(after.S) or kind not in WHOLE | AROUND:
        return
    last, first = _tag(before, -1), _tag(after, 0)
    if kind in WHOLE:
        for kid in after.K:
            if isinstance(kid, Dictionary):
                kid.P = before
            before.K.append(kid)
        after.K = Array()
    if last is not None and first is not None:
        _unite(last, first)
        _drop_empty(before if kind in WHOLE else after)


def _tag(parent: Object, at: int) -> Object | None:
    kids: Any = parent.get("/K")
    kid = kids[at] if isinstance(kids, Array) and len(kids) else None
    return kid if isinstance(kid, Dictionary) and "/S" in kid else None


def _drop_empty(parent: Object) -> None:
    kept = [kid for kid in parent.K if not (isinstance(kid, Dictionary) and "/S" in kid and not len(kid.get("/K", [])))]
    if len(kept) < len(parent.K):
        parent.K = Array(kept)


def _forget(tag: Object) -> None:
    name = Name(f"/{FROM}")
    waiting = [tag]
    while waiting:
        tag = waiting.pop()
        if name in tag:
            del tag[name]
        waiting += [kid for kid in tag.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]
