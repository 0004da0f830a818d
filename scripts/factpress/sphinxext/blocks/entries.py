"""The full entries of claims: finding, reasons, evidence, and the places that treat each claim."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from factpress.model.claim import Claim, Evidence
from factpress.sphinxext.blocks import links
from factpress.sphinxext.blocks.marks import state_sentence, verdict_class, verdict_elements
from factpress.sphinxext.blocks.page import EditionPage, place_links
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


def claim_entries(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the entries of a chapter's claims."""
    return [entry(page, claim) for claim in page.context.of_document(page.docname)]


def entry(page: EditionPage, claim: Claim) -> element:
    """Return a claim's full entry."""
    finding, say = claim.finding, page.say
    parts: list[nodes.Node] = [
        make(
            "h3", make("span", claim.id, classes="id"), " ", *verdict_elements(say, claim),
            *page.edition.own_address(page, claim.id, claim.id), classes="entry-title",
        ),
        state_sentence(page, claim, "p"),
        make("p", typeset(claim.claim), classes="claim"),
    ]  # fmt: skip
    if finding:
        parts.append(_labelled(say("finding"), finding.statement))
        if finding.correction:
            parts.append(_labelled(say("correction"), finding.correction))
        parts.append(_labelled(say("reasoning"), finding.reasoning))
        if finding.searched:
            searched = "; ".join(finding.searched)
            parts.append(_labelled(say("searched"), f"{searched[:1].upper()}{searched[1:]}."))
    if claim.evidence:
        parts.append(evidence_list(page, claim, claim.evidence))
    parts.append(_places(page, claim))
    parts += page.edition.report(page, claim)
    return make("article", *parts, ids=claim.id, classes=f"entry {verdict_class(claim)}")


def _labelled(label: str, text: str) -> element:
    """Return a paragraph that opens with its bold label."""
    return make("p", make("strong", label), " ", typeset(text))


def evidence_list(page: EditionPage, claim: Claim, items: Iterable[Evidence]) -> element:
    """Return evidence items, each with stance, source, locator, what it says, quotation and how it was seen."""
    return make("ul", *[_evidence(page, claim, item) for item in items], classes="evidence")


def _evidence(page: EditionPage, claim: Claim, item: Evidence) -> element:
    quote = [nodes.Text(" "), links.linked_quotation(page.context, item)] if item.quote else []
    seen: list[nodes.Node | str] = [links.evidence_words(page.context, claim, item)]
    for words, uri in links.links_beside(page, item):
        seen += [" · ", link(uri, words, classes="external")]
    return make(
        "li",
        make("span", str(item.stance).capitalize(), classes="stance"), " ",
        make("span",
             link(page.source_uri(item.source), page.short(item.source), classes="src"),
             typeset(page.say("evidence-says", locator=item.locator, says=item.says)), *quote, " ",
             make("span", *seen, classes="seen"), classes="says"),
    )  # fmt: skip


def _places(page: EditionPage, claim: Claim) -> element:
    """Return the line that leads back from an entry to the prose and to the article's units."""
    units = ", ".join(claim.units)
    if places := place_links(page, page.context.marks.get(claim.id, []), claim.id):
        return make("p", *page.say.around("said-in", places=places, units=units), classes="where")
    return make("p", page.say("units", units=units), classes="where")
