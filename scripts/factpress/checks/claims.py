"""Checks of the ledger: ids, units, findings and their evidence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from factpress.files.yaml.records import did_you_mean
from factpress.model.book import Book
from factpress.model.claim import Claim, Evidence, Finding
from factpress.model.dates import parse_day
from factpress.model.place import Place
from factpress.model.vocabulary import Consulted, ProposerKind, Stance, Verdict
from factpress.problems import Problem, problem

LONGEST_QUOTE = 15  #: words
LONGEST_NOTE = 50  #: words of claim, verdict and what is right
READ_SOURCES = (Consulted.FULL_TEXT, Consulted.EXCERPT)
REQUIRED_STANCES = {
    Verdict.SUPPORTED: (Stance.SUPPORTS,),
    Verdict.CONTRADICTED: (Stance.CONTRADICTS,),
    Verdict.PARTLY_SUPPORTED: (Stance.SUPPORTS, Stance.CONTRADICTS),
    Verdict.AMBIGUOUS: (Stance.SUPPORTS, Stance.CONTRADICTS),
}  #: verdict: it needs a source of one of these stances that was read

_ID = re.compile(r"C\d{3,}")
_LEANS = re.compile(r"(?:It|They|This|These|Those|Such)\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check_claims(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the ledger, claim by claim."""
    yield from check_claim_ids(book)
    for claim in book.ledger.claims:
        yield from check_claim(claim, book)


def check_claim(claim: Claim, book: Book) -> Iterator[Problem]:
    """Yield what is wrong with one claim of a book; its id, and its sources, are checked with the others."""
    yield from check_claim_units(claim, book)
    if not claim.withdrawn and (leaning := _LEANS.match(claim.claim)):
        yield problem("claim-not-alone", claim.where, id=claim.id, word=leaning[0])
    if claim.withdrawn:
        yield from check_iso_date(claim.withdrawn.date, claim.withdrawn.where)
    if claim.finding:
        yield from check_finding(claim, claim.finding, book)
        for item in claim.evidence:
            yield from check_evidence(claim, item)


def check_claim_ids(book: Book) -> Iterator[Problem]:
    """Yield ids that are malformed, repeated or out of order."""
    before: Claim | None = None
    for claim in book.ledger.claims:
        first = book.ledger.by_id[claim.id]
        if not _ID.fullmatch(claim.id):
            yield problem("claim-id", claim.where, id=claim.id)
        elif first is not claim:
            yield problem("claim-id-twice", claim.where, id=claim.id, first=first.where)
        elif before and before.where.file == claim.where.file and _number(before) > _number(claim):
            yield problem("claim-order", claim.where, id=claim.id, before=before.id)
        before = claim


def check_claim_units(claim: Claim, book: Book) -> Iterator[Problem]:
    """Yield units of a claim that the outline does not have."""
    if not claim.units:
        yield problem("claim-without-unit", claim.where, id=claim.id)
    for unit in claim.units:
        if unit not in book.outline.by_id:
            yield problem("claim-unit", claim.where, id=claim.id, unit=unit)


def check_finding(claim: Claim, finding: Finding, book: Book) -> Iterator[Problem]:
    """Yield what a finding lacks for its verdict."""
    lacking = list(check_evidence_for_verdict(claim, finding))
    # evidence that a rule refuses is not reported as scarce too
    yield from lacking or check_support(claim, finding)
    if finding.verdict in (Verdict.PARTLY_SUPPORTED, Verdict.CONTRADICTED) and not finding.correction:
        yield problem("finding-correction", finding.where, id=claim.id, verdict=finding.verdict)
    if finding.verdict is Verdict.NOT_FOUND and not finding.searched:
        yield problem("finding-searched", finding.where, id=claim.id)
    proposer = finding.proposed_by
    if proposer.kind is ProposerKind.PERSON and proposer.id not in book.ledger.people_by_id:
        who = f"{proposer.id}, who is not in people.yaml" if proposer.id else "a person without a name"
        yield problem("finding-proposer", proposer.where, id=claim.id, who=who)
    yield from check_iso_date(proposer.date, proposer.where)
    yield from check_numbers(claim, finding)
    words = len(f"{claim.claim} Article: {finding.verdict.word}. {finding.in_short}".split())
    if words > LONGEST_NOTE:
        yield problem("note-too-long", finding.where, id=claim.id, words=words, limit=LONGEST_NOTE)


def check_evidence_for_verdict(claim: Claim, finding: Finding) -> Iterator[Problem]:
    """Yield a problem if a finding lacks the evidence that its verdict needs."""
    verdict, stances = finding.verdict, {item.stance for item in finding.evidence}
    if not finding.evidence and verdict not in (Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE):
        yield problem("finding-evidence", finding.where, id=claim.id, verdict=verdict)
    elif verdict is Verdict.DISPUTED:
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS):
            if stance not in stances:
                yield problem("finding-one-sided", finding.where, id=claim.id, stance=stance)
    elif (needed := REQUIRED_STANCES.get(verdict)) and not any(
        item.stance in needed and item.consulted in READ_SOURCES for item in finding.evidence
    ):
        yield problem("finding-unseen", finding.where, id=claim.id, verdict=verdict, stance=" or ".join(needed))


def check_evidence(claim: Claim, item: Evidence) -> Iterator[Problem]:
    """Yield what is wrong with one piece of evidence; its source is checked with the citations."""
    yield from check_iso_date(item.date, item.where)
    words = len((item.quote or "").split())
    if words > LONGEST_QUOTE:
        yield problem("quote-too-long", item.where, id=claim.id, words=words)


def check_iso_date(text: str, where: Place) -> Iterator[Problem]:
    """Yield a problem if a text is not a day as `YYYY-MM-DD`."""
    if not parse_day(text):
        yield problem("bad-date", where, value=text)


def check_numbers(claim: Claim, finding: Finding) -> Iterator[Problem]:
    """Yield the numbers of a statement that its evidence does not have: a typical error of language models."""
    if not finding.evidence:
        return
    in_evidence = {
        n for item in finding.evidence for text in (item.says, item.quote, item.locator) for n in _numbers(text)
    }
    missing = [n for n in dict.fromkeys(_numbers(finding.statement)) if n not in in_evidence]
    if missing:
        yield problem("number-not-in-evidence", finding.where, id=claim.id, numbers=", ".join(missing))


def check_support(claim: Claim, finding: Finding) -> Iterator[Problem]:
    """Yield a warning if a verdict rests on one source, on tertiary sources or on excerpts only."""
    if little := finding.rests_only_on:
        yield problem("rests-on-little", finding.where, id=claim.id, what=", ".join(little))


def check_evidence_sources(book: Book) -> Iterator[Problem]:
    """Yield evidence whose source the bibliography does not have."""
    for _, item in book.ledger.evidence():
        if item.source not in book.sources:
            near = did_you_mean(item.source, book.sources)
            yield problem("source-unknown", item.where, key=item.source, near=near)


def _number(claim: Claim) -> int:
    return int(claim.id[1:]) if _ID.fullmatch(claim.id) else 0


def _numbers(text: str | None) -> Iterator[str]:
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text or "")):
        whole = re.sub(r"[,.](?=\d{3}\b)", "", match[0])  # 28,500 and 28500 are one number
        yield whole
