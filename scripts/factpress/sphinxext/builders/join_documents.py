"""Joining the documents into one page: every id unique, every internal link leading to its place.

Sphinx leaves links to other documents as `#document-NAME#id` and ids as they were (sphinx-doc/sphinx #14221,
#4814). Ids that are unique in the book (DESIGN §3) stay as they are; all others get their document's name.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes

from factpress.press.tagged_pdf.join import CROSS_PART_URI
from factpress.sphinxext.nodes import element, make

BOOK_ID = re.compile(r"C\d{3,}(-\d+)?|e\d+[a-z]+|p\d+-\d+|i\d+-\d+-.+|ref-.+|figure-.+")
DOCUMENT = "#document-"


def joined_anchor(docname: str, node_id: str = "") -> str:
    """Return the id that a place of a document has in the joined page; plain ASCII, as PDF readers want it."""
    if BOOK_ID.fullmatch(node_id):
        return node_id
    # a character for a character: `a/b` and `a-b` are two documents
    name = ".".join(re.sub(r"[^A-Za-z0-9-]", lambda match: f"_{ord(match[0]):x}_", part) for part in docname.split("/"))
    return f"d-{name}--{node_id}" if node_id else f"d-{name}"


def join_documents(tree: nodes.document, root: str) -> list[element]:
    """Return the documents of an assembled tree side by side, in reading order, with their ids made unique."""
    parts = [_lift(start) for start in list(tree.findall(addnodes.start_of_file))]
    front = make("section", *list(tree.children), ids=joined_anchor(root), classes="document")
    front["docname"] = root
    tree.children = []
    for part in (front, *parts):
        place_in_document(part, part["docname"])
    return [front, *parts]


def _lift(start: addnodes.start_of_file) -> element:
    start.parent.remove(start)
    part = make("section", ids=joined_anchor(start["docname"]), classes="document")
    part["docname"] = start["docname"]
    part += [child for child in start.children if not isinstance(child, addnodes.start_of_file)]
    return part


def place_in_document(part: element, docname: str) -> None:
    """Make the ids of a document unique in the joined page, and its links lead to them; what is so already stays."""
    for node in part.findall(nodes.Element):
        if node is not part and node.get("ids"):
            node["ids"] = [_unique(docname, node_id) for node_id in node["ids"]]
        if "refid" in node:
            node["refuri"] = "#" + joined_anchor(docname, node["refid"])
            del node["refid"]
        elif str(node.get("refuri", "")).startswith("#"):
            node["refuri"] = _joined_uri(node["refuri"], docname)
        if isinstance(node, nodes.reference):
            _unwrap(node)


def _unique(docname: str, node_id: str) -> str:
    return node_id if node_id.startswith(joined_anchor(docname)) else joined_anchor(docname, node_id)


def _joined_uri(uri: str, docname: str) -> str:
    if uri.startswith("#d-"):
        return uri
    if not uri.startswith(DOCUMENT):
        return "#" + joined_anchor(docname, uri[1:])
    target, _, node_id = uri.removeprefix(DOCUMENT).partition("#")
    return "#" + joined_anchor(target, node_id)


def _unwrap(reference: nodes.reference) -> None:
    # a link annotation that hangs on an inner span is not a PDF/UA link (ISO 14289-1, 7.18.5)
    for child in list(reference.children):
        if isinstance(child, nodes.inline):
            reference.replace(child, child.children)


def mark_cross_part_links(parts: list[element]) -> None:
    """Mark the links that lead to another part, which a layout of one part alone could not find."""
    home = {node_id: part for part in parts for node in part.findall(nodes.Element) for node_id in node.get("ids", ())}
    for part in parts:
        for node in part.findall(nodes.Element):
            uri = str(node.get("refuri", ""))
            reference = isinstance(node, element) and node["tag"] != "a"  # says where it leads to, and is not a link
            if uri.startswith("#") and not reference and home.get(uri[1:], part) is not part:
                node["refuri"] = CROSS_PART_URI + uri[1:]
