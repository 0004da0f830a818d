"""Checks of the ledger: ids, units, findings and their evidence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.claim import Claim, Evidence, Finding
from factpress.model.dates import parse
from factpress.model.place import Place
from factpress.model.vocabulary import Consulted, ProposerKind, Stance, Verdict
from factpress.problems import Problem, problem

LONGEST_QUOTE = 15  #: words
LONGEST_NOTE = 50  #: words of claim, verdict and what is right
READ = (Consulted.FULL_TEXT, Consulted.EXCERPT)
NEEDS = {
    Verdict.SUPPORTED: (Stance.SUPPORTS,),
    Verdict.CONTRADICTED: (Stance.CONTRADICTS,),
    Verdict.PARTLY_SUPPORTED: (Stance.SUPPORTS, Stance.CONTRADICTS),
    Verdict.AMBIGUOUS: (Stance.SUPPORTS, Stance.CONTRADICTS),
}  #: a read source of one of these stances, for each verdict

_ID = re.compile(r"C\d{3,}")
_LEANS = re.compile(r"(?:It|They|This|These|Those|Such)\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check_claims(book: Book) -> Iterator[Problem]:
    """Yield what is wrong with the ledger, claim by claim."""
    yield from ids(book)
    for claim in book.ledger.claims:
        yield from units(claim, book)
        if not claim.withdrawn and (leaning := _LEANS.match(claim.claim)):
            yield problem("claim-not-alone", claim.where, id=claim.id, word=leaning[0])
        if claim.withdrawn:
            yield from date(claim.withdrawn.date, claim.withdrawn.where)
        if claim.finding:
            yield from finding(claim, claim.finding, book)
            for item in claim.evidence:
                yield from evidence(claim, item)


def ids(book: Book) -> Iterator[Problem]:
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


def units(claim: Claim, book: Book) -> Iterator[Problem]:
    """Yield units of a claim that the outline does not have."""
    if not claim.units:
        yield problem("claim-without-unit", claim.where, id=claim.id)
    for unit in claim.units:
        if unit not in book.outline.by_id:
            yield problem("claim-unit", claim.where, id=claim.id, unit=unit)


def finding(claim: Claim, found: Finding, book: Book) -> Iterator[Problem]:
    """Yield what a finding lacks for its verdict."""
    bearing = list(evidence_needed(claim, found))
    # what rests on too little by rule need not be told so twice
    yield from bearing or rests_on(claim, found)
    if found.verdict in (Verdict.PARTLY_SUPPORTED, Verdict.CONTRADICTED) and not found.correction:
        yield problem("finding-correction", found.where, id=claim.id, verdict=found.verdict)
    if found.verdict is Verdict.NOT_FOUND and not found.searched:
        yield problem("finding-searched", found.where, id=claim.id)
    proposer = found.proposed_by
    if proposer.kind is ProposerKind.PERSON and proposer.id not in book.ledger.people_by_id:
        who = f"{proposer.id}, who is not in people.yaml" if proposer.id else "a person without a name"
        yield problem("finding-proposer", proposer.where, id=claim.id, who=who)
    yield from date(proposer.date, proposer.where)
    yield from numbers(claim, found)
    words = len(f"{claim.claim} Article: {found.verdict.word}. {found.in_short}".split())
    if words > LONGEST_NOTE:
        yield problem("note-too-long", found.where, id=claim.id, words=words, limit=LONGEST_NOTE)


def evidence_needed(claim: Claim, found: Finding) -> Iterator[Problem]:
    """Yield a problem if a finding has not the evidence that its verdict needs."""
    verdict, stances = found.verdict, {item.stance for item in found.evidence}
    if not found.evidence and verdict not in (Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE):
        yield problem("finding-evidence", found.where, id=claim.id, verdict=verdict)
    elif verdict is Verdict.DISPUTED:
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS):
            if stance not in stances:
                yield problem("finding-one-sided", found.where, id=claim.id, stance=stance)
    elif (needed := NEEDS.get(verdict)) and not any(
        item.stance in needed and item.consulted in READ for item in found.evidence
    ):
        yield problem("finding-unseen", found.where, id=claim.id, verdict=verdict, stance=" or ".join(needed))


def evidence(claim: Claim, item: Evidence) -> Iterator[Problem]:
    """Yield what is wrong with one piece of evidence; its source is checked with the citations."""
    yield from date(item.date, item.where)
    words = len((item.quote or "").split())
    if words > LONGEST_QUOTE:
        yield problem("quote-too-long", item.where, id=claim.id, words=words)


def date(text: str, where: Place) -> Iterator[Problem]:
    """Yield a problem if a text is no ISO date."""
    if not parse(text):
        yield problem("bad-date", where, value=text)


def numbers(claim: Claim, found: Finding) -> Iterator[Problem]:
    """Yield the numbers of a statement that its evidence does not have: a model's typical slip."""
    if not found.evidence:
        return
    known = {n for item in found.evidence for text in (item.says, item.quote, item.locator) for n in _numbers(text)}
    missing = [n for n in dict.fromkeys(_numbers(found.statement)) if n not in known]
    if missing:
        yield problem("number-not-in-evidence", found.where, id=claim.id, numbers=", ".join(missing))


def rests_on(claim: Claim, found: Finding) -> Iterator[Problem]:
    """Yield a warning if a verdict rests on one source, on tertiary sources or on excerpts only."""
    if little := found.rests_only_on:
        yield problem("rests-on-little", found.where, id=claim.id, what=", ".join(little))


def unknown_sources(book: Book) -> Iterator[Problem]:
    """Yield evidence whose source the bibliography does not have."""
    for _, item in book.ledger.evidence():
        if item.source not in book.sources:
            near = near_miss(item.source, book.sources)
            yield problem("source-unknown", item.where, key=item.source, near=near)


def _number(claim: Claim) -> int:
    return int(claim.id[1:]) if _ID.fullmatch(claim.id) else 0


def _numbers(text: str | None) -> Iterator[str]:
    for found in _NUMBER.finditer(unicodedata.normalize("NFKC", text or "")):
        whole = re.sub(r"[,.](?=\d{3}\b)", "", found[0])  # 28,500 and 28500 are one number
        yield whole
