"""When a page is written: marks, notes, terms, blocks and sources are filled from the book's data."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from factpress.sphinxext.bibliography.sources import fill_sources
from factpress.sphinxext.blocks.editions import edition_of, page_of
from factpress.sphinxext.blocks.marks import MarkedClaim, marked_claims, unit_words
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.glossary import link_terms
from factpress.sphinxext.context import BuildState, build_state
from factpress.sphinxext.language_of_parts import mark_languages
from factpress.sphinxext.nodes import claim_mark, placeholder, unit_mark


def fill_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill one page, or the joined pages of the PDF; handler of `doctree-resolved`."""
    state = build_state(app.env)
    assert state is not None
    edition = edition_of(app.builder)

    def page(of: str) -> EditionPage:
        return page_of(app.builder, of)

    edition.prepare(doctree, state.context)
    end_notes: list[nodes.Node] = []
    for mark in list(doctree.findall(claim_mark)):
        _fill_mark(mark, page(mark["docname"]), end_notes)
    for unit in list(doctree.findall(unit_mark)):
        unit.replace_self(unit_words(unit, state.context))
    for node in list(doctree.findall(placeholder)):
        node.replace_self(_block(node, page(node["docname"]), state))
    link_terms(doctree, page)
    if state.context.is_book:
        fill_sources(doctree, page)
        edition.place_footnotes(doctree, state.context)
    edition.add_peeks(doctree, page(docname))
    edition.finish(doctree, state.context, end_notes)
    mark_languages(doctree, state.context.languages, edition.language_attributes)


def _fill_mark(node: claim_mark, page: EditionPage, end_notes: list[nodes.Node]) -> None:
    marks: list[nodes.Node] = []
    named = list(marked_claims(node, node["claims"], node["first"], page.context))
    marked = [claim for claim in named if isinstance(claim, MarkedClaim)]
    for claim in named:
        if marks:
            page.edition.separate_marks(marks)
        marks.append(page.edition.mark(page, claim, marked[0].mark_id) if isinstance(claim, MarkedClaim) else claim)
    if marked:
        note = page.edition.note(page, marked)
        if note is not None:
            page.edition.place_note(node, marks, note, end_notes)
    node.replace_self(marks)


def _block(node: placeholder, page: EditionPage, state: BuildState) -> list[nodes.Node]:
    block, use = page.context.blocks[node["use"].name], node["use"]
    block.warn_of_unknown(page.context, use, node)
    if ready := state.rendered.get((page.docname, use)):
        return ready.pop()
    if own := page.edition.own_blocks.get(use.name):
        return own(page, use)
    return block.brief(page, use) if page.edition.is_brief and block.brief else block.render(page, use)
