"""Makes the ids in the tag tree of a part unique in the book: those of table headers and notes count from 1 in each."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Pdf, String

from factpress.press.tagged_pdf.tag_tree import walk


def prefix_ids(pdf: Pdf, prefix: str) -> None:
    """Put the prefix before every id, and before every reference to one."""
    for element in walk(pdf.Root.StructTreeRoot.K[0]):
        if "/ID" in element:
            element.ID = String(f"{prefix}-{element.ID}")
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(f"{prefix}-{header}") for header in attributes.Headers])
