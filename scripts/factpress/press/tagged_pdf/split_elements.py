"""Merges the structure elements that a page break cut: WeasyPrint 70 begins every page with new ones.

Kozea/WeasyPrint#2903. An element may hold content of several pages: what stands on another page than its own is
named by a marked-content reference, MCR (ISO 32000-2, 14.7.5.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

from factpress.press.tagged_pdf.structure import Element, child_at, drop_empty, walk_elements

MERGED = {"/P", "/L", "/LI", "/LBody", "/H1", "/H2", "/H3", "/Table", "/TBody"}
#: what may stay in two, with merged elements inside: the notes of a page are read before the section goes on
ENCLOSING = {"/Sect", "/Art", "/Div", "/Part", "/BlockQuote", "/NonStruct"}


class SplitElements:
    """The structure elements of a document, in which `origin` names the element of the page of each."""

    def __init__(self, document: Element, origin: Name) -> None:
        """Take the document; nothing is changed yet."""
        self._document, self._origin = document, origin
        self._parents = NumberTree(document.P.ParentTree)
        self._header_ids: dict[str, str] = {}  # ids of header cells that were taken out: those of the cells that stay

    def merge(self, elements: Sequence[Element]) -> None:
        """Merge elements, given in the order of the pages, and what meets inside them."""
        for before, after in reversed(list(pairwise(elements))):  # from the end: what covers three pages is one, too
            if before.Pg.objgen != after.Pg.objgen:
                self._merge(before, after)
        if self._header_ids:
            self._rename_headers()

    def _merge(self, before: Element, after: Element) -> None:
        kind = str(before.S)
        if before.get(self._origin) != after.get(self._origin) or kind != str(after.S):
            return
        if kind not in MERGED | ENCLOSING or (kind == "/Table" and not self._drop_repeated_head(before, after)):
            return
        last, first = child_at(before, -1), child_at(after, 0)
        if kind in MERGED:
            for kid in after.K:
                before.K.append(self._reparented(kid, before, after.Pg))
            after.K = Array()
        if last is not None and first is not None:
            self._merge(last, first)
            drop_empty(before if kind in MERGED else after)

    def _reparented(self, kid: Any, parent: Element, page: Object) -> Object:
        """Return what an element of this page holds as a kid of one that began on another page."""
        if isinstance(kid, Dictionary) and kid.get("/Type") != Name.MCR:
            kid.P = parent
            return kid
        reference = kid if isinstance(kid, Dictionary) else Dictionary(Type=Name.MCR, Pg=page, MCID=int(kid))
        elements: Any = self._parents[int(reference.Pg.StructParents)]
        elements[int(reference.MCID)] = parent
        return reference

    def _drop_repeated_head(self, before: Element, after: Element) -> bool:
        """Take the head that is printed again out of a table that goes on; its text becomes an artifact.

        A link in it would be in no element then, and a foot may be printed again, too: False, and nothing is taken out.
        """
        heads = [[kid for kid in table.K if Name.THead == kid.S] for table in (before, after)]
        cells = [cell for head in heads[1] for cell in walk_elements(head)]
        if any(Name.Link == cell.S for cell in cells) or any(Name.TFoot == kid.S for kid in [*before.K, *after.K]):
            return False
        if all(heads):
            for stays, goes in zip(walk_elements(heads[0][0]), cells, strict=True):
                if "/ID" in goes:
                    self._header_ids[str(goes.ID)] = str(stays.ID)
            after.K = Array([kid for kid in after.K if Name.THead != kid.S])
        return True

    def _rename_headers(self) -> None:
        """Let the cells of merged tables name the header cells that are left."""
        for cell in walk_elements(self._document):
            if cell.S == Name.TD and "/Headers" in cell.get("/A", {}):
                cell.A.Headers = Array([String(self._header_id(str(name))) for name in cell.A.Headers])

    def _header_id(self, name: str) -> str:
        while name in self._header_ids:
            name = self._header_ids[name]
        return name
