"""What the editions show of the ledger: the book, its review states, and where each claim and source is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from sphinx.environment import BuildEnvironment

from factpress.files.book import read_book
from factpress.files.edition_date import edition_date
from factpress.files.figures_yaml import chapter_titles
from factpress.model.claim import Claim
from factpress.model.ledger import Book
from factpress.model.review import Review, reviews
from factpress.problems import Problem
from factpress.settings import Settings
from factpress.sphinxext.domain import FactDomain, Use, reading_order, uses_in_order


@dataclass(frozen=True)
class Facts:
    """Everything that pages are filled from; made once a build, after reading."""

    settings: Settings
    book: Book
    problems: tuple[Problem, ...]
    date: str  #: ISO date of the edition
    reviews: Mapping[str, Review]
    order: tuple[str, ...] = ()  #: documents in reading order
    marks: Mapping[str, list[Use]] = field(default_factory=dict)  #: by claim id
    cites: Mapping[str, list[Use]] = field(default_factory=dict)  #: by source key
    mark_ids: Mapping[tuple[str, int, str], str] = field(default_factory=dict)  #: document, place among its uses, claim
    fills: Mapping[str, list[str]] = field(default_factory=dict)  #: by document, what is filled in, and the ids named
    titles: Mapping[str, str] = field(default_factory=dict)  #: of chapters, by the names of their files
    page_titles: Mapping[str, str] = field(default_factory=dict)  #: of all documents

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Return all claims in id order."""
        return tuple(sorted(self.book.ledger.by_id.values(), key=lambda claim: (len(claim.id), claim.id)))

    def claim(self, claim_id: str) -> Claim | None:
        """Return a claim, or None if no ledger file has it."""
        return self.book.ledger.by_id.get(claim_id)

    @cached_property
    def _documents(self) -> Mapping[str, str]:
        return {PurePosixPath(doc).name: doc for doc in reversed(self.order)}

    def home(self, claim: Claim) -> str | None:
        """Return the document that holds a claim's full entry: the chapter named as its ledger file."""
        return self._documents.get(PurePosixPath(claim.where.file).stem)

    def of_document(self, docname: str) -> tuple[Claim, ...]:
        """Return the claims whose entries stand in a document."""
        return self.book.ledger.of_chapter(PurePosixPath(docname).name)

    def by_verdict(self) -> Counter[str]:
        """Return how many claims have each verdict; claims without a finding count as `unchecked`."""
        return Counter(str(claim.verdict or "unchecked") for claim in self.claims)

    def by_state(self) -> Counter[str]:
        """Return how many claims are in each review state."""
        return Counter(str(review.state) for review in self.reviews.values())


def load(settings: Settings) -> Facts:
    """Return the facts as the files have them, before any document is read."""
    book, problems = read_book(settings)
    date = edition_date(settings)
    found = reviews(book, settings.policy, date)
    return Facts(settings, book, tuple(problems), date, found, titles=chapter_titles(settings.docs))


def placed(facts: Facts, env: BuildEnvironment) -> Facts:
    """Return the facts with the places where claims and sources are used, once all documents are read."""
    domain = env.domains["fact"]
    assert isinstance(domain, FactDomain)
    order = reading_order(env)
    seen: Counter[str] = Counter()
    ids: dict[tuple[str, int, str], str] = {}
    marks: dict[str, list[Use]] = {}
    for docname in order:
        for nth, use in enumerate(domain.marks.get(docname, ())):
            seen[use.key] += 1
            ids[docname, nth, use.key] = mark_id = f"{use.key}-{seen[use.key]}"
            # where no paragraph has a number, the mark itself is the place
            marks.setdefault(use.key, []).append(use._replace(anchor=use.anchor or mark_id))
    return replace(
        facts, order=tuple(order), marks=marks, cites=uses_in_order(domain.cites, order), mark_ids=ids,
        fills=dict(domain.fills), page_titles={doc: env.titles[doc].astext() for doc in order},
    )  # fmt: skip


def loaded(env: BuildEnvironment) -> Facts:
    """Return the facts of this build."""
    return env.domains["fact"].facts  # type: ignore[attr-defined]  # hung on at builder-inited
