"""What a citation or a term opens in place on the web: the source or the definition, as data in the page.

They stand in one `template` at the page's end, which nothing shows, prints or reads aloud; without a script a citation
leads to the list of sources and a term to the glossary, as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from docutils import nodes
from pybtex_docutils import Backend

from factpress.model.study.records import Term
from factpress.sphinxext.bibliography.entry_text import source_paragraph
from factpress.sphinxext.blocks.links import (
    lost_addresses,
    recorded_copies,
    seen_line,
    source_words,
    without_lost_links,
)
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.glossary import definition, term_anchor
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


def add_peeks(doctree: nodes.document, page: EditionPage) -> None:
    """Give each citation and term of a page an address, and the page what they open."""
    terms = {term_anchor(term.id): term for term in page.context.book.study_aids.glossary}
    count: Counter[str] = Counter()
    opened: dict[str, element] = {}
    for node in list(_openers(doctree)):
        anchor = node["refuri"].rpartition("#")[2]
        key = page.context.keys.get(anchor, "")
        if not key and anchor not in terms:
            continue
        if anchor not in opened:
            opened[anchor] = _source(page, key, anchor) if key else _term(page, terms[anchor])
        count[anchor] += 1
        node["ids"] = [f"{anchor.replace('ref-', 'cite-', 1) if key else anchor}-at-{count[anchor]}"]
    if opened:
        doctree.append(make("template", *opened.values(), classes="peeks"))


def _openers(doctree: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the links of citations in brackets, and those of terms."""
    for node in doctree.findall(nodes.Element):
        if "bibtex-citation" in node["classes"]:
            yield from (child for child in node.findall(nodes.Element) if child.get("refuri"))
        elif "term" in node["classes"] and node.get("refuri"):
            yield node


def _source(page: EditionPage, key: str, anchor: str) -> element:
    source, label = page.context.book.sources[key], page.context.labels.get(key, "")
    # in a paragraph of docutils: its writer takes a reference in anything else for a picture
    text = nodes.inline("", "", *source_paragraph(source).render(Backend()))
    paragraph = make("p", make("span", f"[{label}]", classes="label"), " ", text)
    without_lost_links([paragraph], lost_addresses(page.context, source))
    more = make("p", link(page.source_uri(key), page.say("peek-source-more")), classes="more")
    name = page.say("peek-source", label=label)
    return make("div", paragraph, seen_line(key, page), more, data_of=anchor, data_name=name)


def _term(page: EditionPage, term: Term) -> element:
    place = page.context.document_with("glossary-terms") or ""
    words = make("p", make("dfn", typeset(term.term)), ": ", *definition(page, term))
    anchor = term_anchor(term.id)
    more = make("p", link(page.uri(place, anchor), page.say("peek-term-more")), classes="more")
    return make("div", words, more, data_of=anchor, data_name=page.say("peek-term", term=typeset(term.term)))


def shown_in_peeks(
    context: BookContext, sources: Iterable[str], terms: Iterable[str], rendered: Iterable[nodes.Node]
) -> list[object]:
    """Return all that a page's peeks show: of the sources that it cites, its terms, and what its blocks cite."""
    keys = {context.keys.get(n["refuri"].rpartition("#")[2], "") for node in rendered for n in _openers(node)}
    shown: list[object] = []
    for term in sorted(set(terms)):
        record = context.book.study_aids.term_by_id[term]
        shown.append([record, [context.labels.get(key) for key in record.sources]])
    for key in sorted({*keys, *sources} & context.book.sources.keys()):
        source = context.book.sources[key]
        state = [source_words(context, source), recorded_copies(context, source)]
        shown.append([context.labels.get(key), source, sorted(lost_addresses(context, source)), state])
    return shown
