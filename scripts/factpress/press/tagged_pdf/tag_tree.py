"""Ways about the tag tree of a PDF, as pikepdf holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object


def tag_at(parent: Object, at: int) -> Object | None:
    """Return the kid at this place, if it is a tag."""
    kids: Any = parent.get("/K")
    kid = kids[at] if isinstance(kids, Array) and len(kids) else None
    return kid if isinstance(kid, Dictionary) and "/S" in kid else None


def is_empty(tag: Object) -> bool:
    """Return whether a tag holds nothing; an empty cell keeps the others of its row in their columns."""
    if not isinstance(tag, Dictionary) or "/S" not in tag or len(tag.get("/K", [])):
        return False
    return tag.S not in (Name.TD, Name.TH)


def drop_empty(parent: Object) -> None:
    """Take out the kids that hold nothing."""
    kids = list(parent.get("/K", []))
    kept = [kid for kid in kids if not is_empty(kid)]
    if len(kept) < len(kids):
        parent.K = Array(kept)


def walk(tag: Object) -> Iterator[Object]:
    """Yield a tag and all in it, each before its kids."""
    waiting = [tag]
    while waiting:
        tag = waiting.pop()
        yield tag
        waiting += [kid for kid in tag.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]
