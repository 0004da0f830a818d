"""The offline gate of cited links: what is recorded decides, and no connection is made (policy in the handbook).

A link that went bad by itself does not fail a change that does not touch it: that is a warning. It is an error if the
change touches what cites the link, or if the book is to be released.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from factpress.checks.claims import check_iso_date
from factpress.files.bibtex.values import url_fault
from factpress.model.book import Book
from factpress.model.dates import days_between
from factpress.model.links.addresses import tracking_parameters, why_not_public
from factpress.model.links.cited import source_addresses
from factpress.model.links.copying import copying_kind
from factpress.model.links.policy import MOVED_DAYS, RELEASE_DAYS
from factpress.model.links.state import LinkRecord, QuoteState, State
from factpress.model.links.status import LinkStatus, link_statuses
from factpress.model.place import Place
from factpress.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class GateScope:
    """The links whose recorded state fails the gate."""

    touched: frozenset[str] = frozenset()  #: addresses whose entry or evidence the change touches
    release: str = ""  #: ISO day of a release, for which every link counts; empty otherwise


EVERY_DAY = GateScope()


def check_links(book: Book, scope: GateScope = EVERY_DAY) -> Iterator[Problem]:
    """Yield what is wrong with the addresses that the book cites, and with seen.yaml."""
    statuses = link_statuses(book)
    for url, status in statuses.items():
        yield from check_address(status, statuses.keys(), scope)
        yield from check_copying_host(status)
        yield from check_seen(status)
        yield from check_quotes(status, scope)
        if status.record:
            yield from check_record(status, status.record, scope)
        if scope.release and book.links:
            yield from check_recency(url, status, scope.release)
    if scope.release and not book.links:
        yield problem("links-never-asked", Place("docs/claims/links.lock.json"), count=len(statuses))
    yield from check_pages_seen(book, statuses.keys())


def check_address(status: LinkStatus, cited: AbstractSet[str], scope: GateScope) -> Iterator[Problem]:
    """Yield an address that is malformed, private, follows readers, or has an `https` twin."""
    url = status.link.url
    if why := address_fault(url):
        yield problem("link-address", status.place, url=url, why=why)
    twin = f"https{url.removeprefix('http')}"
    if not url.startswith("http:"):
        return
    if twin in cited:
        yield problem("link-http", status.place, url=url)
    elif status.record and status.record.final_url == twin:
        if _counts(status, scope):
            yield problem("link-http", status.place, url=url)
        elif not status.record.moved_since:  # a permanent redirect is reported by `check_record`
            yield problem("link-rotten", status.place, url=url, why="the same page answers at https")


def check_copying_host(status: LinkStatus) -> Iterator[Problem]:
    """Yield addresses at a copying host that an edition would link to; evidence may name such a host as seen."""
    url = status.link.url
    if kind := copying_kind(url):
        own = [
            source.place(name) for source in status.link.entries for name, at in source_addresses(source) if at == url
        ]
        archived = [item.where for item in status.link.evidence if item.archived == url]
        for where in (*own, *archived):
            yield problem("copying-host", where, url=url, kind=kind)


def check_seen(status: LinkStatus) -> Iterator[Problem]:
    """Yield a problem if no record, dated evidence or person says that the page was ever seen."""
    if not status.is_seen:
        yield problem("link-unseen", status.place, url=status.link.url)


def check_quotes(status: LinkStatus, scope: GateScope) -> Iterator[Problem]:
    """Yield quotes that are not on their page, and quotes that neither machine nor person has read there."""
    for quote in status.link.quotes:
        state = status.quote_state(quote.key)
        values = {"url": status.link.url, "id": quote.claim_id}
        if state is QuoteState.MISSING and status.record:
            code = "quote-missing" if _counts(status, scope) else "quote-rotten"
            yield problem(code, quote.where, date=status.record.last_checked, **values)
        elif state is QuoteState.UNREAD and not quote.was_read and not status.person_found_quote(quote.key):
            yield problem("quote-unread", quote.where, **values)


def check_record(status: LinkStatus, record: LinkRecord, scope: GateScope) -> Iterator[Problem]:
    """Yield problems of the recorded state of a link, and permanent redirects that our files do not follow yet."""
    url = status.link.url
    if why := record.state.row.refused:
        yield problem("link-lost" if _counts(status, scope) else "link-rotten", status.place, url=url, why=why)
    elif record.state is State.SOFT_404:
        yield problem("link-soft-404", status.place, url=url, date=record.last_checked)
    elif record.state is State.RETRACTED:
        yield problem("link-retracted", status.place, url=url)
    elif status.waits_for_a_person:
        yield problem("link-seen-long-ago", status.place, url=url, state=record.state, date=record.since)
    if record.moved_since and record.final_url and not record.state.is_lost:
        late = days_between(record.moved_since, record.last_checked) > MOVED_DAYS
        values = {"url": url, "date": record.moved_since, "to": record.final_url}
        yield problem("link-moved" if late else "link-moved-lately", status.place, **values)


def check_recency(url: str, status: LinkStatus, day: str) -> Iterator[Problem]:
    """Yield a problem if a link was not requested in the last `RELEASE_DAYS` before `day`; lost pages are left out.

    A link that was never requested was seen by somebody, or `check_seen` has reported it.
    """
    if status.state.is_lost:
        return
    if not status.record or not status.record.last_checked:
        yield problem("link-never-asked", status.place, url=url)
    elif days_between(status.record.last_checked, day) > RELEASE_DAYS:
        yield problem("link-not-asked", status.place, url=url, date=status.record.last_checked)


def check_pages_seen(book: Book, cited: AbstractSet[str]) -> Iterator[Problem]:
    """Yield lines of seen.yaml by an unknown person, or on an address that the book does not cite."""
    for line in book.seen:
        yield from check_iso_date(line.date, line.where)
        if line.by not in book.ledger.people_by_id:
            yield problem("seen-person", line.where, id=line.by)
        if line.url not in cited:
            yield problem("seen-unused", line.where, url=line.url)


def _counts(status: LinkStatus, scope: GateScope) -> bool:
    return bool(scope.release) or status.link.url in scope.touched


#: top-level names that the public DNS does not have
RESERVED = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "invalid", "test", "onion")


def address_fault(url: str) -> str:
    """Return why an address must not be cited, empty when it may."""
    if why := url_fault(url):
        return why
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if why := host_fault(host):
        return why
    return f"{parameters[0]} in it only follows readers" if (parameters := tracking_parameters(url)) else ""


def host_fault(host: str) -> str:
    """Return why no page of the public internet can be at a host."""
    try:
        address = str(ip_address(host))
    except ValueError:
        if any(f".{host}".endswith(f".{name}") for name in RESERVED):
            return f"{host} is a name of one network or machine only"
        # browsers take 0177.0.0.1 and 2130706433 for an address
        return "its host is written as a number" if re.fullmatch(r"(?:.*\.)?(?:0x[0-9a-f]*|\d+)", host) else ""
    return f"{host}: {why}" if (why := why_not_public(address)) else ""
