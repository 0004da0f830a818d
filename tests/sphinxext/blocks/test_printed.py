"""What stands in one volume alone: the record's entries, and the corrections sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from cleanbook import CLEAN
from factpress.model.claim import Claim
from factpress.model.vocabulary import ReviewState, Stance, Verdict
from factpress.settings import read_settings
from factpress.sphinxext.blocks.editions import WEB
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.printed.corrections import ROOMY, corrections
from factpress.sphinxext.blocks.printed.record import (
    differing,
    evidence_numbers,
    letters,
    reading_notes,
    record_entry,
    usual_sighting,
    usual_state,
)
from factpress.sphinxext.context import BookContext, load_context
from factpress.sphinxext.nodes import as_html


def page_of(context: BookContext) -> EditionPage:
    return EditionPage(context, "index", WEB, lambda doc, anchor: f"{doc}#{anchor}")


@pytest.fixture
def page() -> EditionPage:
    return page_of(load_context(read_settings(CLEAN), {}))


def text_of(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).replace("\u00a0", " ").split())


def with_claims(page: EditionPage, claims: list[Claim]) -> EditionPage:
    """Return a page of a book with these claims, each in the state of the first of the clean book with its verdict."""
    context = page.context
    states = {c.verdict: context.reviews[c.id] for c in reversed(context.book.ledger.claims)}
    book = replace(context.book, ledger=replace(context.book.ledger, claims=tuple(claims)))
    reviews = {c.id: states[c.verdict] for c in claims}
    return replace(page, context=replace(context, book=book, reviews=reviews))


def of_verdict(page: EditionPage, verdict: Verdict) -> Claim:
    return next(claim for claim in page.context.book.ledger.claims if claim.verdict is verdict)


# the corrections sheet


def test_the_sheet_tells_what_is_not_supported_in_the_ledgers_own_sentences(page: EditionPage) -> None:
    text = text_of(as_html(corrections(page)))
    for verdict in (Verdict.CONTRADICTED, Verdict.DISPUTED, Verdict.NOT_FOUND):
        claim = of_verdict(page, verdict)
        assert claim.finding
        assert claim.finding.statement.split(".")[0].replace("'", "’") in text
        assert claim.claim.rstrip(".").replace("'", "’") in text
    partly = of_verdict(page, Verdict.PARTLY_SUPPORTED)
    assert partly.finding and partly.finding.correction
    assert partly.finding.correction.rstrip(".").replace("'", "’") in text
    assert partly.claim.rstrip(".") not in text  # in short
    supported = of_verdict(page, Verdict.SUPPORTED)
    assert supported.claim.rstrip(".") not in text


def test_what_is_plainly_wrong_stands_first_and_the_counts_add_up(page: EditionPage) -> None:
    html = as_html(corrections(page))
    verdicts = re.findall(r"<section class=\"group (\w+)\"", html)
    assert verdicts[0] == "wrong" and verdicts[-1] == "partly"
    text = text_of(html)
    assert "4 of its 7 claims are listed here." in text
    for rest in ("One is supported", "One is an opinion or a forecast", "One has not been checked"):
        assert rest in text


def test_who_stands_behind_it_is_said_at_the_head_and_where_it_differs(page: EditionPage) -> None:
    text = text_of(as_html(corrections(page)))
    assert "1 of 7 findings has been checked and signed by a person." in text
    withdrawn = page.context.book.ledger.claims[0]
    states = {
        **page.context.reviews,
        withdrawn.id: replace(page.context.reviews[withdrawn.id], state=ReviewState.WITHDRAWN),
    }
    gone = text_of(as_html(corrections(page_of(replace(page.context, reviews=states)))))
    assert "of its 6 claims" in gone


def test_many_claims_are_set_closer(page: EditionPage) -> None:
    claim = of_verdict(page, Verdict.CONTRADICTED)
    few, many = (
        as_html(corrections(with_claims(page, [replace(claim, id=f"C{n:03}") for n in range(1, count + 1)])))
        for count in (ROOMY, ROOMY + 1)
    )
    assert 'class="corrections"' in few and 'class="corrections tight"' in many


def test_a_book_with_nothing_to_correct_says_so(page: EditionPage) -> None:
    text = text_of(as_html(corrections(with_claims(page, [of_verdict(page, Verdict.SUPPORTED)]))))
    assert "0 of its 1 claims are listed here." in text and "Partly supported" not in text


# entries of the record


def shared(page: EditionPage) -> Iterator[Claim]:
    """Yield two claims that rest on the same piece of evidence, with different stances, and one more of their own."""
    first, second = of_verdict(page, Verdict.SUPPORTED), of_verdict(page, Verdict.CONTRADICTED)
    assert first.finding and second.finding
    piece = replace(first.finding.evidence[0], stance=Stance.SUPPORTS)
    yield replace(first, id="C031", finding=replace(first.finding, evidence=(piece,)))
    other = replace(piece, stance=Stance.CONTRADICTS)
    yield replace(second, id="C040", finding=replace(second.finding, evidence=(other, second.finding.evidence[0])))


def test_shared_evidence_is_printed_once_and_named_by_its_number(page: EditionPage) -> None:
    claims = list(shared(page))
    book = with_claims(page, claims)
    assert claims[0].finding
    says = text_of(claims[0].finding.evidence[0].says.replace("'", "’")).rstrip(".")
    first, second = (text_of(as_html(record_entry(book, claim))) for claim in claims)
    assert says in first and "31a" in first
    assert says not in second and "Contradicts : see 31a" in second and "40b" in second
    assert sorted(evidence_numbers(book.context).values()) == ["31a", "40b"]


def test_each_number_is_an_id_and_each_reference_leads_to_one(page: EditionPage) -> None:
    claims = page.context.book.ledger.claims
    html = "".join(as_html(record_entry(page, claim)) for claim in claims)
    ids = re.findall(r'id="e(\w+)"', html)
    assert len(ids) == len(set(ids)) == len(evidence_numbers(page.context))


def test_what_is_usual_is_said_once_and_what_differs_at_its_entry(page: EditionPage) -> None:
    notes = text_of("".join(map(as_html, reading_notes(page))))
    usual, seen = usual_state(page.context), usual_sighting(page.context)
    assert usual in notes and seen in notes
    entries = {c.id: text_of(as_html(record_entry(page, c))) for c in page.context.book.ledger.claims}
    assert not any(usual in entry or seen in entry for entry in entries.values())
    for claim in page.context.book.ledger.claims:
        wording = page.context.reviews[claim.id].wording
        assert wording == usual or wording in entries[claim.id]
    assert len({review.wording for review in page.context.reviews.values()}) > 1


@pytest.mark.parametrize(
    ("seen", "left"),
    [
        ("seen as an excerpt, 23 November 2026, not by a person", ""),
        ("read in full, 23 November 2026, not by a person", "read in full"),
        ("seen as an excerpt, 28 November 2026, not by a person", "28 November 2026"),
        ("seen as an excerpt, 23 November 2026, not by a person · in a copy at a.org", "in a copy at a.org"),
        ("seen as an excerpt, 23 November 2026", "seen as an excerpt, 23 November 2026"),  # by a person
        ("seen by Ann Reader, 23 November 2026", "seen by Ann Reader, 23 November 2026"),
        ("page read by a machine 24 November 2026", "page read by a machine 24 November 2026"),
        ("not consulted", "not consulted"),
        (
            "read in full, 23 November 2026, not by a person; seen as an excerpt, 23 November 2026, not by a person",
            "read in full",
        ),
    ],
)
def test_of_how_something_was_seen_only_what_differs_is_said(seen: str, left: str) -> None:
    assert differing(seen, "seen as an excerpt, 23 November 2026, not by a person") == left


def test_letters_go_on_after_z() -> None:
    assert [letters(nth) for nth in (0, 25, 26, 27, 52, 701, 702)] == ["a", "z", "aa", "ab", "ba", "zz", "aaa"]
