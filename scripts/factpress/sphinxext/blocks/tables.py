"""Blocks that gather many claims: the register, the box of corrections, the counts and the title page."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.dates import in_words
from factpress.model.vocabulary import Consulted, Grade, ReviewState, Verdict
from factpress.sphinxext import wording
from factpress.sphinxext.blocks.render import (
    MarkedClaim,
    Page,
    glyph,
    mark_link,
    note_opening,
    place_links,
    state_if_notable,
    verdict,
)
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import ALSO_TITLE
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import sentence, typeset


def register(page: Page) -> list[nodes.Node]:
    """Return the claims register: one row a claim, linking to its entry."""
    rows = []
    for claim in page.context.claims:
        review = page.context.reviews[claim.id]
        rows.append(
            make(
                "tr",
                make("th", link(page.entry_uri(claim), claim.id, classes="id"), scope="row"),
                make(
                    "td",
                    *verdict(claim),
                    make("br"),
                    glyph(review.state.glyph),
                    " ",
                    wording.STATE_WORDS[review.state],
                    classes="verdict",
                ),
                make("td", typeset(claim.claim), classes="claim"),
                make("td", *place_links(page, page.context.marks.get(claim.id, []), claim.id), classes="where"),
            )
        )
    return [table(("Claim", "Verdict, review", "The article’s claim, in our words", "Where"), rows, "register")]


def table(headings: Iterable[str], rows: list[element], classes: str) -> element:
    """Return a table with column headings, in a frame that scrolls sideways where it is too wide."""
    head = make("thead", make("tr", *[make("th", text, scope="col") for text in headings]))
    return make("div", make("table", head, make("tbody", *rows), classes=classes), classes="table-frame")


def article_said(page: Page, claims: list[Claim], anchor: str) -> list[nodes.Node]:
    """Return the box that sets the article's claims beside what the sources carry."""
    rows = [
        make(
            "tr",
            make("td", mark_link(page, claim), classes="number"),
            make("td", typeset(claim.claim), classes="claim"),
            make("td", typeset(claim.finding.statement) if claim.finding else wording.verdict_word(claim)),
        )
        for claim in claims
    ]  # fmt: skip
    title = make("p", "The article said, the sources say", classes="box-title")
    return [
        make("div", title, table(("Claim", "The article said", "The sources say"), rows, "said-table"),
             ids=anchor, classes="box")
    ]  # fmt: skip


def also_in_article(page: Page, treated: list[MarkedClaim]) -> list[nodes.Node]:
    """Return the box of the claims that have no place in the story: a line each, which is the claim's mark."""
    if not treated:
        return []
    lines = []
    for claim, mark_id in treated:
        correction = claim.finding.correction if claim.finding else None
        lines.append(
            make("li", mark_link(page, claim, mark_id), " ", *note_opening(claim),
                 *([" ", sentence(correction)] if correction else []), *state_if_notable(page, claim))
        )  # fmt: skip
    title = make("p", ALSO_TITLE, classes="box-title")
    return [make("div", title, make("ul", *lines, classes="also"), classes="box")]


def counts(page: Page) -> list[nodes.Node]:
    """Return how many claims have each verdict and each state."""
    verdicts, states = page.context.by_verdict(), page.context.by_state()
    by_verdict = [
        make(
            "tr",
            make("th", glyph(v.glyph), " ", v.word, scope="row"),
            make("td", str(verdicts[v])),
            make("td", v.meaning),
        )
        for v in Verdict
    ]
    by_state = [
        make("tr", make("th", glyph(s.glyph), " ", wording.STATE_WORDS[s].capitalize(), scope="row"),
             make("td", str(states[s])), make("td", s.meaning))
        for s in ReviewState
    ]  # fmt: skip
    return [
        table(("Verdict on the article’s claim", "Claims", "What it means"), by_verdict, "counts"),
        table(("Review", "Claims", "What it means"), by_state, "counts"),
    ]


def evidence_counts(page: Page) -> list[nodes.Node]:
    """Return how the evidence was seen and graded, and how many findings rest on little."""
    items = [item for _, item in page.context.book.ledger.evidence()]
    findings = [claim.finding for claim in page.context.claims if claim.finding]
    counted = [
        *((f"{grade} source".capitalize(), sum(i.grade is grade for i in items), "evidence items") for grade in Grade),
        *((how.words.capitalize(), sum(i.consulted is how for i in items), "evidence items") for how in Consulted),
        *(
            (
                f"Only {little}",
                sum(little in finding.rests_only_on for finding in findings),
                "findings that rest on no more",
            )
            for little in ("excerpts", "one source", "tertiary sources")
        ),
    ]
    rows = [make("tr", make("th", name, scope="row"), make("td", str(n)), make("td", of)) for name, n, of in counted]
    return [table(("Evidence", "Count", "Of what"), rows, "counts")]


def title_page(page: Page) -> list[nodes.Node]:
    """Return what the title page says before anything else: what an AI wrote, what we found, who stands behind it."""
    context = page.context
    told: list[nodes.Node] = []
    if provenance := context.book.provenance:
        told = [
            make("p", "What the article says of itself", classes="box-title"),
            make("blockquote", make("p", wording.disclosure(provenance.disclosure.text))),
            make("p", "The article is “", provenance.title, f"”, published on {provenance.published_at}, "
                 f"received {in_words(provenance.received)}. It names no sources. Its text is not printed here: "
                 "this booklet restates its claims in our own words and checks them."),
        ]  # fmt: skip
    return [
        make("p", context.settings.subtitle, classes="subtitle"),
        make("p", f"Edition of {in_words(context.date)} · {context.settings.publisher}", classes="edition"),
        make("p", wording.cover_line(context), classes="cover-line"),
        make(
            "div",
            *told,
            make("p", wording.accounted(context)),
            make("p", wording.signed(context)),
            classes="disclosure",
        ),
    ]


def chapter_counts(context: BookContext, claims: Iterable[Claim]) -> list[str]:
    """Return the lines beside a chapter of the web edition: claims, verdicts, who checked."""
    listed = list(claims)
    by = {v: sum(claim.verdict is v for claim in listed) for v in Verdict}
    signed = sum(context.reviews[claim.id].state is ReviewState.SIGNED_OFF for claim in listed)
    return [
        f"{len(listed)} claims in this chapter",
        " · ".join(f"{v.glyph} {by[v]} {wording.SHORT[v]}" for v in Verdict if by[v]),
        f"{signed} checked by a person",
    ]
