"""In the EPUB, a note for each source that a page cites, which a reading system pops up at the citation.

The list of sources is long, and far away from the sentence: a reader who follows a link there has to find the way back.
"""

from __future__ import annotations

from docutils import nodes
from pybtex_docutils import Backend

from factpress.sphinxext.bibliography.entry_text import note_paragraph
from factpress.sphinxext.blocks.links import source_words
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.nodes import element, link, make

CITATION = "bibtex-citation"  #: class of the frame that sphinxcontrib-bibtex makes around a citation
PREFIX = "note-"  #: of ids that no author may set


def cited_notes(doctree: nodes.document, context: BookContext) -> list[nodes.Node]:
    """Return the notes of all sources that a page cites, in the order of its citations, each linked to both."""
    calls: dict[str, list[str]] = {}
    targets: dict[str, tuple[str, str]] = {}
    frames = [node for node in doctree.findall(nodes.Element) if CITATION in node.get("classes", ())]
    for reference in [each for frame in frames for each in frame.findall(_leads)]:
        uri = str(reference.get("refuri", ""))
        key = context.keys.get(uri.partition("#")[2], "")
        if not key or uri.startswith("#"):
            continue
        words, anchor = reference.astext(), context.book.sources[key].anchor
        call = f"{PREFIX}call-{sum(map(len, calls.values())) + 1}"
        calls.setdefault(key, []).append(call)
        targets.setdefault(key, (uri, words))
        label = context.say("citation-call", label=words, source=context.book.sources[key].short)
        attributes = {"role": "doc-noteref", "epub:type": "noteref"}
        made = link(f"#{PREFIX}{anchor}", words, ids=call, classes="cited", aria_label=label, **attributes)
        reference.parent.replace(reference, made)
    return [_note(context, key, calls[key], *targets[key]) for key in calls]


def _leads(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference) or (isinstance(node, element) and node["tag"] == "a")


def _note(context: BookContext, key: str, calls: list[str], uri: str, words: str) -> element:
    source, say = context.book.sources[key], context.say
    back = [
        link(f"#{call}", words if number == 0 else str(number + 1), role="doc-backlink",
             aria_label=say("citation-back", label=words, number=number + 1))
        for number, call in enumerate(calls)
    ]  # fmt: skip
    spaced: list[nodes.Node | str] = []
    for one in back:
        spaced += [one, " "]
    # in an inline node: Sphinx takes a link beside blocks for one around a picture
    entry = nodes.inline("", "", *note_paragraph(source).render(Backend()))
    seen = " · ".join(source_words(context, source))
    return make(
        "aside",
        make("p", make("span", *spaced, classes="fn-label"), entry, " ",
             *([make("span", seen[:1].upper() + seen[1:], ". ", classes="seen")] if seen else []),
             link(uri, say("citation-entry")), "."),
        ids=f"{PREFIX}{source.anchor}",
        classes="note",
        **{"role": "doc-footnote", "epub:type": "footnote"},
    )  # fmt: skip
