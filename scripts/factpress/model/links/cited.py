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


URLDATE = "urldate"  #: as which an entry's own day of access is kept


class Sighting(NamedTuple):
    """A page having been seen while the book was written."""

    date: str
    how: str  #: `full-text`, `excerpt` or `catalogue`, or `urldate` where only the entry says that it was opened
    by_machine: bool = False

    @property
    def weight(self) -> tuple[bool, str, int]:
        """Return by what a sighting tells more than another: evidence, then the day, then how much was read."""
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
        """Return all of it but the places, to compare it with another day's."""
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
    found: dict[str, _Gathered] = {}
    for source in book.sources.values():
        _take_source(source, found)
    for claim, item in book.ledger.evidence():
        _take_evidence(claim, item, book.sources.get(item.source), found)
    return tuple(
        CitedLink(
            url=url, kind=kind_of(url), places=tuple(sorted(one.places)), sources=tuple(sorted(one.sources)),
            quotes=tuple(one.quotes), seen=tuple(sorted(one.seen)), entries=tuple(one.entries),
            evidence=tuple(one.evidence),
        )
        for url, one in sorted(found.items())
    )  # fmt: skip


def touched_links(now: Book, before: Book) -> frozenset[str]:
    """Return the addresses that are new, or whose entry, evidence or quotes are not what they were."""
    old = {link.url: link.content for link in cited_links(before)}
    return frozenset(link.url for link in cited_links(now) if old.get(link.url) != link.content)


def kind_of(url: str) -> LinkKind:
    """Return whether an address is that of a DOI."""
    return LinkKind.DOI if _RESOLVED.match(url) else LinkKind.URL


def addresses(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the addresses of an entry with the names of their fields."""
    if doi := source.get("doi"):
        yield "doi", doi_address(doi.lower())
    for field_name in ("url", "archived"):
        if address := source.get(field_name):
            yield field_name, address


def sighting_of(claim: Claim, item: Evidence) -> Sighting:
    """Return how a piece of evidence was seen, and whether a machine drafted what rests on it."""
    by_machine = claim.finding is not None and claim.finding.proposed_by.kind is ProposerKind.MACHINE
    return Sighting(item.date, str(item.consulted), by_machine)


def page_seen(item: Evidence, source: Source | None) -> str:
    """Return the address at which a piece of evidence was seen, empty where none is given."""
    return item.url or (source.get("url") if source else "")


def _take_source(source: Source, found: dict[str, _Gathered]) -> None:
    for name, url in addresses(source):
        one = found.setdefault(url, _Gathered())
        one.places.add(source.place(name))
        one.sources.add(source.key)
        one.entries.append(source)
        if name in ("doi", "url") and (date := source.get("urldate")):
            one.seen.add(Sighting(date, URLDATE))


def _take_evidence(claim: Claim, item: Evidence, source: Source | None, found: dict[str, _Gathered]) -> None:
    page, doi = page_seen(item, source), source.get("doi") if source else ""
    work = doi_address(doi.lower()) if doi else ""
    for url in sorted({page, work, item.url or "", item.archived or ""} - {""}):
        one = found.setdefault(url, _Gathered())
        one.evidence.append(item)
        if url in (item.url, item.archived):
            one.places.add(item.where)
            one.sources.add(item.source)
        if url in (page, work) and item.consulted is not Consulted.NOT_CONSULTED:
            one.seen.add(sighting_of(claim, item))
    if page and item.quote:
        found[page].quotes.append(
            CitedQuote(
                quote=item.quote, before=item.before, after=item.after, key=quote_key(item.quote), claim_id=claim.id,
                was_read=item.consulted is not Consulted.NOT_CONSULTED, where=item.where,
            )
        )  # fmt: skip
