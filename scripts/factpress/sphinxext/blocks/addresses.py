"""Links of places to themselves, whose addresses readers copy, and the way to tell of an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from docutils import nodes

from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.nodes import element

HEADINGS = {"h2": 2, "h3": 3}  #: elements of our own that are headings, with their levels


class Heading(NamedTuple):
    """A heading of a page that has an address."""

    level: int  #: 1 is the page's title
    anchor: str
    words: str


def address_headings(doctree: nodes.document, page: EditionPage) -> None:
    """Give headings of our own blocks ids where they have none, and each heading the link to itself."""
    taken = {name for node in doctree.findall(nodes.Element) for name in node["ids"]}
    for node in list(_heading_nodes(doctree)):
        if not (anchor := _anchor(node)):
            stem = nodes.make_id(node.astext()) or "part"
            anchor = next(name for name in _numbered(stem) if name not in taken)
            node["ids"] = [anchor]
            taken.add(anchor)
        words = " ".join(node.astext().split())
        node += page.edition.own_address(page, anchor, page.say("script-heading", heading=words))


def headings(doctree: nodes.document) -> list[Heading]:
    """Return the headings of a filled page that have an address, in order; those of claims' entries are left out."""
    found = []
    for node in _heading_nodes(doctree):
        if anchor := _anchor(node):
            found.append(Heading(_level(node), anchor, " ".join(node.astext().split())))
    return found


def report_address(contact: str, subject: str) -> str:
    """Return the address of a contact with a subject, where it can take one: a mail, or a form for issues."""
    if not contact:
        return ""
    if "://" not in contact:
        return f"mailto:{quote(contact, safe='@+')}?subject={quote(subject, safe='')}"
    return f"{contact}?title={quote(subject, safe='')}" if contact.endswith("/issues/new") else contact


def _heading_nodes(doctree: nodes.document) -> Iterator[nodes.Element]:
    for node in doctree.findall(nodes.Element):
        of_text = isinstance(node, nodes.title) and isinstance(node.parent, nodes.section)
        of_block = isinstance(node, element) and node["tag"] in HEADINGS and "entry-title" not in node["classes"]
        if of_text or of_block:
            yield node


def _level(node: nodes.Element) -> int:
    if isinstance(node, element):
        return HEADINGS[node["tag"]]
    level, parent = 0, node.parent
    while parent is not None:
        level += isinstance(parent, nodes.section)
        parent = parent.parent
    return level


def _anchor(node: nodes.Element) -> str:
    """Return the id by which a heading is reached: that of its section, or its own."""
    of = node["ids"] or (node.parent["ids"] if _heads(node) else [])
    return str(of[0]) if of else ""


def _heads(node: nodes.Element) -> bool:
    """Return whether a heading is that of what it stands in."""
    around = node.parent
    return isinstance(around, nodes.section) or (isinstance(around, element) and around["tag"] == "section")


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
