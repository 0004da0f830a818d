"""Sentences that readers see in all editions; they never promise more than was done."""

from __future__ import annotations

import re

from docutils.utils.smartquotes import educateQuotes

from factpress.model.claim import Claim, Evidence
from factpress.model.dates import in_words
from factpress.model.vocabulary import Consulted, ReviewState, Verdict
from factpress.sphinxext.context import BookContext

#: short forms for the line on the cover and in the register
SHORT = {
    Verdict.SUPPORTED: "supported",
    Verdict.PARTLY_SUPPORTED: "partly supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.DISPUTED: "disputed",
    Verdict.AMBIGUOUS: "depending on the sense",
    Verdict.NOT_FOUND: "with no evidence found",
    Verdict.NOT_CHECKABLE: "not checkable",
}
#: where the licence of the text stands, as in LICENSE-text
LICENCE = "https://creativecommons.org/licenses/by/4.0/legalcode"
STATE_WORDS = {
    ReviewState.UNCHECKED: "unchecked",
    ReviewState.PROPOSED: "drafted",
    ReviewState.IN_REVIEW: "in review",
    ReviewState.SIGNED_OFF: "checked",
    ReviewState.STALE: "stale",
    ReviewState.RETURNED: "returned",
    ReviewState.CONFLICT: "in conflict",
    ReviewState.WITHDRAWN: "withdrawn",
}


def typeset(text: str) -> str:
    """Return ledger text with typographic quotation marks; quotations of sources are never passed through this."""
    return str(educateQuotes(text))


def disclosure(text: str) -> str:
    """Return the article's notice without pictographs, which no face of the book has."""
    return "".join(sign for sign in text if ord(sign) < 0x1F000 and ord(sign) != 0xFE0F).strip()


def verdict_word(claim: Claim) -> str:
    """Return the verdict as a reader sees it."""
    return claim.verdict.word if claim.verdict else "Unchecked"


def verdict_glyph(claim: Claim) -> str:
    """Return the verdict's sign."""
    return claim.verdict.glyph if claim.verdict else ReviewState.UNCHECKED.glyph


def verdict_class(claim: Claim) -> str:
    """Return the verdict as a class of the markup."""
    return str(claim.verdict or "unchecked")


def article_verdict(claim: Claim) -> str:
    """Return what a mark says: a verdict on the article's claim, never on the sentence that the mark follows."""
    return f"article: {verdict_word(claim).lower()}"


def sentence(text: str) -> str:
    """Return text as a reader sees it, with a full stop where it ends without one."""
    shown = typeset(text.strip())
    return shown if re.search(r"[.!?…][’”)]*$", shown) else f"{shown}."


def right(claim: Claim) -> str:
    """Return what is right: the correction, else the first sentence of the finding; nothing while there is none."""
    return sentence(claim.finding.in_short) if claim.finding else ""


def seen(item: Evidence) -> str:
    """Return how near the source stands and how it was consulted: `primary · excerpt seen 23 November 2026`."""
    if item.consulted is Consulted.NOT_CONSULTED:
        return f"{item.grade} · {item.consulted.words}"
    return f"{item.grade} · {item.consulted.words} {in_words(item.date)}"


def leading(claim: Claim) -> Evidence | None:
    """Return the evidence that a short note names: the first that is not mere context, primary before others."""
    return next(iter(sorted(claim.evidence, key=lambda e: (str(e.stance) == "context", str(e.grade)))), None)


def cover_line(context: BookContext) -> str:
    """Return the line that no other book has on its cover."""
    units = len(context.book.outline.units)
    verdicts = context.by_verdict()
    counted = [f"{verdicts[verdict]} {SHORT[verdict]}" for verdict in Verdict if verdicts[verdict]]
    if verdicts["unchecked"]:
        counted.append(f"{verdicts['unchecked']} unchecked")
    checked = context.by_state()[ReviewState.SIGNED_OFF]
    return (
        f"{units} sentences of an AI-assisted article · {len(context.claims)} claims · "
        f"{', '.join(counted) or 'none yet'} · {checked} checked by a person so far"
    )


def about(context: BookContext) -> str:
    """Return what the book is, what an AI had to do with it and who checked it, for whoever sees only its metadata."""
    provenance = context.book.provenance
    said = f"The article says of itself: “{disclosure(provenance.disclosure.text)}”" if provenance else ""
    return " ".join(
        part for part in (f"{context.settings.subtitle}.", f"{cover_line(context)}.", said, signed(context)) if part
    )


def accounted(context: BookContext) -> str:
    """Return how much of the article this edition covers."""
    units, open_ = len(context.book.outline.units), len(context.book.open_units)
    if not open_:
        return f"All {units} sentences of the article are accounted for."
    return (
        f"{units - open_} of the article’s {units} sentences are accounted for in this edition; "
        f"{open_} wait for chapters that are not written yet."
    )


def signed(context: BookContext) -> str:
    """Return who stands behind the findings."""
    checked = context.by_state()[ReviewState.SIGNED_OFF]
    if not checked:
        return (
            "No person has checked any finding yet. Every one was drafted with a machine’s help from the sources named."
        )
    return f"{checked} of {len(context.claims)} findings have been checked and signed by a person."
