"""The nodes of our own: one for any HTML element, and placeholders that are filled when an edition is written.

No ledger data goes into a doctree: placeholders hold ids, so that a changed finding re-reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from factpress.model.allowed_markup import leads_out


class element(nodes.General, nodes.Element):  # docutils names its nodes like tags
    """An HTML element: `tag` names it, `attributes_` are written as they are, `ids` and `classes` as ever."""


class claim_mark(nodes.Inline, nodes.TextElement):
    """The place after a statement of the article: `claims` lists ids, `docname` and `nth` say where."""


class unit_mark(nodes.Inline, nodes.TextElement):
    """The place of a unit that is only drafted: `unit` is its id, `alone` whether no words of it stand before."""


class term_mark(nodes.Inline, nodes.TextElement):
    """Words that the glossary explains: `term` is what the role names, `docname` says where."""


class heading_citation(nodes.Inline, nodes.TextElement):
    """A citation in a heading: `kind` and `target` are those of its role."""


class placeholder(nodes.General, nodes.Element):
    """A block that is filled from the book's data: `use` is its `BlockUse`, `docname` says where."""


def make(tag: str, *children: nodes.Node | str, ids: str = "", classes: str = "", **attributes: str) -> element:
    """Return an element with its children; `_` in an attribute's name is written `-`, text becomes a Text node."""
    node = element("", tag=tag, attributes_={k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
    node["ids"] = [ids] if ids else []
    node["classes"] = classes.split()
    node += [nodes.Text(child) if isinstance(child, str) else child for child in children]
    return node


def link(uri: str, *children: nodes.Node | str, classes: str = "", ids: str = "", **attributes: str) -> element:
    """Return an `a` element; its `refuri` is rewritten where pages are joined."""
    node = make("a", *children, classes=classes, ids=ids, **attributes)
    node["refuri"] = uri
    return node


def table(headings: Iterable[str], rows: Iterable[element], classes: str) -> element:
    """Return a table with column headings, in a frame that scrolls sideways where it is too wide."""
    return grouped_table(headings, [make("tbody", *rows)], classes)


def grouped_table(headings: Iterable[str], bodies: Iterable[element], classes: str) -> element:
    """Return a table whose rows stand in several bodies, in a frame that scrolls sideways where it is too wide."""
    head = make("thead", make("tr", *[make("th", text, scope="col") for text in headings]))
    return make("div", make("table", head, *bodies, classes=classes), classes="table-frame")


def as_html(node: nodes.Node) -> str:
    """Return an element as a writer of HTML would write it, where there is none; text is escaped."""
    if isinstance(node, nodes.Text):
        return escape(node.astext(), quote=False)
    if not isinstance(node, element):
        raise TypeError(f"as_html writes elements and text, not {type(node).__name__}")
    named = {"id": " ".join(node["ids"]), "class": " ".join(node["classes"]), **node["attributes_"]}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in named.items() if value)
    inside = "".join(map(as_html, node.children))
    return f"<{node['tag']}{attributes}>" + ("" if node["tag"] in VOID_TAGS else f"{inside}</{node['tag']}>")


def name_cells(table: element) -> None:
    """Give each cell the heading of its column, and each element its role: on small screens a row is set as a card."""
    headings: list[str] = []
    for row in (node for node in table.findall(element) if node["tag"] == "tr"):
        cells = [cell for cell in row.children if isinstance(cell, element)]
        if cells and all(cell["tag"] == "th" and cell["attributes_"].get("scope") == "col" for cell in cells):
            headings = [cell.astext() for cell in cells]
            continue
        for cell, heading in zip(cells, headings, strict=False):
            if heading:
                cell["attributes_"]["data-label"] = heading
    for node in table.findall(element):
        if node["tag"] == "th":
            node["attributes_"]["role"] = "columnheader" if node["attributes_"].get("scope") == "col" else "rowheader"
        elif role := TABLE_ROLES.get(node["tag"]):
            node["attributes_"]["role"] = role


def _visit_element(self: HTML5Translator, node: element) -> None:
    attributes: dict[str, Any] = dict(node["attributes_"])
    # an address of the ledger or the bibliography may be any text
    if node.get("refuri") and not leads_out(node["refuri"]):
        attributes["href" if node["tag"] == "a" else "data-to"] = node["refuri"]
    start = self.emptytag if node["tag"] in VOID_TAGS else self.starttag  # XHTML wants `<br />`
    self.body.append(start(node, node["tag"], "", **attributes))


def _depart_element(self: HTML5Translator, node: element) -> None:
    if node["tag"] not in VOID_TAGS:
        self.body.append(f"</{node['tag']}>")
    if node["tag"] in BLOCK_TAGS:
        self.body.append("\n")


def _pass(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Let other writers show the children and nothing else."""


def setup(app: Sphinx) -> None:
    """Register the nodes for every builder."""
    html, other = (_visit_element, _depart_element), (_pass, _pass)
    app.add_node(element, html=html, latex=other, text=other, man=other, texinfo=other)
    for node in (claim_mark, unit_mark, term_mark, heading_citation, placeholder):
        app.add_node(node, html=other, latex=other, text=other, man=other, texinfo=other)


LANGUAGE_CLASS = "language-"  #: opens a class that docutils writes as the attribute `lang`
#: roles of the elements of a table, which lose theirs where a style sheet sets rows below each other
TABLE_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
VOID_TAGS = {"br", "hr", "img", "input"}
#: elements after which a new line begins in the file
BLOCK_TAGS = {
    "p", "div", "section", "article", "aside", "ul", "ol", "li", "dl", "dd", "table", "tr", "header", "details", "dt",
    "h2", "h3",
}  # fmt: skip
