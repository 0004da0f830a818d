"""When a page is written: marks, notes, cards, terms and placeholders are filled from the book's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder

from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.prose import ALSO
from factpress.sphinxext import log
from factpress.sphinxext.bibliography.sources import bibliography_document, fill_sources
from factpress.sphinxext.blocks import figures, qr_codes, render, study, tables
from factpress.sphinxext.blocks.footnotes import set_below
from factpress.sphinxext.blocks.render import Page, Treated
from factpress.sphinxext.blocks.study.book_index import mark_words
from factpress.sphinxext.blocks.study.glossary import link_terms
from factpress.sphinxext.context import Facts, loaded
from factpress.sphinxext.nodes import claim_mark, make, placeholder


def blocks_of(book: Book) -> dict[str, study.Block]:
    """Return the blocks that come out of the page and the words after the directive's name alone."""
    own = {figures.PLACE: figures.book_figure, figures.DATA: figures.figure_data}
    return {**study.study_blocks(book.subjects), **own}


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill one page, or the joined pages of the PDF; handler of `doctree-resolved`."""
    facts = loaded(app.env)

    def page(of: str) -> Page:
        return page_of(app.builder, of, docname)

    if app.builder.name == "pdf" and facts.document_with("book-index"):
        mark_words(doctree, facts)
    notes: dict[str, list[nodes.Node]] = {}
    for node in list(doctree.findall(claim_mark)):
        _fill_mark(node, page(node["docname"]), notes)
    for node in list(doctree.findall(placeholder)):
        node.replace_self(_filled(node, page(node["docname"])))
    link_terms(doctree, page)
    if facts.is_book:
        fill_sources(doctree, page)
    if facts.is_book and app.builder.name != "pdf":
        set_below(doctree, epub=app.builder.name == "epub")
    if app.builder.name == "epub" and notes:
        section = next(iter(doctree.findall(nodes.section)), doctree)
        heading = make("h2", "Notes on the claims")
        section.append(make("section", heading, *notes[docname], classes="claim-notes"))


def page_of(builder: Builder, docname: str, at: str) -> Page:
    """Return a document as it is filled for an edition, seen from the page that it stands on."""
    edition = builder.name if builder.name in ("epub", "pdf") else "html"
    return Page(loaded(builder.env), docname, edition, address(builder, at), bibliography_document(builder.env))


def address(builder: Builder, docname: str) -> Callable[[str, str], str]:
    """Return a function from document and anchor to an address as seen from one page."""

    def uri(to: str, anchor: str) -> str:
        page = "" if to == docname else builder.get_relative_uri(docname, to)
        return f"{page}#{anchor}" if anchor or not page else page

    return uri


def _fill_mark(node: claim_mark, page: Page, notes: dict[str, list[nodes.Node]]) -> None:
    treated: list[Treated] = []
    marks: list[nodes.Node] = []
    found = list(_treated(node, node["claims"], page.facts))
    note = next((one.mark_id for one in found if isinstance(one, Treated)), "")
    for one in found:
        if marks and page.is_print():  # in the link: the tags of the PDF tie a note to the links beside its call
            marks[-1] += nodes.Text("\u202f")
        elif marks:
            marks.append(nodes.Text(" "))
        if isinstance(one, Treated):
            treated.append(one)
            marks.append(render.mark(page, one, note))
        else:
            marks.append(one)
    if treated and page.is_print():
        marks.append(render.foot_note(page, treated))
    elif treated and page.edition == "epub":
        notes.setdefault(node["docname"], []).append(render.pop_up_note(page, treated))
    elif treated:
        _put_card(node, render.card(page, treated))
    node.replace_self(marks)


def _treated(node: nodes.Element, claims: list[str], facts: Facts) -> Iterator[Treated | nodes.problematic]:
    """Yield the claims that a mark or box names, each with the id of its mark; an unknown one as it is written."""
    for number, claim_id in enumerate(claims, start=node["first"]):
        if claim := facts.claim(claim_id):
            yield Treated(claim, facts.mark_ids[node["docname"], number, claim_id])
        else:
            log.warn(log.Kind.UNKNOWN_CLAIM, f"no ledger file has the claim {claim_id}", node)
            yield nodes.problematic("", claim_id)


def _put_card(node: claim_mark, card: nodes.Element) -> None:
    block = _block_of(node)
    at = block.parent.index(block) + 1
    while at < len(block.parent) and "card" in getattr(block.parent[at], "attributes", {}).get("classes", ()):
        at += 1  # the cards of a paragraph stand in the order of its marks
    block.parent.insert(at, card)


def _block_of(node: nodes.Node) -> nodes.Element:
    """Return the block after which a mark's cards may stand: the one that lies directly in a section."""
    block = node.parent
    while block.parent is not None and not isinstance(block.parent, nodes.section | nodes.document):
        block = block.parent
    return block


def _filled(node: placeholder, page: Page) -> list[nodes.Node]:
    if block := blocks_of(page.facts.book).get(node["kind"]):
        if node["kind"] == figures.PLACE and page.facts.book.figures.get(node["words"][0]) is None:
            log.warn(log.Kind.UNKNOWN_FIGURE, f"figures.yaml has no figure {node['words'][0]}", node)
        return block(page, node["words"])
    if node["kind"] == ALSO:
        treated = [one for one in _treated(node, node["words"], page.facts) if isinstance(one, Treated)]
        return tables.also_in_article(page, treated)
    claims = _named(node, page.facts)
    match node["kind"]:
        case "title-page":
            return tables.title_page(page)
        case "claims-register":
            return tables.register(page)
        case "counts":
            return tables.counts(page)
        case "evidence-counts":
            return tables.evidence_counts(page)
        case "article-said":
            return tables.article_said(page, claims, node["anchor"])
        case "claim-entries":
            entries = [render.entry(page, claim) for claim in page.facts.of_document(page.docname)]
            return [*entries, *(qr_codes.codes(page) if page.is_print() else [])]
        case kind:
            raise AssertionError(kind)


def _named(node: placeholder, facts: Facts) -> list[Claim]:
    found = []
    for claim_id in node["words"]:
        if claim := facts.claim(claim_id):
            found.append(claim)
        else:
            log.warn(log.Kind.UNKNOWN_CLAIM, f"no ledger file has the claim {claim_id}", node)
    return found
