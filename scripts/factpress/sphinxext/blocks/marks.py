"""What marks and notes of claims are made of in every edition: sign and number, verdict, state, and what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docutils import nodes

from factpress.model.claim import Claim, Evidence
from factpress.model.vocabulary import ReviewState
from factpress.sphinxext import log
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import Wording, typeset_sentence

#: states that no person has brought about: the book says once what they mean, and marks leave them out
NOT_REVIEWED = (ReviewState.UNCHECKED, ReviewState.PROPOSED)


class MarkedClaim(NamedTuple):
    """A claim where the book treats it."""

    claim: Claim
    mark_id: str  #: `C034-1`


def marked_claims(
    node: nodes.Element, claims: Iterable[str], first_mark: int, context: BookContext
) -> Iterator[MarkedClaim | nodes.problematic]:
    """Yield the claims that a mark or box names, each with the id of its mark; an unknown one as it is written."""
    for number, claim_id in enumerate(claims, start=first_mark):
        if claim := context.claim(claim_id):
            yield MarkedClaim(claim, context.mark_ids[node["docname"], number, claim_id])
        else:
            log.warn_unknown(log.WarningKind.UNKNOWN_CLAIM, claim_id, node)
            yield nodes.problematic("", claim_id)


def unit_words(node: nodes.Element, context: BookContext) -> element:
    """Return what stands after the words of a unit that is only drafted, or in the place of words that are lacking."""
    say, unit = context.say, node["unit"]
    if not node["alone"]:
        return make(
            "span",
            glyph_element(ReviewState.UNCHECKED.glyph),
            " ",
            ReviewState.UNCHECKED.meaning.rstrip("."),
            classes="unit-mark",
        )
    drafted, provenance = context.book.drafted.get(unit), context.book.provenance
    count = int(drafted.words) if drafted and drafted.words.isdecimal() else 0
    ours = provenance and provenance.words_may_be_printed
    return make("span", say("unit-place-ours" if ours else "unit-place", unit=unit, count=count), classes="unit-place")


def verdict_word(say: Wording, claim: Claim) -> str:
    """Return the verdict as a reader sees it."""
    return claim.verdict.word if claim.verdict else say("unchecked")


def verdict_glyph(claim: Claim) -> str:
    """Return the verdict's sign."""
    return claim.verdict.glyph if claim.verdict else ReviewState.UNCHECKED.glyph


def verdict_class(claim: Claim) -> str:
    """Return the verdict as a class of the markup."""
    return str(claim.verdict or "unchecked")


def article_verdict(say: Wording, claim: Claim) -> str:
    """Return what a mark says: a verdict on the article's claim, never on the sentence that the mark follows."""
    return say("article-verdict", verdict=verdict_word(say, claim).lower())


def correct_statement(claim: Claim) -> str:
    """Return what is right: the correction, else the first sentence of the finding; nothing while there is none."""
    return typeset_sentence(claim.finding.in_short) if claim.finding else ""


def leading_evidence(claim: Claim) -> Evidence | None:
    """Return the evidence that a short note names: the first that is not mere context, primary before others."""
    return next(iter(sorted(claim.evidence, key=lambda e: (str(e.stance) == "context", str(e.grade)))), None)


def glyph_element(sign: str) -> element:
    """Return a sign that stands beside its word, so that screen readers say only the word."""
    return make("span", sign, classes="glyph", aria_hidden="true")


def verdict_elements(say: Wording, claim: Claim) -> list[nodes.Node]:
    """Return glyph and word of a claim's verdict."""
    return [
        glyph_element(verdict_glyph(claim)),
        nodes.Text(" "),
        make("span", verdict_word(say, claim), classes="word"),
    ]


def state_sentence(page: EditionPage, claim: Claim, tag: str = "span") -> element:
    """Return the sentence that says who stands behind a finding."""
    review = page.context.reviews[claim.id]
    return make(tag, glyph_element(review.state.glyph), " ", review.wording, classes=f"state {review.state}")


def state_if_notable(page: EditionPage, claim: Claim) -> list[nodes.Node]:
    """Return the state where it is not what the book says once of all its findings: drafted, and not yet checked."""
    is_usual = page.context.reviews[claim.id].state is ReviewState.PROPOSED
    return [] if is_usual else [nodes.Text(" "), state_sentence(page, claim)]


def mark_link(page: EditionPage, claim: Claim, mark_id: str = "") -> element:
    """Return sign and number alone, leading to the entry: a mark in print, or before a line that says the verdict."""
    is_spoken = page.edition.labels_marks
    label = mark_attributes(page, claim) if is_spoken else {}
    content = [*state_sign(page, claim), *sign_and_number(claim, hidden=is_spoken)]
    return link(page.entry_uri(claim), *content, ids=mark_id, classes=mark_classes(claim), **label)


def mark_attributes(page: EditionPage, claim: Claim) -> dict[str, str]:
    """Return what a mark says to a screen reader, and to a pointer that rests on it: who checked, if anybody did."""
    label = page.say("mark-label", number=claim.number, verdict=article_verdict(page.say, claim))
    if not state_sign(page, claim):
        return {"aria_label": label}
    wording = page.context.reviews[claim.id].wording
    return {"aria_label": page.say("mark-label-state", label=label, state=wording), "title": wording}


def state_sign(page: EditionPage, claim: Claim) -> list[nodes.Node]:
    """Return the sign of a finding's review before its mark, where people have had to do with it: `●` of `●✗34`."""
    state = page.context.reviews[claim.id].state
    # the two signs stand apart, and never on two lines
    sign = f"{state.glyph}\u202f"
    return [] if state in NOT_REVIEWED else [make("span", sign, classes="glyph reviewed", aria_hidden="true")]


def sign_and_number(claim: Claim, *, hidden: bool = True) -> list[nodes.Node]:
    """Return a claim's sign and number, `✗34`; a sign is hidden from screen readers where its word is said."""
    sign = verdict_glyph(claim)
    return [
        glyph_element(sign) if hidden else make("span", sign, classes="glyph"),
        make("span", claim.number, classes="id"),
    ]


def mark_classes(claim: Claim) -> str:
    """Return the classes of a mark, which say its verdict to the style sheets."""
    return f"mark {verdict_class(claim)}"


def note_opening(page: EditionPage, claim: Claim) -> list[nodes.Node]:
    """Return how every note begins: what the article has, and the verdict on it."""
    words = article_verdict(page.say, claim)
    return [
        make("span", typeset_sentence(claim.claim), classes="claim"),
        nodes.Text(" "),
        make("span", f"{words[:1].upper()}{words[1:]}.", classes="word"),
    ]
