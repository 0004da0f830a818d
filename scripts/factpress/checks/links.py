"""The offline gate of cited links: what is recorded decides, and no connection is made (policy in the handbook).

News that nobody's change has brought about does not hold that change up: it is a warning, unless the change touches
what cites the link, or the book is to be released.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from factpress.checks.claims import date
from factpress.files.bibtex.values import wrong_url
from factpress.model.book import Book
from factpress.model.dates import days_between
from factpress.model.links.addresses import tracking, why_not_public
from factpress.model.links.cited import addresses
from factpress.model.links.copying import copying_kind
from factpress.model.links.policy import MOVED_DAYS, RELEASE_DAYS
from factpress.model.links.state import LinkRecord, QuoteState, State
from factpress.model.links.status import LinkStatus, link_statuses
from factpress.model.place import Place
from factpress.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run of the gate is about."""

    touched: frozenset[str] = frozenset()  #: addresses whose entry or evidence the change touches
    release: str = ""  #: ISO day of a release, which answers for every link


EVERY_DAY = Scope()


def check_links(book: Book, scope: Scope = EVERY_DAY) -> Iterator[Problem]:
    """Yield what is wrong with the addresses that the book cites, and with seen.yaml."""
    known = link_statuses(book)
    for url, one in known.items():
        yield from address(one, known.keys(), scope)
        yield from copying(one)
        yield from unseen(one)
        yield from quotes(one, scope)
        if one.record:
            yield from recorded(one, one.record, scope)
        if scope.release and book.links:
            yield from release(url, one, scope.release)
    if scope.release and not book.links:
        yield problem("links-never-asked", Place("docs/claims/links.lock.json"), count=len(known))
    yield from people(book, known.keys())


def address(one: LinkStatus, cited: AbstractSet[str], scope: Scope) -> Iterator[Problem]:
    """Yield an address that is malformed, private, follows readers, or has an `https` twin."""
    url = one.link.url
    if why := wrong_address(url):
        yield problem("link-address", one.place, url=url, why=why)
    twin = f"https{url.removeprefix('http')}"
    if not url.startswith("http:"):
        return
    if twin in cited:
        yield problem("link-http", one.place, url=url)
    elif one.record and one.record.final_url == twin:
        if _counts(one, scope):
            yield problem("link-http", one.place, url=url)
        elif not one.record.moved_since:  # of a move for good, the record speaks below
            yield problem("link-rotten", one.place, url=url, why="the same page answers at https")


def copying(one: LinkStatus) -> Iterator[Problem]:
    """Yield an address for readers at a copying host; that words were seen there, evidence may say."""
    url = one.link.url
    if kind := copying_kind(url):
        own = [source.place(name) for source in one.link.entries for name, at in addresses(source) if at == url]
        archived = [item.where for item in one.link.evidence if item.archived == url]
        for where in (*own, *archived):
            yield problem("copying-host", where, url=url, kind=kind)


def unseen(one: LinkStatus) -> Iterator[Problem]:
    """Yield a link that neither a record, nor dated evidence, nor a person vouches for."""
    if not one.is_seen:
        yield problem("link-unseen", one.place, url=one.link.url)


def quotes(one: LinkStatus, scope: Scope) -> Iterator[Problem]:
    """Yield quotes that are not on their page, or that nothing and nobody has read there."""
    for asked in one.link.quotes:
        state = one.quote_state(asked.key)
        values = {"url": one.link.url, "id": asked.claim_id}
        if state is QuoteState.MISSING and one.record:
            code = "quote-missing" if _counts(one, scope) else "quote-rotten"
            yield problem(code, asked.where, date=one.record.last_checked, **values)
        elif state is QuoteState.UNREAD and not asked.was_read and not one.person_found_quote:
            yield problem("quote-unread", asked.where, **values)


def recorded(one: LinkStatus, record: LinkRecord, scope: Scope) -> Iterator[Problem]:
    """Yield what the record says against a link."""
    url = one.link.url
    if why := record.state.row.refused:
        yield problem("link-lost" if _counts(one, scope) else "link-rotten", one.place, url=url, why=why)
    elif record.state is State.SOFT_404:
        yield problem("link-soft-404", one.place, url=url, date=record.last_checked)
    elif record.state is State.RETRACTED:
        yield problem("link-retracted", one.place, url=url)
    elif one.waits_for_a_person:
        yield problem("link-seen-long-ago", one.place, url=url, state=record.state, date=record.since)
    if record.moved_since and record.final_url and not record.state.is_lost:
        late = days_between(record.moved_since, record.last_checked) > MOVED_DAYS
        values = {"url": url, "date": record.moved_since, "to": record.final_url}
        yield problem("link-moved" if late else "link-moved-lately", one.place, **values)


def release(url: str, one: LinkStatus, day: str) -> Iterator[Problem]:
    """Yield links that nobody asked for lately; a page that is gone for good is not asked for again.

    Of a link that was never asked for, it is known that it was seen, or the gate has said so already.
    """
    if one.state.is_lost:
        return
    if not one.record or not one.record.last_checked:
        yield problem("link-never-asked", one.place, url=url)
    elif days_between(one.record.last_checked, day) > RELEASE_DAYS:
        yield problem("link-not-asked", one.place, url=url, date=one.record.last_checked)


def people(book: Book, cited: AbstractSet[str]) -> Iterator[Problem]:
    """Yield lines of seen.yaml that nobody stands for, or that are of no use."""
    for line in book.seen:
        yield from date(line.date, line.where)
        if line.by not in book.ledger.people_by_id:
            yield problem("seen-person", line.where, id=line.by)
        if line.url not in cited:
            yield problem("seen-unused", line.where, url=line.url)


def _counts(one: LinkStatus, scope: Scope) -> bool:
    return bool(scope.release) or one.link.url in scope.touched


#: names that no public resolver answers for
RESERVED = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "invalid", "test", "onion")


def wrong_address(url: str) -> str:
    """Return why an address must not be cited, empty when nothing speaks against it."""
    if why := wrong_url(url):
        return why
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if why := wrong_host(host):
        return why
    return f"{followed[0]} in it only follows readers" if (followed := tracking(url)) else ""


def wrong_host(host: str) -> str:
    """Return why no page of the public internet can be at a host."""
    try:
        address = str(ip_address(host))
    except ValueError:
        if any(f".{host}".endswith(f".{name}") for name in RESERVED):
            return f"{host} is a name of one network or machine only"
        # browsers take 0177.0.0.1 and 2130706433 for an address
        return "its host is written as a number" if re.fullmatch(r"(?:.*\.)?(?:0x[0-9a-f]*|\d+)", host) else ""
    return f"{host}: {why}" if (why := why_not_public(address)) else ""
