"""Counts: claims of each verdict and state, how evidence was seen; on the web each leads to what it counts."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.vocabulary import Consulted, Grade, ReviewState, Verdict
from factpress.sphinxext.blocks.marks import NOT_REVIEWED, glyph_element
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.register.filters import RESTS, chapter_value, counted_claims
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, make, table

#: what a finding may rest on alone, as `Finding.rests_only_on` has it: sentence
_LITTLE = {
    "excerpts": "only-excerpts",
    "one source": "only-one-source",
    "tertiary sources": "only-tertiary-sources",
}


def count_tables(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return how many claims have each verdict and each state."""
    say, verdicts, states = page.say, page.context.by_verdict(), page.context.by_state()
    by_verdict = [
        _count(v.glyph, v.word, v.meaning, counted_claims(page, str(verdicts[v]), verdicts[v], verdict=str(v)))
        for v in Verdict
    ]
    by_state = [
        _count(s.glyph, s.word.capitalize(), s.meaning, counted_claims(page, str(states[s]), states[s], state=str(s)))
        for s in ReviewState
    ]
    shared = (say("column-claims"), say("column-meaning"))
    return [
        table((say("column-verdict"), *shared), by_verdict, "counts"),
        table((say("column-review"), *shared), by_state, "counts"),
    ]


def verdicts_in_brief(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return what each sign of the booklet's marks means, and how many claims have it."""
    say, verdicts, states = page.say, page.context.by_verdict(), page.context.by_state()
    by_verdict = [_count(v.glyph, v.word, v.meaning, nodes.Text(str(verdicts[v]))) for v in Verdict if verdicts[v]]
    state = ReviewState.UNCHECKED
    if without := verdicts[str(state)]:
        by_verdict.append(_count(state.glyph, state.word.capitalize(), state.meaning, nodes.Text(str(without))))
    by_state = [
        _count(s.glyph, s.word.capitalize(), s.meaning, nodes.Text(str(states[s])))
        for s in ReviewState
        if states[s] and s not in NOT_REVIEWED
    ]
    shared = (say("column-claims"), say("column-meaning"))
    tables: list[nodes.Node] = [table((say("column-verdict"), *shared), by_verdict, "counts")]
    return [*tables, table((say("column-review"), *shared), by_state, "counts")] if by_state else tables


def _count(sign: str, word: str, meaning: str, count: nodes.Node) -> element:
    return make("tr", make("th", glyph_element(sign), " ", word, scope="row"), make("td", count), make("td", meaning))


def evidence_counts(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return how the evidence was seen and graded, and how many findings rest on little."""
    say = page.say
    items = [item for _, item in page.context.book.ledger.evidence()]
    findings = [claim.finding for claim in page.context.claims if claim.finding]
    counted: list[tuple[str, int, str, dict[str, str]]] = [
        *(
            (say("source-of-grade", grade=grade).capitalize(), sum(i.grade is grade for i in items),
             say("evidence-items"), {"grade": str(grade)})
            for grade in Grade
        ),
        *(
            (how.words.capitalize(), sum(i.consulted is how for i in items), say("evidence-items"),
             {"consulted": str(how)})
            for how in Consulted
        ),
        *(
            (say(name), sum(what in f.rests_only_on for f in findings), say("findings-on-no-more"),
             {"rests": RESTS[what]})
            for what, name in _LITTLE.items()
        ),
    ]  # fmt: skip
    rows = [
        make("tr", make("th", name, scope="row"), make("td", counted_claims(page, str(n), n, **facets)), make("td", of))
        for name, n, of, facets in counted
    ]
    return [table(map(say, ("column-evidence", "column-count", "column-of-what")), rows, "counts")]


def chapter_counts(page: EditionPage, claims: Iterable[Claim]) -> list[list[nodes.Node]]:
    """Return the lines beside a chapter of the web edition: claims, verdicts, who checked."""
    listed, context, say = list(claims), page.context, page.say
    chapter = chapter_value(context, listed[0])
    by = {v: sum(claim.verdict is v for claim in listed) for v in Verdict}
    signed = sum(context.reviews[claim.id].state is ReviewState.SIGNED_OFF for claim in listed)
    all_of = say("chapter-claims", count=len(listed))
    verdicts: list[nodes.Node] = []
    for v in (v for v in Verdict if by[v]):
        words = say("chapter-verdict", glyph=v.glyph, count=by[v], verdict=v.counted)
        verdicts += [nodes.Text(" · ")] if verdicts else []
        verdicts.append(counted_claims(page, words, by[v], chapter=chapter, verdict=str(v)))
    checked = say("chapter-checked", count=signed)
    signed_off = counted_claims(page, checked, signed, chapter=chapter, state=str(ReviewState.SIGNED_OFF))
    return [[counted_claims(page, all_of, len(listed), chapter=chapter)], verdicts, [signed_off]]
