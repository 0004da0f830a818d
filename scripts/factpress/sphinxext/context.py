"""What the editions show of the ledger: the book, its review states, and where each claim and source is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from sphinx.environment import BuildEnvironment

from factpress.files.book import read_book
from factpress.files.edition_date import edition_date
from factpress.files.figures import chapter_titles
from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.links.status import LinkStatus, link_statuses
from factpress.model.review import Review, reviews
from factpress.model.study.aids import Event, IndexTerm, Question, Term, finder
from factpress.problems import Problem
from factpress.settings import Settings
from factpress.sphinxext.domain import FactDomain, Fill, Said, Use, reading_order, uses_in_order

#: the block that shows each datum of the study aids that no subject brings
SHOWN_BY: Mapping[type, str] = {
    Event: "timeline",
    Term: "glossary-terms",
    Question: "answers",
}

ENTRIES = "claim-entries"  #: the block of the full entries


@dataclass(frozen=True)
class Facts:
    """Everything that pages are filled from; made once a build, after reading."""

    settings: Settings
    book: Book
    problems: tuple[Problem, ...]
    date: str  #: ISO date of the edition
    reviews: Mapping[str, Review]
    is_book: bool = True  #: not another project with a ledger
    order: tuple[str, ...] = ()  #: documents in reading order
    marks: Mapping[str, list[Use]] = field(default_factory=dict)  #: by claim id
    cites: Mapping[str, list[Use]] = field(default_factory=dict)  #: by source key
    mark_ids: Mapping[tuple[str, int, str], str] = field(default_factory=dict)  #: document, place among its uses, claim
    terms: Mapping[str, list[Use]] = field(default_factory=dict)  #: first use in each document, by term id
    prose: Mapping[str, list[Said]] = field(default_factory=dict)  #: numbered paragraphs, by document
    fills: Mapping[str, list[Fill]] = field(default_factory=dict)  #: blocks filled from data, by document
    titles: Mapping[str, str] = field(default_factory=dict)  #: of chapters, by the names of their files
    page_titles: Mapping[str, str] = field(default_factory=dict)  #: of all documents
    listed: Mapping[str, tuple[str, str]] = field(default_factory=dict)  #: document and id of each source, by its key
    labels: Mapping[str, str] = field(default_factory=dict)  #: number in the list of sources, by source key

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Return all claims in id order."""
        return tuple(sorted(self.book.ledger.by_id.values(), key=lambda claim: (len(claim.id), claim.id)))

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Return the key of each source by its id."""
        return {source.anchor: key for key, source in self.book.sources.items()}

    @cached_property
    def links(self) -> Mapping[str, LinkStatus]:
        """Return how each cited link stands, by its address."""
        return link_statuses(self.book)

    def claim(self, claim_id: str) -> Claim | None:
        """Return a claim, or None if no ledger file has it."""
        return self.book.ledger.by_id.get(claim_id)

    @cached_property
    def _documents(self) -> Mapping[str, str]:
        return {PurePosixPath(doc).name: doc for doc in reversed(self.order)}

    def home(self, claim: Claim) -> str | None:
        """Return the document that holds a claim's full entry: the one named as its ledger file, if any is."""
        named = self.document(PurePosixPath(claim.where.file).stem)
        if self.is_book or (named and named in self.documents_with(ENTRIES)):
            return named
        return self._home_of_others

    @cached_property
    def _home_of_others(self) -> str | None:
        """Return the document of another project that has the entries of the claims whose file names none."""
        stems = {PurePosixPath(claim.where.file).stem for claim in self.claims}
        return next((doc for doc in self.documents_with(ENTRIES) if PurePosixPath(doc).name not in stems), None)

    def document(self, name: str) -> str | None:
        """Return the document whose file has this name."""
        return self._documents.get(name)

    def documents_with(self, kind: str) -> list[str]:
        """Return the documents that have a block of this kind, in reading order."""
        return [doc for doc, fills in self.fills.items() if any(fill.kind == kind for fill in fills)]

    def box_of(self, docname: str, claim_id: str) -> str:
        """Return the id of the first box of a document that sets a claim beside the sources, empty where none does."""
        boxes = [fill.words for fill in self.fills.get(docname, ()) if fill.kind == "article-said"]
        return next((f"box-{n}" for n, shown in enumerate(boxes, 1) if claim_id in shown), "")

    def document_with(self, kind: str) -> str | None:
        """Return the first document that has a block of this kind."""
        return next(iter(self.documents_with(kind)), None)

    @cached_property
    def shown_in(self) -> Mapping[str, list[str]]:
        """Return the documents of the study aids that name each source, by its key."""
        known = self.book.study_aids
        named = [
            (subject.shown_by, datum.sources)
            for subject in self.book.subjects
            for datum in known.subjects[subject.name].data()
        ]
        named += [(block, datum.sources) for datum in known.own_data() for block in [_shown_by(datum)]]
        named += [("reading-list", (work.source,)) for work in known.reading if work.source]
        found: dict[str, list[str]] = {}
        for kind, keys in named:
            place = self.document_with(kind)
            for key in keys if place else ():
                found.setdefault(key, []).append(place or "")
        return {key: [doc for doc in self.order if doc in docs] for key, docs in found.items()}

    @cached_property
    def index_by_id(self) -> Mapping[str, IndexTerm]:
        """Return the entries of the index by id."""
        return {term.id: term for term in self.book.study_aids.index_terms}

    @cached_property
    def hits(self) -> Mapping[str, list[Use]]:
        """Return the paragraphs that each entry of the index leads to."""
        paragraphs = [(doc, said) for doc, prose in self.prose.items() for said in prose]
        found = {}
        for term in self.book.study_aids.index_terms:
            pattern, openings = finder(term.forms), [_opening(form) for form in term.forms]
            found[term.id] = [
                Use(doc, term.id, said.anchor, said.label)
                for doc, said in paragraphs
                # most paragraphs are passed over by the first half, which is by far the quicker
                if any(opening in said.text for opening in openings) and pattern.search(said.text)
            ]
        return found

    def of_document(self, docname: str) -> tuple[Claim, ...]:
        """Return the claims whose entries stand in a document."""
        if not self.is_book:
            return tuple(claim for claim in self.claims if self.home(claim) == docname)
        return self.book.ledger.of_chapter(PurePosixPath(docname).name)

    def by_verdict(self) -> Counter[str]:
        """Return how many claims have each verdict; claims without a finding count as `unchecked`."""
        return Counter(str(claim.verdict or "unchecked") for claim in self.claims)

    def by_state(self) -> Counter[str]:
        """Return how many claims are in each review state."""
        return Counter(str(review.state) for review in self.reviews.values())


def _shown_by(datum: object) -> str:
    return next(block for kind, block in SHOWN_BY.items() if isinstance(datum, kind))


def _opening(form: str) -> str:
    """Return what stands in a text wherever a form does: its first word up to an apostrophe, without its capital."""
    return re.split(r"['’\s]", form)[0][1:]


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
    cited = env.domains["cite"].data["citations"]
    return replace(
        facts,
        order=tuple(order),
        marks=marks,
        cites=uses_in_order(domain.cites, order),
        mark_ids=ids,
        terms=_first_uses(facts, domain, order),
        prose={doc: domain.prose[doc] for doc in order if doc in domain.prose},
        fills={doc: domain.fills[doc] for doc in order if doc in domain.fills},
        page_titles={doc: env.titles[doc].astext() for doc in order},
        labels={one.key: one.formatted_entry.label for one in cited},
        listed={one.key: (one.bibliography_key.docname, one.citation_id) for one in cited},
    )


def _first_uses(facts: Facts, domain: FactDomain, order: Iterable[str]) -> dict[str, list[Use]]:
    found: dict[str, dict[str, Use]] = {}
    for docname in order:
        for use in domain.terms.get(docname, ()):
            if term := facts.book.study_aids.term(use.key):
                found.setdefault(term.id, {}).setdefault(docname, use)
    return {term: list(uses.values()) for term, uses in found.items()}


def loaded(env: BuildEnvironment) -> Facts:
    """Return the facts of this build."""
    return env.domains["fact"].facts  # type: ignore[attr-defined]  # hung on at builder-inited
