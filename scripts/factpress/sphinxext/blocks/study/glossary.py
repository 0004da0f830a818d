"""The glossary, and its terms in the text, which lead to it where a chapter first uses them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docutils import nodes

from factpress.model.study.aids import Term
from factpress.sphinxext import log
from factpress.sphinxext.blocks.render import Page, said_in
from factpress.sphinxext.blocks.study.parts import claims, marked_as, sourced
from factpress.sphinxext.nodes import link, make, term_mark
from factpress.sphinxext.wording import typeset


def glossary(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return all terms in the order of the alphabet."""
    known = page.facts.book.study_aids
    parts = [
        part
        for term in sorted(known.glossary, key=lambda term: term.term.casefold())
        for part in (
            make("dt", make("dfn", typeset(term.term)), ids=anchor(term.id)),
            make("dd", *_says(page, term)),
        )
    ]
    return marked_as(page, "glossary", make("dl", *parts, classes="glossary")) if parts else []


def anchor(term: str) -> str:
    """Return the id of a term's entry."""
    return f"term-{term}"


def _says(page: Page, term: Term) -> list[nodes.Node]:
    said: list[nodes.Node] = [nodes.Text(typeset(term.says)), *sourced(page, term)]
    see = [
        page.facts.book.study_aids.term_by_id[one] for one in term.see if one in page.facts.book.study_aids.term_by_id
    ]
    for nth, other in enumerate(see):
        said += [nodes.Text(", " if nth else " See "), link(f"#{anchor(other.id)}", typeset(other.term))]
    said += [nodes.Text(".")] if see else []
    where = [*claims(page, term.claims, "Claims "), *_uses(page, term)]
    return [*said, nodes.Text(" "), make("span", *where, classes="where")] if where else said


def _uses(page: Page, term: Term) -> list[nodes.Node]:
    places = said_in(page, page.facts.terms.get(term.id, []))
    return [nodes.Text(" · " if term.claims else ""), nodes.Text("In the text at "), *places] if places else []


def link_terms(doctree: nodes.document, page: Callable[[str], Page]) -> None:
    """Make the first use of each term in a document a link to the glossary, and the others plain words."""
    seen: set[tuple[str, str]] = set()
    for mark in list(doctree.findall(term_mark)):
        here = page(mark["docname"])
        term, place = here.facts.book.study_aids.term(mark["term"]), here.facts.document_with("glossary-terms")
        if term is None:
            log.warn(log.Kind.UNKNOWN_TERM, f"the glossary has no term {mark['term']!r}", mark)
        if term is None or place is None or (here.docname, term.id) in seen:
            mark.replace_self(mark.children)
        else:
            seen.add((here.docname, term.id))
            mark.replace_self(link(here.uri(place, anchor(term.id)), *mark.children, classes="term"))
