"""Joins the tags that a page break parted: WeasyPrint 70 begins every page with new ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

from factpress.press.tagged_pdf.tag_tree import drop_empty, tag_at, walk

WHOLE = {"/P", "/L", "/LI", "/LBody", "/H1", "/H2", "/H3", "/Table", "/TBody"}
#: what may stay in two: the notes of a page are read before the section goes on
AROUND = {"/Sect", "/Art", "/Div", "/Part", "/BlockQuote", "/NonStruct"}


class AcrossPages:
    """The tags of a document, in which `origin` names the element that each was made from."""

    def __init__(self, document: Object, origin: Name) -> None:
        """Take the document; nothing is changed yet."""
        self._document, self._origin = document, origin
        self._parents = NumberTree(document.P.ParentTree)
        self._heads: dict[str, str] = {}  # ids of header cells that were taken out: those of the cells that stay

    def join(self, tags: Sequence[Object]) -> None:
        """Join tags, given in the order of the pages, and what meets inside them."""
        for before, after in reversed(list(pairwise(tags))):  # from the end: what goes on over three pages is one, too
            if before.Pg.objgen != after.Pg.objgen:
                self._unite(before, after)
        if self._heads:
            self._name_heads()

    def _unite(self, before: Object, after: Object) -> None:
        kind = str(before.S)
        if before.get(self._origin) != after.get(self._origin) or kind != str(after.S) or kind not in WHOLE | AROUND:
            return
        if kind == "/Table" and not self._drop_repeated_head(before, after):
            return
        last, first = tag_at(before, -1), tag_at(after, 0)
        if kind in WHOLE:
            for kid in after.K:
                before.K.append(self._adopted(kid, before, after.Pg))
            after.K = Array()
        if last is not None and first is not None:
            self._unite(last, first)
            drop_empty(before if kind in WHOLE else after)

    def _adopted(self, kid: Any, parent: Object, page: Object) -> Object:
        """Return what a tag of this page holds as a kid of one that began on another page."""
        if isinstance(kid, Dictionary) and kid.get("/Type") != Name.MCR:
            kid.P = parent
            return kid
        mark = kid if isinstance(kid, Dictionary) else Dictionary(Type=Name.MCR, Pg=page, MCID=int(kid))
        tags: Any = self._parents[int(mark.Pg.StructParents)]
        tags[int(mark.MCID)] = parent
        return mark

    def _drop_repeated_head(self, before: Object, after: Object) -> bool:
        """Take the head that is printed again out of a table that goes on; what no tag holds becomes an artifact.

        A link in it would be in no tag then, and a foot may be printed again, too: False, and nothing is taken out.
        """
        heads = [[kid for kid in table.K if Name.THead == kid.S] for table in (before, after)]
        cells = [cell for head in heads[1] for cell in walk(head)]
        if any(Name.Link == cell.S for cell in cells) or any(Name.TFoot == kid.S for kid in [*before.K, *after.K]):
            return False
        if all(heads):
            for stays, goes in zip(walk(heads[0][0]), cells, strict=True):
                if "/ID" in goes:
                    self._heads[str(goes.ID)] = str(stays.ID)
            after.K = Array([kid for kid in after.K if Name.THead != kid.S])
        return True

    def _name_heads(self) -> None:
        """Let the cells of joined tables name the header cells that are left."""
        for cell in walk(self._document):
            if cell.S == Name.TD and "/Headers" in cell.get("/A", {}):
                cell.A.Headers = Array([String(self._left(str(name))) for name in cell.A.Headers])

    def _left(self, name: str) -> str:
        while name in self._heads:
            name = self._heads[name]
        return name
