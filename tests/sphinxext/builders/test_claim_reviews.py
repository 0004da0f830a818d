"""ClaimReview: of findings that people signed off, and of no other; the statement on AI in each state of a book."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanbook import edit
from factpress.files.book import read_book
from factpress.files.signing.signoffs import sign
from factpress.model.claim import Claim
from factpress.model.review import reviews_by_claim
from factpress.settings import Settings, read_settings
from factpress.sphinxext.blocks.register.reviewers import ai_statement_sentences
from factpress.sphinxext.builders.export import claim_reviews
from factpress.sphinxext.context import BookContext
from signing import NOVAK, PEOPLE, RIVERA, SIGNOFFS, TODAY, digests, diligent, own_book


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return own_book(tmp_path / "book")


def context(settings: Settings) -> BookContext:
    book, problems = read_book(settings)
    return BookContext(settings, book, tuple(problems), TODAY, reviews_by_claim(book, settings.policy, TODAY), {})


def no_site(_claim: Claim) -> str:
    return ""


def test_what_people_signed_off_is_a_claim_review_and_nothing_else(settings: Settings) -> None:
    sign(settings, diligent(settings, "C004"), digests(settings, "C004"), TODAY)  # by one of two
    edit(settings.root, PEOPLE, "  role: history teacher\n", '  role: history teacher\n  shown: "no"\n')
    (found,) = claim_reviews(context(settings), lambda claim: f"https://example.org/x.html#{claim.id}")
    assert found == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://example.org/x.html#C001",
        "claimReviewed": "A stone bridge was opened at Arden in 1842.",
        "datePublished": "2026-11-20",
        "author": [{"@type": "Person", "name": "a.rivera"}],
        "publisher": {"@type": "Organization", "name": "The Arden Schools"},
        "itemReviewed": {
            "@type": "Claim",
            "appearance": {"@type": "CreativeWork", "headline": context(settings).book.provenance.title},  # type: ignore[union-attr]
        },
        "reviewRating": {"@type": "Rating", "alternateName": "Supported"},
        "reviewBody": (
            "The trust’s accounts record the opening on 4 June 1842, and the engineer’s notes agree on the year."
        ),
    }
    assert "url" not in claim_reviews(context(settings), no_site)[0]


def test_a_stale_sign_off_is_no_claim_review(settings: Settings) -> None:
    edit(settings.root, "docs/claims/01-building.yaml", "opened to the public on 4 June", "opened to all on 4 June")
    assert claim_reviews(context(settings), no_site) == []


def statement(settings: Settings) -> str:
    return " ".join(ai_statement_sentences(context(read_settings(settings.root))))


def test_the_statement_says_that_nobody_some_or_all_reviewed(settings: Settings) -> None:
    some = statement(settings)
    assert "5 of its 6 findings were drafted with the help of an AI." in some
    assert "1 of 6 findings has been reviewed and accepted by people, for its exact words" in some
    assert "sources: Alma Rivera. The others have not" in some
    (settings.root / SIGNOFFS).write_text("[]\n", encoding="utf-8")
    (settings.root / ".git").rename(settings.root / "x")
    none = statement(settings)
    assert "No person has reviewed a finding yet" in none and "Alma Rivera" not in none
    toml = settings.root / "pyproject.toml"
    one_each = "approvals-contradicted = 1\napprovals-disputed = 1\napprovals-ambiguous = 1\n"
    toml.write_text(toml.read_text("utf-8") + one_each, encoding="utf-8")
    alone = read_settings(settings.root)
    for claim in ("C001", "C002", "C003", "C004", "C005", "C006"):
        sign(alone, diligent(alone, claim, RIVERA), digests(alone, claim), TODAY)
    everything = statement(settings)
    assert "All 6 findings have been reviewed and accepted by people" in everything and NOVAK not in everything
    assert "The others have not" not in everything
    assert everything.endswith("made from the record of reviews as of 29 November 2026.")
