"""Checks of what the book cites against its bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.checks.claims import unknown_sources
from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.prose import Prose
from factpress.problems import Problem, problem


def check_citations(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield citations and evidence without an entry, and entries that nothing uses."""
    yield from unknown_sources(book)
    cited = [*((key, cite.where) for cite in prose.cites() for key in cite.keys), *book.study_aids.cited()]
    for key, where in cited:
        if key not in book.sources:
            yield problem("source-unknown", where, key=key, near=near_miss(key, book.sources))
    used = {key for key, _ in cited} | set(book.ledger.by_source)
    for key, source in book.sources.items():
        if key not in used:
            yield problem("source-unused", source.where, key=key)
