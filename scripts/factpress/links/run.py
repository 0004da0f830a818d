"""A run over links: checks those that are given and records the results, which survive a kill."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from factpress.files.book import read_book
from factpress.files.link_record.lock import LOCK_NAME, write_lock
from factpress.links import journal, soft404
from factpress.links.http.fetcher import Fetcher, ReadLimits, user_agent
from factpress.links.http.guard import AllowedHost, Guard, Lookup
from factpress.links.http.redirects import Request
from factpress.links.http.replies import Reply
from factpress.links.page import classifier
from factpress.links.page.verdict import CheckResult
from factpress.links.registries.archives import archived_copies_in_book
from factpress.links.registries.services import Services
from factpress.links.schedule import Clock, RateLimits, Scheduler, SystemClock, request_host, with_service_intervals
from factpress.links.visit import VisitContext, check_link
from factpress.model.book import Book
from factpress.model.links.cited import CitedLink, cited_links
from factpress.model.links.policy import is_due, record_after, unchecked_record
from factpress.model.links.state import LinkKind, LinkRecord, Observation, QuoteState, State
from factpress.problems import BookError, UsageError
from factpress.settings import Settings

SHARED_TARGET = "other sources' addresses redirect to the same page"


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A link after a run."""

    link: CitedLink
    result: CheckResult
    record: LinkRecord  #: as it is now, unchanged where the link was not asked


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line, or a test, may set; the rest comes from the book."""

    rates: RateLimits = field(default_factory=RateLimits)
    services: Services = field(default_factory=Services)
    allowed: Sequence[AllowedHost] = ()  #: hosts of tests on this machine
    limits: ReadLimits = field(default_factory=ReadLimits)
    clock: Clock = field(default_factory=SystemClock)
    lookup: Lookup | None = None
    on_result: Callable[[CheckedLink], None] = lambda _: None  #: called with every checked link, in this thread


class LinkRun:
    """One run over the links of a book, with its record and its journal."""

    def __init__(
        self,
        book: Book,
        lock: Path,
        noted: journal.Journal,
        fetcher: Fetcher,
        context: VisitContext,
        options: RunOptions,
    ) -> None:
        """Merge the journal of an earlier run that could not write the record."""
        self.links = cited_links(book)
        self._lock, self._journal, self._fetcher, self._context, self._options = lock, noted, fetcher, context, options
        self._today = options.clock.now().date().isoformat()
        self._written = dict(book.links)
        self.records = journal.merge_journal(book.links, noted.records())

    def due(self) -> list[CitedLink]:
        """Return the links that are due, the longest unchecked first."""
        waiting = [link for link in self.links if is_due(self._before(link), self._today)]
        return sorted(waiting, key=lambda link: (self._before(link).last_checked, _shuffled(link.url, self._today)))

    def named(self, urls: Iterable[str]) -> list[CitedLink]:
        """Return the links with these addresses.

        Raises:
            UsageError: the book does not cite one of them.
        """
        return named_links(self.links, urls)

    def check(self, links: Sequence[CitedLink]) -> list[CheckedLink]:
        """Return the results of checking these links, sorted by address, after the record was written.

        An exception, an interrupt too, passes through after the record was written.
        """
        before = {link.url: self._before(link) for link in links}
        checked: dict[str, CheckedLink] = {}

        def keep(link: CitedLink, result: CheckResult) -> None:
            record = before[link.url]
            if result.observation is not None:
                record = record_after(record, result.observation, self._today)
                self.records[link.url] = record
                self._journal.add(record)
            checked[link.url] = CheckedLink(link, replace(result, text=""), record)
            self._options.on_result(checked[link.url])

        def send(request: Request) -> Reply:
            return self._fetcher.get(request.url, request.headers)

        try:
            visits = ((link, check_link(link, self.records.get(link.url), self._context)) for link in links)
            Scheduler(send, self._options.rates, self._options.clock, keep).run(visits)
            for link in self._redirected_together():
                record = self.records[link.url] = record_after(
                    self.records[link.url], _dead_end(self.records[link.url]), self._today
                )
                if link.url in checked:
                    checked[link.url] = CheckedLink(link, CheckResult(_dead_end(record)), record)
        finally:
            self._write()
        return [checked[link.url] for link in sorted(links, key=lambda link: link.url)]

    def _before(self, link: CitedLink) -> LinkRecord:
        return self.records.get(link.url) or unchecked_record(link.url, link.kind)

    def _redirected_together(self) -> list[CitedLink]:
        """Return the links checked today that redirect to the same address as links of other sources: a dead end."""
        redirected = [
            (link, record.final_url)
            for link in self.links
            if (record := self.records.get(link.url)) and record.final_url and _without_its_quote(record)
        ]
        dead_ends = classifier.shared_targets((link.url, target, link.sources) for link, target in redirected)
        return [
            link
            for link, target in redirected
            if target.partition("#")[0] in dead_ends and self.records[link.url].last_checked == self._today
        ]

    def _write(self) -> None:
        cited = {link.url for link in self.links}
        kept = {url: record for url, record in self.records.items() if url in cited}
        if kept != self._written:
            write_lock(self._lock, kept.values())
        self._journal.clear()


@contextmanager
def open_run(settings: Settings, options: RunOptions) -> Iterator[LinkRun]:
    """Read the book and its record, and keep other runs out until the end of the block.

    Raises:
        BookError: a part of the book cannot be read; with half a bibliography, half of the record would be lost.
        FileError: another run over this book is under way.
    """
    book, problems = read_book(settings)
    if unread := [problem for problem in problems if problem.is_error]:
        raise BookError(unread)
    with journal.run_lock(settings.work / "links.run"):
        guard = Guard(options.allowed, options.lookup, urlsplit(options.services.doi).hostname or "")
        fetcher = Fetcher(guard, agent=user_agent(settings.site or settings.repository), limits=options.limits)
        options = replace(options, rates=with_service_intervals(options.rates, options.services.intervals))
        probe = soft404.read_probe(settings.work / soft404.PROBE_NAME, options.clock.now().date())
        context = VisitContext(probe, options.services, options.rates.retry_delay, archived_copies_in_book(book))
        noted = journal.Journal(settings.work / journal.JOURNAL_NAME)
        lock = settings.docs / "claims" / LOCK_NAME
        yield LinkRun(book, lock, noted, fetcher, context, options)
        soft404.write_probe(settings.work / soft404.PROBE_NAME, probe)


def named_links(links: Sequence[CitedLink], urls: Iterable[str]) -> list[CitedLink]:
    """Return the links with these addresses.

    Raises:
        UsageError: the book does not cite one of them.
    """
    cited = {link.url: link for link in links}
    for url in urls:
        if url not in cited:
            raise UsageError(f"The book does not cite {url!r}.", "Write it as it stands in the bibliography or ledger.")
    return [cited[url] for url in dict.fromkeys(urls)]


def links_of_shard(links: Iterable[CitedLink], number: int, of: int) -> list[CitedLink]:
    """Return the links of every host that belongs to shard `number`, counted from 1, of `of` shards."""
    return [link for link in links if int(_shuffled(request_host(link.url), "")[:8], 16) % of == number - 1]


def links_to_ask_again(now: Iterable[CitedLink], then: Iterable[CitedLink]) -> list[CitedLink]:
    """Return the links that were not cited before, or whose page must hold other words now.

    Fewer than `cited.touched_links`: after a change of what the evidence says, the same words are on the page.
    """
    before = {link.url: _needed_of(link) for link in then}
    return [link for link in now if before.get(link.url) != _needed_of(link)]


def _needed_of(link: CitedLink) -> object:
    quotes = {(quote.key, quote.before, quote.after) for quote in link.quotes}
    entries = [(e.key, sorted(e.fields.items()), sorted(e.names.items())) for e in link.entries]
    return (quotes, entries if link.kind is LinkKind.DOI else None)


def _dead_end(record: LinkRecord) -> Observation:
    return Observation(
        outcome=State.SOFT_404, http=record.http, final_url=record.final_url, permanent=bool(record.moved_since),
        title=record.title, etag=record.etag, quotes=dict.fromkeys(record.quotes, QuoteState.UNREAD), why=SHARED_TARGET,
    )  # fmt: skip


def _without_its_quote(record: LinkRecord) -> bool:
    found = {QuoteState.FOUND, QuoteState.MOVED} & set(record.quotes.values())
    return not found and record.state in (State.REDIRECTED, State.MOVED, State.SUSPECT, State.SOFT_404)


def _shuffled(text: str, seed: str) -> str:
    return hashlib.sha256(f"{seed} {text}".encode("utf-8", "replace")).hexdigest()
