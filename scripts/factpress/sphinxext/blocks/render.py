"""From a claim to the nodes of an edition: its mark, its note or card, and its full entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docutils import nodes

from factpress.model.claim import Claim, Evidence
from factpress.model.source import anchor
from factpress.sphinxext import wording
from factpress.sphinxext.blocks import links
from factpress.sphinxext.context import Facts
from factpress.sphinxext.domain import Use
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


@dataclass(frozen=True)
class Page:
    """The page being filled: what it may show, and how it reaches other pages."""

    facts: Facts
    docname: str
    edition: str  #: html, epub or pdf
    uri: Callable[[str, str], str]  #: document and anchor -> address from this page
    sources: str | None  #: the document that holds the bibliography

    def entry_uri(self, claim: Claim) -> str:
        """Return the address of a claim's full entry."""
        home = self.facts.home(claim)
        return self.uri(home, claim.id) if home else f"#{claim.id}"

    def source_uri(self, key: str) -> str:
        """Return the address of a source in the bibliography."""
        return self.uri(self.sources, anchor(key)) if self.sources else f"#{anchor(key)}"

    def short(self, key: str) -> str:
        """Return what a note calls a source."""
        source = self.facts.book.sources.get(key)
        return source.short if source else key

    def is_print(self) -> bool:
        """Return whether the page is laid out on paper, with page numbers."""
        return self.edition == "pdf"


def glyph(sign: str) -> element:
    """Return a sign that stands beside its word, so that screen readers say only the word."""
    return make("span", sign, classes="glyph", aria_hidden="true")


def verdict(claim: Claim) -> list[nodes.Node]:
    """Return glyph and word of a claim's verdict."""
    return [
        glyph(wording.verdict_glyph(claim)),
        nodes.Text(" "),
        make("span", wording.verdict_word(claim), classes="word"),
    ]


def state(page: Page, claim: Claim, tag: str = "span", stop: str = ".") -> element:
    """Return the sentence that says who stands behind a finding, with its full stop or, in a row of things, without."""
    review = page.facts.reviews[claim.id]
    said = review.wording.removesuffix(".") + stop
    return make(tag, glyph(review.state.glyph), " ", said, classes=f"state {review.state}")


def mark(page: Page, claim: Claim, mark_id: str) -> element:
    """Return the mark after a statement."""
    look = f"mark {wording.verdict_class(claim)}"
    number = make("span", claim.id, classes="id")
    if page.is_print():
        sign = make("span", wording.verdict_glyph(claim), classes="glyph")
        return link(page.entry_uri(claim), number, "\u202f", sign, ids=mark_id, classes=look)
    label = [number, nodes.Text(" "), *verdict(claim)]
    if page.edition == "epub":
        return link(
            f"#note-{mark_id}", *label, ids=mark_id, classes=look, role="doc-noteref", **{"epub:type": "noteref"}
        )
    return link(page.entry_uri(claim), *label, ids=mark_id, classes=look, data_card=f"card-{mark_id}")


def foot_note(page: Page, claim: Claim) -> element:
    """Return the short note at the foot of a printed page: verdict, state, source, page of the full entry."""
    first = wording.leading(claim)
    named = [nodes.Text(" · "), make("span", page.short(first.source), classes="src")] if first else []
    return make(
        "span",
        make("strong", make("span", claim.id, classes="id"), " ", *verdict(claim)),
        " · ", state(page, claim, stop=""), *named, " · ",
        *placed_link(page, page.entry_uri(claim), "full entry"),
        classes="foot-note",
    )  # fmt: skip


def pop_up_note(page: Page, claim: Claim, mark_id: str) -> element:
    """Return the note that an EPUB reader pops up at a mark."""
    first = wording.leading(claim)
    text = make(
        "p", link(f"#{mark_id}", claim.id, classes="id", role="doc-backlink"), " ", *verdict(claim), ". ",
        typeset(claim.finding.statement) if claim.finding else "", " ", state(page, claim), " ",
        *([make("cite", page.short(first.source), classes="src"), ". "] if first else []),
        link(page.entry_uri(claim), "Full entry"), ".",
    )  # fmt: skip
    return make("aside", text, ids=f"note-{mark_id}", classes="note", role="doc-footnote", **{"epub:type": "footnote"})


def card(page: Page, claim: Claim, mark_id: str) -> element:
    """Return the card that opens under a paragraph of the web edition; closed, only its mark is seen."""
    finding = claim.finding
    items = [item for item in claim.evidence if str(item.stance) != "context"] or list(claim.evidence)
    return make(
        "details",
        make("summary", make("span", claim.id, classes="id"), " ", *verdict(claim)),
        state(page, claim, "p"),
        make("p", typeset(claim.claim), classes="claim"),
        *([make("p", typeset(finding.statement))] if finding else []),
        *([evidence_list(page, claim, items[:2])] if items else []),
        make("p", link(page.entry_uri(claim), "Full entry and all evidence"), classes="more"),
        ids=f"card-{mark_id}", classes=f"card {wording.verdict_class(claim)}",
    )  # fmt: skip


def entry(page: Page, claim: Claim) -> element:
    """Return a claim's full entry."""
    finding = claim.finding
    parts: list[nodes.Node] = [
        make("h3", make("span", claim.id, classes="id"), " ", *verdict(claim), classes="entry-title"),
        state(page, claim, "p"),
        make("p", typeset(claim.claim), classes="claim"),
    ]
    if finding:
        parts.append(paragraph("Finding.", finding.statement))
        if finding.correction:
            parts.append(paragraph("It should read.", finding.correction))
        parts.append(paragraph("Why.", finding.reasoning))
        if finding.searched:
            searched = "; ".join(finding.searched)
            parts.append(paragraph("Where we looked.", f"{searched[:1].upper()}{searched[1:]}."))
    if claim.evidence:
        parts.append(evidence_list(page, claim, list(claim.evidence)))
    parts.append(where_said(page, claim))
    return make("article", *parts, ids=claim.id, classes=f"entry {wording.verdict_class(claim)}")


def placed_link(page: Page, uri: str, words: str) -> list[nodes.Node]:
    """Return a link, in print with room for the number of the page that it leads to."""
    leading = link(uri, words)
    if not page.is_print():
        return [leading]
    folio = make("span", "00", classes="folio")
    folio["refuri"] = uri  # rewritten with all other addresses where the pages are joined
    return [leading, nodes.Text(", p.\u202f"), folio]


def paragraph(label: str, text: str) -> element:
    """Return a paragraph that opens with its bold label."""
    return make("p", make("strong", label), " ", typeset(text))


def evidence_list(page: Page, claim: Claim, items: list[Evidence]) -> element:
    """Return evidence items, each with stance, source, locator, what it says, quotation and how it was seen."""
    return make("ul", *[_evidence(page, claim, item) for item in items], classes="evidence")


def _evidence(page: Page, claim: Claim, item: Evidence) -> element:
    quote = [nodes.Text(" "), links.quotation(page.facts, item)] if item.quote else []
    seen: list[nodes.Node | str] = [links.evidence_words(page.facts, claim, item)]
    for what, to in links.ways_beside(page.facts, item, in_print=page.is_print()):
        seen += [" · ", link(to, what, classes="external")]
    return make(
        "li",
        make("span", str(item.stance).capitalize(), classes="stance"), " ",
        make("span",
             link(page.source_uri(item.source), page.short(item.source), classes="src"),
             typeset(f", {item.locator}: {item.says}"), *quote, " ",
             make("span", *seen, classes="seen"), classes="says"),
    )  # fmt: skip


def where_said(page: Page, claim: Claim) -> element:
    """Return the line that leads back from an entry to the prose and to the article's units."""
    places = said_in(page, page.facts.marks.get(claim.id, []), claim.id)
    said = [nodes.Text("Said in "), *places, nodes.Text(" · ")] if places else []
    return make("p", *said, f"article {', '.join(claim.units)}", classes="where")


def said_in(page: Page, uses: list[Use], claim_id: str = "") -> list[nodes.Node]:
    """Return links to the places where a claim is marked or a source cited, each place once."""
    found: list[nodes.Node] = []
    done: set[tuple[str, str]] = set()
    for use in uses:
        if (use.docname, use.anchor) in done or not use.docname:
            continue
        done.add((use.docname, use.anchor))
        label = f"¶\u00a0{use.label}" if use.label else "the text"
        target = use.anchor or f"{claim_id}-1"
        found += [nodes.Text(" · " if page.is_print() else ", ")] if found else []
        found += placed_link(page, page.uri(use.docname, target), label)
    return found
