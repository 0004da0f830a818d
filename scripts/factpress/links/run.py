"""A run over links: asks those that are given, records what was seen, and loses nothing when it is killed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from factpress.files.link_record.lock import write_links
from factpress.links.http.fetcher import Fetcher
from factpress.links.http.redirects import Ask
from factpress.links.http.replies import Reply
from factpress.links.journal import Journal, with_noted
from factpress.links.page import classifier
from factpress.links.page.verdict import Look
from factpress.links.schedule.clock import Clock
from factpress.links.schedule.host_queues import Pace, host_of
from factpress.links.schedule.scheduler import Round
from factpress.links.visit import Means, look_at
from factpress.model.links.cited_link import CitedLink
from factpress.model.links.link_record import LinkKind, LinkRecord, Observation, QuoteState, State
from factpress.model.links.policy import after, is_due, never_checked

SHARED = "other sources' addresses redirect to the same page"


@dataclass(frozen=True, slots=True)
class Looked:
    """A link after a run."""

    link: CitedLink
    look: Look
    record: LinkRecord  #: as it is now, unchanged where the link was not asked


class Run:
    """One run over the links of a book: its record, its journal, and what it may use."""

    def __init__(
        self,
        lock: Path,
        recorded: Mapping[str, LinkRecord],
        journal: Journal,
        fetcher: Fetcher,
        pace: Pace,
        clock: Clock,
    ) -> None:
        """Take up what an earlier run noted and could not write into the record any more."""
        self._lock, self._journal, self._fetcher, self._pace, self._clock = lock, journal, fetcher, pace, clock
        self._today = clock.now().date().isoformat()
        self._written = dict(recorded)
        self.records = with_noted(recorded, journal.records())

    def due(self, links: Iterable[CitedLink]) -> list[CitedLink]:
        """Return the links whose time has come, those first that wait longest."""
        waiting = [link for link in links if is_due(self._before(link), self._today)]
        return sorted(waiting, key=lambda link: (self._before(link).last_checked, _shuffled(link.url, self._today)))

    def go(
        self, asked: Sequence[CitedLink], cited: Sequence[CitedLink], means: Means, told: Callable[[Looked], None]
    ) -> list[Looked]:
        """Return what was seen of the links asked, sorted, after the record of all that are cited was written.

        Stopped in the midst of it, the record is written all the same, and what stopped it goes on.
        """
        before = {link.url: self._before(link) for link in asked}
        looks: dict[str, Looked] = {}

        def keep(link: CitedLink, look: Look) -> None:
            record = before[link.url]
            if look.observation is not None:
                record = after(record, look.observation, self._today)
                self.records[link.url] = record
                self._journal.note(record)
            looks[link.url] = Looked(link, replace(look, text=""), record)
            told(looks[link.url])

        def hop(ask: Ask) -> Reply:
            return self._fetcher.hop(ask.url, ask.headers)

        try:
            visits = ((link, look_at(link, self.records.get(link.url), means)) for link in asked)
            Round(hop, self._pace, self._clock, keep).go(visits)
            for link in self._led_together(cited):
                record = self.records[link.url] = after(
                    self.records[link.url], _dead_end(self.records[link.url]), self._today
                )
                if link.url in looks:
                    looks[link.url] = Looked(link, Look(_dead_end(record)), record)
        finally:
            self._write(cited)
        return [looks[link.url] for link in sorted(asked, key=lambda link: link.url)]

    def _before(self, link: CitedLink) -> LinkRecord:
        return self.records.get(link.url) or never_checked(link.url, link.kind)

    def _led_together(self, cited: Iterable[CitedLink]) -> list[CitedLink]:
        """Return the links checked today that redirect to where those of other sources do: no page, a dead end."""
        led = [
            (link, record.final_url)
            for link in cited
            if (record := self.records.get(link.url)) and record.final_url and _led_away(record)
        ]
        dead_ends = classifier.shared_targets((link.url, target, link.sources) for link, target in led)
        return [
            link
            for link, target in led
            if target.partition("#")[0] in dead_ends and self.records[link.url].last_checked == self._today
        ]

    def _write(self, cited: Sequence[CitedLink]) -> None:
        known = {link.url for link in cited}
        kept = {url: record for url, record in self.records.items() if url in known}
        if kept != self._written:
            write_links(self._lock, kept.values())
        self._journal.clear()


def shard(links: Iterable[CitedLink], number: int, of: int) -> list[CitedLink]:
    """Return the links of every host that falls to machine `number`, counted from 1, of several."""
    return [link for link in links if int(_shuffled(host_of(link.url), "")[:8], 16) % of == number - 1]


def changed(now: Iterable[CitedLink], then: Iterable[CitedLink]) -> list[CitedLink]:
    """Return the links that were not cited before, or not for what they are cited for now."""
    known = {link.url: _asked_of(link) for link in then}
    return [link for link in now if known.get(link.url) != _asked_of(link)]


def _asked_of(link: CitedLink) -> object:
    quotes = {(quote.key, quote.before, quote.after) for quote in link.quotes}
    entries = [(e.key, sorted(e.fields.items()), sorted(e.names.items())) for e in link.entries]
    return (quotes, entries if link.kind is LinkKind.DOI else None)


def _dead_end(record: LinkRecord) -> Observation:
    return Observation(
        outcome=State.SOFT_404, http=record.http, final_url=record.final_url, permanent=bool(record.moved_since),
        title=record.title, etag=record.etag, quotes=dict.fromkeys(record.quotes, QuoteState.UNREAD), why=SHARED,
    )  # fmt: skip


def _led_away(record: LinkRecord) -> bool:
    found = {QuoteState.FOUND, QuoteState.MOVED} & set(record.quotes.values())
    return not found and record.state in (State.REDIRECTED, State.MOVED, State.SUSPECT, State.SOFT_404)


def _shuffled(text: str, seed: str) -> str:
    return hashlib.sha256(f"{seed} {text}".encode("utf-8", "replace")).hexdigest()
