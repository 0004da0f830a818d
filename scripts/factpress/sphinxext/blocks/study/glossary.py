"""The glossary, and its terms in the text, which lead to it where a chapter first uses them."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes

from factpress.collation import collation_key, heading_letter
from factpress.model.study.records import Term
from factpress.sphinxext import log
from factpress.sphinxext.blocks.page import EditionPage, place_links
from factpress.sphinxext.blocks.study.parts import claim_links, sourced
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import link, make, term_mark
from factpress.sphinxext.wording import typeset


def glossary(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return all terms in the order of the alphabet."""
    aids, language = page.context.book.study_aids, page.context.settings.language
    terms = sorted(aids.glossary, key=lambda term: collation_key(term.term, language))
    parts = [
        part
        for term in terms
        for part in (
            make("dt", make("dfn", typeset(term.term)), *_own_address(page, term), ids=term_anchor(term.id)),
            make("dd", *_says(page, term)),
        )
    ]
    if not parts:
        return []
    letters: dict[str, str] = {}
    for term in terms:
        letters.setdefault(heading_letter(term.term, language), term_anchor(term.id))
    listed = make("dl", *parts, classes="glossary")
    return [*page.edition.letters(page, letters), *page.edition.landmark(page, "glossary", listed)]


def _own_address(page: EditionPage, term: Term) -> list[nodes.Node]:
    return page.edition.own_address(page, term_anchor(term.id), typeset(term.term))


def term_anchor(term: str) -> str:
    """Return the id of a term's entry."""
    return f"term-{term}"


def definition(page: EditionPage, term: Term) -> list[nodes.Node]:
    """Return what a term means, with its sources."""
    return [nodes.Text(typeset(term.says)), *sourced(page, term)]


def _says(page: EditionPage, term: Term) -> list[nodes.Node]:
    by_id = page.context.book.study_aids.term_by_id
    content = definition(page, term)
    others: list[nodes.Node | str] = []
    for other in (by_id[term_id] for term_id in term.see if term_id in by_id):
        others += [", "] if others else []
        others.append(link(f"#{term_anchor(other.id)}", typeset(other.term)))
    content += page.say.around("terms-see", terms=others) if others else []
    where = [*claim_links(page, term.claims, page.say("terms-claims")), *_uses(page, term)]
    return [*content, nodes.Text(" "), make("span", *where, classes="where")] if where else content


def _uses(page: EditionPage, term: Term) -> list[nodes.Node]:
    places = place_links(page, page.context.terms.get(term.id, []))
    parting = [nodes.Text(" · ")] if term.claims else []
    return [*parting, *page.say.around("terms-uses", places=places)] if places else []


def link_terms(doctree: nodes.document, page: Callable[[str], EditionPage]) -> None:
    """Make the uses of terms links to the glossary; where each would lead away, the first in a document alone."""
    seen: set[tuple[str, str]] = set()
    for mark in list(doctree.findall(term_mark)):
        here = page(mark["docname"])
        term, place = here.context.book.study_aids.term(mark["term"]), here.context.document_with("glossary-terms")
        if term is None:
            log.warn_unknown(log.WarningKind.UNKNOWN_TERM, mark["term"], mark)
        known = term is not None and (here.docname, term.id) in seen and not here.edition.links_every_term
        if term is None or place is None or known:
            mark.replace_self(mark.children)
        else:
            seen.add((here.docname, term.id))
            mark.replace_self(link(here.uri(place, term_anchor(term.id)), *mark.children, classes="term"))
