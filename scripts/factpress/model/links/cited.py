"""The addresses that a book cites, each once, with the quotes that were seen there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from factpress.model.book import Book
from factpress.model.claim import Claim, Evidence
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import LinkKind
from factpress.model.place import Place
from factpress.model.source import NOWHERE, Source, doi_address
from factpress.model.vocabulary import Consulted, ProposerKind

_RESOLVED = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/10\.", re.IGNORECASE)


URLDATE = "urldate"  #: `how` of a sighting that only the entry's day of access records


class Sighting(NamedTuple):
    """When and how a page was seen while the book was written."""

    date: str
    how: str  #: `full-text`, `excerpt` or `catalogue`, or `urldate` where only the entry says that it was opened
    by_machine: bool = False

    @property
    def weight(self) -> tuple[bool, str, int]:
        """Return the sort key of sightings: evidence first, then the later day, then the more that was read."""
        known = list(Consulted)
        return self.how != URLDATE, self.date, -known.index(Consulted(self.how)) if self.how in known else -len(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedQuote:
    """Words that must stand on a page."""

    quote: str
    before: str | None = None
    after: str | None = None
    key: str  #: `quotation.quote_key` of the quote
    claim_id: str
    was_read: bool = True  #: when the evidence was taken down
    where: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLink:
    """One address of the book."""

    url: str
    kind: LinkKind
    places: tuple[Place, ...]  #: where references.bib and the ledger name it, in order
    sources: tuple[str, ...]  #: keys of the sources it is cited for
    quotes: tuple[CitedQuote, ...] = ()
    seen: tuple[Sighting, ...] = ()  #: of a DOI: the work, wherever it was seen
    entries: tuple[Source, ...] = field(default=(), hash=False)  #: the sources whose own address it is
    evidence: tuple[Evidence, ...] = ()  #: all that was seen there or names it, in claim order

    @property
    def content(self) -> object:
        """Return everything but the places, for comparison with the link of another version of the book."""
        return self.sources, self.evidence, [replace(source, where=NOWHERE) for source in self.entries]


@dataclass(slots=True)
class _Gathered:
    places: set[Place] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    quotes: list[CitedQuote] = field(default_factory=list)
    seen: set[Sighting] = field(default_factory=set)
    entries: list[Source] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


def cited_links(book: Book) -> tuple[CitedLink, ...]:
    """Return every address of the bibliography and of the ledger's evidence, each once, sorted."""
    gathered: dict[str, _Gathered] = {}
    for source in book.sources.values():
        _take_source(source, gathered)
    for claim, item in book.ledger.evidence():
        _take_evidence(claim, item, book.sources.get(item.source), gathered)
    return tuple(
        CitedLink(
            url=url, kind=link_kind(url), places=tuple(sorted(link.places)), sources=tuple(sorted(link.sources)),
            quotes=tuple(link.quotes), seen=tuple(sorted(link.seen)), entries=tuple(link.entries),
            evidence=tuple(link.evidence),
        )
        for url, link in sorted(gathered.items())
    )  # fmt: skip


def touched_links(now: Book, before: Book) -> frozenset[str]:
    """Return the addresses that are new, or whose entry, evidence or quotes are not what they were."""
    old = {link.url: link.content for link in cited_links(before)}
    return frozenset(link.url for link in cited_links(now) if old.get(link.url) != link.content)


def link_kind(url: str) -> LinkKind:
    """Return whether an address is that of a DOI."""
    return LinkKind.DOI if _RESOLVED.match(url) else LinkKind.URL


def source_addresses(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the addresses of an entry with the names of their fields."""
    if doi := source.get("doi"):
        yield "doi", doi_address(doi.lower())
    for field_name in ("url", "archived"):
        if address := source.get(field_name):
            yield field_name, address


def evidence_sighting(claim: Claim, item: Evidence) -> Sighting:
    """Return how a piece of evidence was seen, and whether a machine drafted what rests on it."""
    by_machine = claim.finding is not None and claim.finding.proposed_by.kind is ProposerKind.MACHINE
    return Sighting(item.date, str(item.consulted), by_machine)


def evidence_page(item: Evidence, source: Source | None) -> str:
    """Return the address at which a piece of evidence was seen, empty where none is given."""
    return item.url or (source.get("url") if source else "")


def _take_source(source: Source, gathered: dict[str, _Gathered]) -> None:
    for name, url in source_addresses(source):
        link = gathered.setdefault(url, _Gathered())
        link.places.add(source.place(name))
        link.sources.add(source.key)
        link.entries.append(source)
        if name in ("doi", "url") and (date := source.get("urldate")):
            link.seen.add(Sighting(date, URLDATE))


def _take_evidence(claim: Claim, item: Evidence, source: Source | None, gathered: dict[str, _Gathered]) -> None:
    page, doi = evidence_page(item, source), source.get("doi") if source else ""
    work = doi_address(doi.lower()) if doi else ""
    for url in sorted({page, work, item.url or "", item.archived or ""} - {""}):
        link = gathered.setdefault(url, _Gathered())
        link.evidence.append(item)
        if url in (item.url, item.archived):
            link.places.add(item.where)
            link.sources.add(item.source)
        if url in (page, work) and item.consulted is not Consulted.NOT_CONSULTED:
            link.seen.add(evidence_sighting(claim, item))
    if page and item.quote:
        gathered[page].quotes.append(
            CitedQuote(
                quote=item.quote, before=item.before, after=item.after, key=quote_key(item.quote), claim_id=claim.id,
                was_read=item.consulted is not Consulted.NOT_CONSULTED, where=item.where,
            )
        )  # fmt: skip
