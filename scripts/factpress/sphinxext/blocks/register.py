"""Tables over all claims: the register with a row for each, and counts of verdicts, states and evidence."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.vocabulary import Consulted, Grade, ReviewState, Verdict
from factpress.sphinxext.blocks.marks import glyph_element, verdict_elements
from factpress.sphinxext.blocks.page import EditionPage, place_links
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make, table
from factpress.sphinxext.wording import typeset

#: what a finding may rest on alone, as `Finding.rests_only_on` has it: sentence
_LITTLE = {
    "excerpts": "only-excerpts",
    "one source": "only-one-source",
    "tertiary sources": "only-tertiary-sources",
}


def register(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the claims register: one row a claim, linking to its entry."""
    names = ("column-claim", "column-verdict-review", "column-article-claim", "column-where")
    rows = [_row(page, claim) for claim in page.context.claims]
    return [table(map(page.say, names), rows, "register")]


def _row(page: EditionPage, claim: Claim) -> element:
    state = page.context.reviews[claim.id].state
    words = [*verdict_elements(page.say, claim), make("br"), glyph_element(state.glyph), " ", state.word]
    return make(
        "tr",
        make("th", link(page.entry_uri(claim), claim.id, classes="id"), scope="row"),
        make("td", *words, classes="verdict"),
        make("td", typeset(claim.claim), classes="claim"),
        make("td", *place_links(page, page.context.marks.get(claim.id, []), claim.id), classes="where"),
    )


def count_tables(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return how many claims have each verdict and each state."""
    say, verdicts, states = page.say, page.context.by_verdict(), page.context.by_state()
    by_verdict = [_count(v.glyph, v.word, verdicts[v], v.meaning) for v in Verdict]
    by_state = [_count(s.glyph, s.word.capitalize(), states[s], s.meaning) for s in ReviewState]
    shared = (say("column-claims"), say("column-meaning"))
    return [
        table((say("column-verdict"), *shared), by_verdict, "counts"),
        table((say("column-review"), *shared), by_state, "counts"),
    ]


def verdicts_in_brief(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return what each verdict of the book means, and how many claims have it."""
    verdicts = page.context.by_verdict()
    names = ("column-verdict", "column-claims", "column-meaning")
    rows = [_count(v.glyph, v.word, verdicts[v], v.meaning) for v in Verdict if verdicts[v]]
    return [table(map(page.say, names), rows, "counts")]


def _count(sign: str, word: str, count: int, meaning: str) -> element:
    return make(
        "tr", make("th", glyph_element(sign), " ", word, scope="row"), make("td", str(count)), make("td", meaning)
    )


def evidence_counts(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return how the evidence was seen and graded, and how many findings rest on little."""
    say = page.say
    items = [item for _, item in page.context.book.ledger.evidence()]
    findings = [claim.finding for claim in page.context.claims if claim.finding]
    graded = [(say("source-of-grade", grade=grade), sum(i.grade is grade for i in items)) for grade in Grade]
    seen = [(how.words, sum(i.consulted is how for i in items)) for how in Consulted]
    little = [(say(name), sum(what in f.rests_only_on for f in findings)) for what, name in _LITTLE.items()]
    counted = [
        *((name.capitalize(), count, say("evidence-items")) for name, count in (*graded, *seen)),
        *((name, count, say("findings-on-no-more")) for name, count in little),
    ]
    rows = [make("tr", make("th", name, scope="row"), make("td", str(n)), make("td", of)) for name, n, of in counted]
    return [table(map(say, ("column-evidence", "column-count", "column-of-what")), rows, "counts")]


def chapter_counts(context: BookContext, claims: Iterable[Claim]) -> list[str]:
    """Return the lines beside a chapter of the web edition: claims, verdicts, who checked."""
    chapter, say = list(claims), context.say
    by = {v: sum(claim.verdict is v for claim in chapter) for v in Verdict}
    signed = sum(context.reviews[claim.id].state is ReviewState.SIGNED_OFF for claim in chapter)
    verdicts = [say("chapter-verdict", glyph=v.glyph, count=by[v], verdict=v.counted) for v in Verdict if by[v]]
    return [say("chapter-claims", count=len(chapter)), " · ".join(verdicts), say("chapter-checked", count=signed)]
