"""Archived copies of pages: searched before a link is called gone, accepted only if they have the quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, urlencode

from factpress.links.http.redirects import Request, RequestSteps, follow_redirects
from factpress.links.http.replies import Reply, Response
from factpress.links.page.verdict import judge_reply
from factpress.links.registries.services import Services
from factpress.model.book import Book
from factpress.model.links.cited import CitedLink, evidence_page
from factpress.model.links.state import Archive, QuoteState, State

_SNAPSHOT = re.compile(r"(/web/)(\d{4,14})(?:[a-z]{2}_)?/")
MAX_SNAPSHOTS = 3  #: snapshots that are read at most


def find_archived_copy(
    link: CitedLink, services: Services, from_book: Sequence[str] = ()
) -> RequestSteps[Archive | None]:
    """Return a copy that has every quote, or None if none was found.

    Asked in turn are the copies that the book names, the snapshot nearest to the day on which the page was seen, the
    index of snapshots, and another archive where one is set. An archive that refuses says nothing of the page.
    """
    tried: set[str] = set()
    for address in from_book:
        tried.add(address)
        if copy := (yield from _read_copy(link, address)):
            return copy
    day = min((date.replace("-", "") for date, *_ in link.seen if re.fullmatch(r"\d{4}-\d\d-\d\d", date)), default="")
    for search in (_nearest, _indexed, _memento):
        for address in (yield from search(link.url, day, services)):
            if address not in tried and len(tried) < MAX_SNAPSHOTS + len(from_book):
                tried.add(address)
                if copy := (yield from _read_copy(link, address)):
                    return copy
    return None


def archived_copies_in_book(book: Book) -> dict[str, tuple[str, ...]]:
    """Return the archived copies that ledger and bibliography give, by the address that was archived."""
    copies_by_url: dict[str, list[str]] = {}
    for source in book.sources.values():
        copies_by_url.setdefault(source.get("url"), []).append(source.get("archived"))
    for _, item in book.ledger.evidence():
        copies_by_url.setdefault(evidence_page(item, book.sources.get(item.source)), []).append(item.archived or "")
    kept = {url: tuple(dict.fromkeys(filter(None, copies))) for url, copies in copies_by_url.items() if url}
    return {url: copies for url, copies in kept.items() if copies}


def _read_copy(link: CitedLink, address: str) -> RequestSteps[Archive | None]:
    """Return a copy if every quote is in it, or, where nothing is quoted, if it can be read at all."""
    # in this form a snapshot comes without the archive's own banner
    reply = yield from follow_redirects(Request(_SNAPSHOT.sub(r"\1\2id_/", address, count=1)))
    if not isinstance(reply, Response) or reply.status != 200:
        return None
    result = judge_reply(link, reply)
    seen = result.observation
    if seen is None or seen.outcome not in (State.OK, State.REDIRECTED, State.MOVED):
        return None
    has_quotes = all(state in (QuoteState.FOUND, QuoteState.MOVED) for state in seen.quotes.values())
    return Archive(address, seen.quotes) if has_quotes else None


def _nearest(url: str, day: str, services: Services) -> RequestSteps[Sequence[str]]:
    if not services.archive:
        return []
    query = urlencode({"url": url, **({"timestamp": day} if day else {})})
    data = _data((yield from follow_redirects(Request(f"{services.archive}/wayback/available?{query}"))))
    closest = data.get("archived_snapshots", {}) if isinstance(data, dict) else {}
    closest = closest.get("closest") if isinstance(closest, dict) else None
    time = str(closest.get("timestamp", "")) if isinstance(closest, dict) and closest.get("available") else ""
    return [_snapshot(services, time, url)] if re.fullmatch(r"\d{4,14}", time) else []


def _indexed(url: str, day: str, services: Services) -> RequestSteps[Sequence[str]]:
    if not services.snapshots:
        return []
    asked = {"url": url, "output": "json", "filter": "statuscode:200", "limit": "3"}
    query = urlencode(asked | ({"closest": day, "sort": "closest"} if day else {}))
    data = _data((yield from follow_redirects(Request(f"{services.snapshots}/cdx/search/cdx?{query}"))))
    return [_snapshot(services, time, url) for time in _times(data)]


def _times(data: Any) -> Iterator[str]:
    rows = data if isinstance(data, list) else []
    if rows and isinstance(rows[0], list) and "timestamp" in rows[0]:
        column = rows[0].index("timestamp")
        for row in rows[1:]:
            if isinstance(row, list) and len(row) > column and re.fullmatch(r"\d{4,14}", str(row[column])):
                yield str(row[column])


def _memento(url: str, day: str, services: Services) -> RequestSteps[Sequence[str]]:
    if not services.timegate:
        return []
    headers = {"Accept-Datetime": _http_date(day)} if day else {}
    reply = yield from follow_redirects(Request(f"{services.timegate}/{quote(url, safe=':/?&=%#')}", headers=headers))
    return [reply.redirects[-1].url] if isinstance(reply, Response) and reply.status == 200 and reply.redirects else []


def _http_date(day: str) -> str:
    return format_datetime(datetime(int(day[:4]), int(day[4:6]), int(day[6:8]), tzinfo=UTC), usegmt=True)


def _snapshot(services: Services, time: str, url: str) -> str:
    return f"{services.snapshots}/web/{time}/{url}"


def _data(reply: Reply) -> Any:
    return reply.data if isinstance(reply, Response) and reply.status == 200 else None
