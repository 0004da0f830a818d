"""When a page is written: marks, notes, cards, terms and placeholders are filled from the book's data."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder

from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.vocabulary import Verdict
from factpress.sphinxext import log
from factpress.sphinxext.bibliography.sources import bibliography_document, fill_sources
from factpress.sphinxext.blocks import figures, qr_codes, render, study, tables
from factpress.sphinxext.blocks.render import Page
from factpress.sphinxext.blocks.study.book_index import mark_words
from factpress.sphinxext.blocks.study.glossary import link_terms
from factpress.sphinxext.context import Facts, loaded
from factpress.sphinxext.nodes import claim_mark, make, placeholder

#: of two verdicts on one statement, the line under it shows the earlier of these
WEIGHT = (
    Verdict.CONTRADICTED, Verdict.DISPUTED, Verdict.PARTLY_SUPPORTED, Verdict.NOT_FOUND,
    Verdict.NOT_CHECKABLE, Verdict.SUPPORTED,
)  # fmt: skip


def blocks_of(book: Book) -> dict[str, study.Block]:
    """Return the blocks that come out of the page and the words after the directive's name alone."""
    own = {figures.PLACE: figures.book_figure, figures.DATA: figures.figure_data}
    return {**study.study_blocks(book.subjects), **own}


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill one page, or the joined pages of the PDF; handler of `doctree-resolved`."""
    facts = loaded(app.env)

    def page(of: str) -> Page:
        return page_of(app.builder, of, docname)

    for said in list(doctree.findall(lambda n: isinstance(n, nodes.inline) and "said" in n["classes"])):
        said["classes"].append(_weightiest(facts, said["claims"]))
    if app.builder.name == "pdf" and facts.document_with("book-index"):
        mark_words(doctree, facts)
    notes: dict[str, list[nodes.Node]] = {}
    for node in list(doctree.findall(claim_mark)):
        _fill_mark(node, page(node["docname"]), notes)
    for node in list(doctree.findall(placeholder)):
        node.replace_self(_filled(node, page(node["docname"])))
    link_terms(doctree, page)
    fill_sources(doctree, page)
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


def _weightiest(facts: Facts, claims: Iterable[str]) -> str:
    verdicts = {claim.verdict for claim in map(facts.claim, claims) if claim}
    return next((str(verdict) for verdict in WEIGHT if verdict in verdicts), "unchecked")


def _fill_mark(node: claim_mark, page: Page, notes: dict[str, list[nodes.Node]]) -> None:
    marks: list[nodes.Node] = []
    cards: list[nodes.Node] = []
    for number, claim_id in enumerate(node["claims"], start=node["first"]):
        claim = page.facts.claim(claim_id)
        if claim is None:
            log.warn(log.Kind.UNKNOWN_CLAIM, f"no ledger file has the claim {claim_id}", node)
            marks.append(nodes.problematic("", claim_id))
            continue
        mark_id = page.facts.mark_ids[node["docname"], number, claim_id]
        marks.append(render.mark(page, claim, mark_id))
        if page.edition == "pdf":
            marks.append(render.foot_note(page, claim))
        elif page.edition == "epub":
            notes.setdefault(node["docname"], []).append(render.pop_up_note(page, claim, mark_id))
        else:
            cards.append(render.card(page, claim, mark_id))
    if cards:
        block = _block_of(node)
        at = block.parent.index(block) + 1
        while at < len(block.parent) and "card" in getattr(block.parent[at], "attributes", {}).get("classes", ()):
            at += 1  # the cards of a paragraph stand in the order of its marks
        block.parent.children[at:at] = cards
        for card in cards:
            block.parent.setup_child(card)
    node.replace_self(marks)


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
            return tables.article_said(page, claims)
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
