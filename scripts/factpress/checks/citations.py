"""Checks of what the book cites against its bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpress.checks.claims import check_evidence_sources
from factpress.files.yaml.records import did_you_mean
from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.links.copying import copying_kind
from factpress.model.prose import Prose
from factpress.model.source import Source
from factpress.model.vocabulary import Grade
from factpress.problems import Problem, problem


def check_citations(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield citations and evidence without an entry, and entries that nothing uses."""
    yield from check_evidence_sources(book)
    cited = [*((key, cite.where) for cite in prose.cites() for key in cite.keys), *book.study_aids.cited()]
    for key, where in cited:
        if key not in book.sources:
            yield problem("source-unknown", where, key=key, near=did_you_mean(key, book.sources))
    yield from check_grades(book)
    for page in prose.book:
        for link in page.links:
            if kind := copying_kind(link.url):
                yield problem("copying-host", link.where, url=link.url, kind=kind)
    used = {key for key, _ in cited} | set(book.ledger.by_source)
    for key, source in book.sources.items():
        if key not in used:
            yield problem("source-unused", source.where, key=key)


def check_grades(book: Book) -> Iterator[Problem]:
    """Yield evidence that is graded primary although it stands in a newspaper, a magazine or an encyclopedia."""
    for claim in book.ledger.claims:
        yield from check_grades_of(claim, book)


def check_grades_of(claim: Claim, book: Book) -> Iterator[Problem]:
    """Yield evidence of one claim that is graded primary although it stands in a newspaper, or the like."""
    for item in claim.evidence:
        source = book.sources.get(item.source)
        if item.grade is Grade.PRIMARY and source and (kind := reporting_kind(source)):
            yield problem("grade-of-source", item.where, id=claim.id, key=item.source, kind=kind)


def reporting_kind(source: Source) -> str:
    """Return `a newspaper`, `a magazine` or `an encyclopedia` where an entry names one as what it was printed in."""
    names = [source.get(field) for field in ("journal", "booktitle", "publisher", "institution")]
    printed_in = [*names, *(name.literal for name in source.names.get("author", ()))]
    for kind, pattern in REPORTING_NAMES.items():
        if any(pattern.search(name) for name in printed_in if name):
            return kind
    return ""


#: kind: patterns of names; BibTeX has no type or field that says it
REPORTING_NAMES = {
    "an encyclopedia": re.compile(r"encyclop|britannica|wikipedia|historical dictionary", re.IGNORECASE),
    "a magazine": re.compile(
        r"^(?:Time|Life|Newsweek|(?:The )?(?:Atlantic|Economist|Nation|New Yorker|Spectator))$|\bMagazine\b"
    ),
    "a newspaper": re.compile(
        r"\b(?:Newspapers?|Daily|Times|Herald|Guardian|Tribune|Telegraph|Courier|Chronicle|Sentinel|Post|Ilbo|Sinmun|Shimbun"
        r"|Zeitung|Le Monde|Pravda|Izvestia|People’s Daily|Wall Street Journal|Press Association|Papers Past"
        r"|News(?! (?:Agency|Service|Network)))\b"
    ),
}
