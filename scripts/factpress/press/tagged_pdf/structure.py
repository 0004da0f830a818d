"""What WeasyPrint 70 tags amiss: what goes on over a page, and dots that only lead the eye."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, Object

from factpress.press.tagged_pdf.split_elements import AcrossPages
from factpress.press.tagged_pdf.tag_tree import drop_empty, is_empty, tag_at, walk

DOTS = "dots"  #: class of what is no content
FROM = "FactpressFrom"  #: for a moment in each tag: the number of the HTML element that it was made from
FROM_NAME = Name(f"/{FROM}")


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
    AcrossPages(document, FROM_NAME).join([tag for tag in document.K if not _is_notes(tag)])
    for tag in reversed(list(walk(document))):  # what holds nothing but empty tags is empty
        drop_empty(tag)
        if FROM_NAME in tag:
            del tag[FROM_NAME]


def _is_notes(area: Object) -> bool:
    first = tag_at(area, 0)
    return Name.NonStruct == area.S and first is not None and Name.Note == first.S


def _refer(document: Object) -> None:
    """Let each note and the link before its call name each other, and take the call out: it is empty."""
    notes = {int(note[FROM_NAME]): note for area in document.K if _is_notes(area) for note in area.K}
    for parent in walk(document):
        kids: Any = parent.get("/K", [])
        for before, call in pairwise(list(kids) if isinstance(kids, Array) else []):
            note = notes.get(int(call.get(FROM_NAME, -1))) if is_empty(call) else None
            if note is not None and isinstance(before, Dictionary) and Name.Link == before.get("/S"):
                before.Ref, note.Ref = Array([note]), Array([before])
        drop_empty(parent)
