"""From a claim to the nodes of an edition: its mark, its note or card, and its full entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docutils import nodes

from factpress.model.claim import Claim, Evidence
from factpress.model.source import anchor
from factpress.model.vocabulary import ReviewState
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
        """Return the address of a claim's full entry, empty where no page has it."""
        home = self.facts.home(claim)
        return self.uri(home, claim.id) if home else f"#{claim.id}" if self.facts.is_book else ""

    def source_uri(self, key: str) -> str:
        """Return the address of a source in the bibliography, empty where another project lists it nowhere."""
        if not self.facts.is_book:
            return self.uri(*self.facts.listed[key]) if key in self.facts.listed else ""
        return self.uri(self.sources, anchor(key)) if self.sources else f"#{anchor(key)}"

    def short(self, key: str) -> str:
        """Return what a note calls a source."""
        source = self.facts.book.sources.get(key)
        return source.short if source else key

    def is_print(self) -> bool:
        """Return whether the page is laid out on paper, with page numbers."""
        return self.edition == "pdf"


class Treated(NamedTuple):
    """A claim where the book treats it."""

    claim: Claim
    mark_id: str  #: `C034-1`


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


def state_if_told(page: Page, claim: Claim) -> list[nodes.Node]:
    """Return the state where it is not what the book says once of all its findings: drafted, and not yet checked."""
    told_once = page.facts.reviews[claim.id].state is ReviewState.PROPOSED
    return [] if told_once else [nodes.Text(" "), state(page, claim)]


def mark(page: Page, one: Treated, note: str) -> element:
    """Return the mark of one claim after a statement; `note` is the first mark's id, which names the note of all."""
    if page.is_print():
        return signed_link(page, *one)
    said = wording.article_verdict(one.claim)
    label = [*signed(one.claim), nodes.Text(" "), make("span", said, classes="word")]
    shown = {"ids": one.mark_id, "classes": _look(one.claim), "aria_label": f"{said}, {one.claim.id}"}
    if page.edition == "epub":
        return link(f"#note-{note}", *label, **shown, role="doc-noteref", **{"epub:type": "noteref"})
    return link(page.entry_uri(one.claim) or f"#card-{note}", *label, **shown, data_card=f"card-{note}")


def signed_link(page: Page, claim: Claim, mark_id: str = "") -> element:
    """Return sign and number alone, leading to the entry: a mark in print, or before a line that says the verdict."""
    uri, said = page.entry_uri(claim), f"{wording.article_verdict(claim)}, {claim.id}"
    if page.is_print():
        return link(uri, *signed(claim, hidden=False), ids=mark_id, classes=_look(claim))
    return link(uri, *signed(claim), ids=mark_id, classes=_look(claim), aria_label=said)


def signed(claim: Claim, *, hidden: bool = True) -> list[nodes.Node]:
    """Return a claim's sign and number, `✗34`; a sign is hidden from screen readers where its word is said."""
    sign = wording.verdict_glyph(claim)
    return [glyph(sign) if hidden else make("span", sign, classes="glyph"), make("span", claim.number, classes="id")]


def _look(claim: Claim) -> str:
    return f"mark {wording.verdict_class(claim)}"


def told(claim: Claim) -> list[nodes.Node]:
    """Return how every note begins: what the article has, and the verdict on it."""
    said = wording.article_verdict(claim)
    return [
        make("span", wording.sentence(claim.claim), classes="claim"),
        nodes.Text(" "),
        make("span", f"{said[:1].upper()}{said[1:]}.", classes="word"),
    ]


def foot_note(page: Page, treated: Sequence[Treated]) -> element:
    """Return the note at the foot of a printed page: of each claim what the article has, what is right, and where."""
    said: list[nodes.Node | str] = []
    for claim, _ in treated:
        said += [" "] if said else []
        said += [make("strong", *signed(claim)), " ", *told(claim), *_right(page, claim), *state_if_told(page, claim)]
        if first := wording.leading(claim):
            label = page.facts.labels.get(first.source)
            shown = f"[{label}]" if label else page.short(first.source)
            said += [" ", link(page.source_uri(first.source), shown, classes="src")]
        said += [" · ", *placed_link(page, page.entry_uri(claim), "full entry")]
    shared = {"data_marks": str(len(treated))} if len(treated) > 1 else {}
    return make("span", *said, classes="foot-note", **shared)


def _right(page: Page, claim: Claim) -> list[nodes.Node]:
    """Return what is right, or where a box of the same chapter says it."""
    if box := page.facts.box_of(page.docname, claim.id):
        return [nodes.Text(" "), *placed_link(page, page.uri(page.docname, box), "See the box"), nodes.Text(".")]
    return [nodes.Text(f" {right}")] if (right := wording.right(claim)) else []


def pop_up_note(page: Page, treated: Sequence[Treated]) -> element:
    """Return the note that an EPUB reader pops up at a mark: a paragraph for each claim of the mark."""
    said = []
    for claim, mark_id in treated:
        first = wording.leading(claim)
        said.append(
            make(
                "p", link(f"#{mark_id}", *signed(claim), role="doc-backlink", aria_label=f"Back to {claim.id}"), " ",
                *told(claim), " ", wording.right(claim), *state_if_told(page, claim), " ",
                *([make("cite", page.short(first.source), classes="src"), ". "] if first else []),
                link(page.entry_uri(claim), "Full entry"), ".",
            )
        )  # fmt: skip
    name = f"note-{treated[0].mark_id}"
    return make("aside", *said, ids=name, classes="note", role="doc-footnote", **{"epub:type": "footnote"})


def card(page: Page, treated: Sequence[Treated]) -> element:
    """Return the card that opens under a paragraph of the web edition; closed, only its mark is seen."""
    ids = [claim.id for claim, _ in treated]
    listed = ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
    inside = [_in_card(page, claim) for claim, _ in treated]
    summary = make("summary", "What the article says: ", make("span", listed, classes="id"))
    return make("details", summary, *inside, ids=f"card-{treated[0].mark_id}", classes="card")


def _in_card(page: Page, claim: Claim) -> element:
    finding = claim.finding
    items = [item for item in claim.evidence if str(item.stance) != "context"] or list(claim.evidence)
    correction = [" ", wording.sentence(finding.correction)] if finding and finding.correction else []
    return make(
        "div",
        make("p", make("strong", *signed(claim)), " ", *told(claim), *correction, *state_if_told(page, claim)),
        *([make("p", typeset(finding.statement))] if finding else []),
        *([evidence_list(page, claim, items[:2])] if items else []),
        make("p", link(page.entry_uri(claim), "Full entry and all evidence"), classes="more"),
        classes=f"of-claim {wording.verdict_class(claim)}",
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
    # of a project that is not a book, pages are laid out in their order: of a later one the page is not known
    if not page.is_print() or not uri or (not page.facts.is_book and uri.startswith("#document-")):
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
        label = f"¶\u00a0{use.label}" if use.label else use.place
        target = use.anchor or (f"{claim_id}-1" if claim_id else "")
        found += [nodes.Text(" · " if page.is_print() else ", ")] if found else []
        found += placed_link(page, page.uri(use.docname, target), label)
    return found
