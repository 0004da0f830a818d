"""Checks of what the book cites against its bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpress.checks.claims import unknown_sources
from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.links.copying import copying_kind
from factpress.model.prose import Prose
from factpress.model.source import Source
from factpress.model.vocabulary import Grade
from factpress.problems import Problem, problem


def check_citations(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield citations and evidence without an entry, and entries that nothing uses."""
    yield from unknown_sources(book)
    cited = [*((key, cite.where) for cite in prose.cites() for key in cite.keys), *book.study_aids.cited()]
    for key, where in cited:
        if key not in book.sources:
            yield problem("source-unknown", where, key=key, near=near_miss(key, book.sources))
    yield from grades(book)
    for page in prose.book:
        for link in page.links:
            if kind := copying_kind(link.url):
                yield problem("copying-host", link.where, url=link.url, kind=kind)
    used = {key for key, _ in cited} | set(book.ledger.by_source)
    for key, source in book.sources.items():
        if key not in used:
            yield problem("source-unused", source.where, key=key)


def grades(book: Book) -> Iterator[Problem]:
    """Yield evidence that is graded primary although it was printed by those who report or sum up."""
    for claim, item in book.ledger.evidence():
        source = book.sources.get(item.source)
        if item.grade is Grade.PRIMARY and source and (kind := reports(source)):
            yield problem("grade-of-source", item.where, id=claim.id, key=item.source, kind=kind)


def reports(source: Source) -> str:
    """Return `a newspaper`, `a magazine` or `an encyclopedia` where an entry names one as what it was printed in."""
    names = [source.get(field) for field in ("journal", "booktitle", "publisher", "institution")]
    printed_in = [*names, *(name.literal for name in source.names.get("author", ()))]
    for kind, pattern in REPORTS.items():
        if any(pattern.search(name) for name in printed_in if name):
            return kind
    return ""


#: by the names of what they are printed in: no type or field of an entry says it
REPORTS = {
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
