"""What WeasyPrint 70 tags amiss: what goes on over a page, and dots that only lead the eye."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, takewhile
from typing import Any

from pikepdf import Array, Dictionary, Name, Object

from factpress.press.tagged_pdf.split_elements import AcrossPages
from factpress.press.tagged_pdf.tag_tree import drop_empty, is_empty, tag_at, walk

DOTS = "dots"  #: class of what is no content
FROM = "FactpressFrom"  #: for a moment in each tag: the number of the HTML element that it was made from
FROM_NAME = Name(f"/{FROM}")
MARKS = "FactpressMarks"  #: for a moment in the tags of a note that several links before its call share: how many
MARKS_NAME = Name(f"/{MARKS}")


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
                if shared := element.get("data-marks"):
                    tag[MARKS] = int(shared)
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
        for name in (FROM_NAME, MARKS_NAME):
            if name in tag:
                del tag[name]


def _is_notes(area: Object) -> bool:
    first = tag_at(area, 0)
    return Name.NonStruct == area.S and first is not None and Name.Note == first.S


def _refer(document: Object) -> None:
    """Let each note and the links before its call name each other, and take the call out: it is empty."""
    notes = {int(note[FROM_NAME]): note for area in document.K if _is_notes(area) for note in area.K}
    for parent in walk(document):
        kids: Any = parent.get("/K", [])
        listed = list(kids) if isinstance(kids, Array) else []
        for at, call in enumerate(listed):
            note = notes.get(int(call.get(FROM_NAME, -1))) if is_empty(call) else None
            if note is not None and (marks := _links(listed[:at], int(note.get(MARKS_NAME, 1)))):
                note.Ref = Array(marks)
                for mark in marks:
                    mark.Ref = Array([note])
        drop_empty(parent)


def _links(kids: Sequence[Any], most: int) -> list[Dictionary]:
    """Return the links at the end of kids, one beside the other, as many as share a note."""
    run = takewhile(lambda kid: isinstance(kid, Dictionary) and Name.Link == kid.get("/S"), reversed(kids))
    return list(islice(run, most))[::-1]
