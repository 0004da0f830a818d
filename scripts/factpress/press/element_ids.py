"""Makes the ids in the tag tree of a part unique in the book: those of table headers and notes count from 1 in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Object, Pdf, String


def prefix_ids(pdf: Pdf, prefix: str) -> None:
    """Put the prefix before every id, and before every reference to one."""
    for element in _elements(pdf.Root.StructTreeRoot.K[0]):
        if "/ID" in element:
            element.ID = String(f"{prefix}-{element.ID}")
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(f"{prefix}-{header}") for header in attributes.Headers])


def _elements(element: Object) -> Iterator[Object]:
    waiting = [element]
    while waiting:
        found = waiting.pop()
        yield found
        kids: Any = found.get("/K", [])
        listed = kids if isinstance(kids, Array) else [kids]
        waiting += [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]
