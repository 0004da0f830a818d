"""What the editions show of the book: its records, their review states, and where each claim and source is used.

Made once for each application and kept beside its environment, which Sphinx pickles, never on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

from factpress.files.book import read_book
from factpress.files.edition_date import edition_date
from factpress.files.figures import chapter_titles
from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.links.status import LinkStatus, link_statuses
from factpress.model.prose import ARTICLE_SAID
from factpress.model.review import Review, reviews_by_claim
from factpress.model.study.records import IndexTerm, Reading, forms_pattern
from factpress.problems import Problem
from factpress.settings import Settings
from factpress.sphinxext.domain import (
    BlockUse,
    ClaimDomain,
    NumberedParagraph,
    Reference,
    SectionText,
    claim_domain,
    reading_order,
    uses_in_order,
)
from factpress.sphinxext.language_of_parts import PassageLanguages
from factpress.sphinxext.wording import Wording

if TYPE_CHECKING:
    from factpress.sphinxext.blocks.registry import Block

ENTRIES = "claim-entries"  #: the block of the full entries


Found = TypeVar("Found")


@dataclass(frozen=True)
class BookContext:
    """Everything that pages are filled from; made once a build, after reading."""

    settings: Settings
    book: Book
    problems: tuple[Problem, ...]
    date: str  #: ISO date of the edition
    reviews: Mapping[str, Review]
    blocks: Mapping[str, Block]  #: by the name of the directive
    is_book: bool = True  #: not another project with a ledger
    order: tuple[str, ...] = ()  #: documents in reading order
    marks: Mapping[str, list[Reference]] = field(default_factory=dict)  #: by claim id
    cites: Mapping[str, list[Reference]] = field(default_factory=dict)  #: by source key
    mark_ids: Mapping[tuple[str, int, str], str] = field(default_factory=dict)  #: document, place among its uses, claim
    terms: Mapping[str, list[Reference]] = field(default_factory=dict)  #: first use in each document, by term id
    paragraphs: Mapping[str, list[NumberedParagraph]] = field(default_factory=dict)  #: by document
    section_texts: Mapping[str, list[SectionText]] = field(default_factory=dict)  #: by document
    block_uses: Mapping[str, list[BlockUse]] = field(default_factory=dict)  #: blocks filled from data, by document
    titles: Mapping[str, str] = field(default_factory=dict)  #: of chapters, by the names of their files
    page_titles: Mapping[str, str] = field(default_factory=dict)  #: of all documents
    listed: Mapping[str, tuple[str, str]] = field(default_factory=dict)  #: document and id of each source, by its key
    labels: Mapping[str, str] = field(default_factory=dict)  #: number in the list of sources, by source key
    bibliography: str | None = None  #: the document that holds the list of sources
    #: what is the same on all pages and takes long to find, by its name; nothing is taken over by a changed copy
    _found: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """Return what is found once for all pages of a build."""
        if name not in self._found:
            self._found[name] = find()
        found: Found = self._found[name]
        return found

    @cached_property
    def say(self) -> Wording:
        """Return the sentences of the book's language, its subjects' too."""
        tables = [resolve_name(subject.wording) for subject in self.book.subjects if subject.wording]
        return Wording(self.settings.language, tables)

    @cached_property
    def languages(self) -> PassageLanguages:
        """Return what the book has in other languages than its own."""
        return PassageLanguages(self.book, self.settings.language)

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
        """Return the status of each cited link, by address."""
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

    def documents_with(self, block: str) -> list[str]:
        """Return the documents that have a block of this name, in reading order."""
        return [doc for doc, uses in self.block_uses.items() if any(use.name == block for use in uses)]

    def document_with(self, block: str) -> str | None:
        """Return the first document that has a block of this name."""
        return next(iter(self.documents_with(block)), None)

    def box_of(self, docname: str, claim_id: str) -> str:
        """Return the id of the first box of a document that sets a claim beside the sources, empty where none does."""
        boxes = [use for use in self.block_uses.get(docname, ()) if use.name == ARTICLE_SAID]
        return next((box.anchor for box in boxes if claim_id in box.words), "")

    @cached_property
    def shown_in(self) -> Mapping[str, list[str]]:
        """Return the documents of the study aids that name each source, by its key."""
        aids = self.book.study_aids
        named: list[tuple[str, Sequence[str]]] = [
            (subject.shown_by, datum.sources)
            for subject in self.book.subjects
            for datum in aids.subjects[subject.name].data()
        ]
        for block in self.blocks.values():
            named += [(block.name, datum.sources) for datum in aids.own_data() if isinstance(datum, block.records)]
            if Reading in block.records:
                named += [(block.name, (work.source,)) for work in aids.reading if work.source]
        documents: dict[str, list[str]] = {}
        for name, keys in named:
            place = self.document_with(name)
            for key in keys if place else ():
                documents.setdefault(key, []).append(place or "")
        return {key: [doc for doc in self.order if doc in docs] for key, docs in documents.items()}

    @cached_property
    def index_by_id(self) -> Mapping[str, IndexTerm]:
        """Return the entries of the index by id."""
        return {term.id: term for term in self.book.study_aids.index_terms}

    @cached_property
    def index_places(self) -> Mapping[str, list[Reference]]:
        """Return the paragraphs that each entry of the index leads to."""
        paragraphs = [(doc, paragraph) for doc, listed in self.paragraphs.items() for paragraph in listed]
        places = {}
        for term in self.book.study_aids.index_terms:
            pattern, openings = forms_pattern(term.forms), [_opening(form) for form in term.forms]
            places[term.id] = [
                Reference(doc, term.id, paragraph.anchor, paragraph.label)
                for doc, paragraph in paragraphs
                # most paragraphs are passed over by the first half, which is by far the quicker
                if any(opening in paragraph.text for opening in openings) and pattern.search(paragraph.text)
            ]
        return places

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


def _opening(form: str) -> str:
    """Return what every text with a form of a term has: its first word up to an apostrophe, without its capital."""
    return re.split(r"['’\s]", form)[0][1:]


def load_context(settings: Settings, blocks: Mapping[str, Block]) -> BookContext:
    """Return the context as the files have it, before any document is read."""
    book, problems = read_book(settings)
    date = edition_date(settings)
    states = reviews_by_claim(book, settings.policy, date)
    return BookContext(settings, book, tuple(problems), date, states, blocks, titles=chapter_titles(settings.docs))


def with_locations(context: BookContext, env: BuildEnvironment) -> BookContext:
    """Return the context with the places where claims and sources are used, once all documents are read."""
    domain, cite = claim_domain(env), cite_domain(env)
    order = reading_order(env)
    seen: Counter[str] = Counter()
    ids: dict[tuple[str, int, str], str] = {}
    marks: dict[str, list[Reference]] = {}
    for docname in order:
        for nth, use in enumerate(domain.marks.get(docname, ())):
            seen[use.key] += 1
            ids[docname, nth, use.key] = mark_id = f"{use.key}-{seen[use.key]}"
            # where no paragraph has a number, the mark itself is the place
            marks.setdefault(use.key, []).append(use._replace(anchor=use.anchor or mark_id))
    return replace(
        context,
        order=tuple(order),
        marks=marks,
        cites=uses_in_order(domain.cites, order),
        mark_ids=ids,
        terms=_first_uses(context, domain, order),
        paragraphs={doc: domain.paragraphs[doc] for doc in order if doc in domain.paragraphs},
        section_texts={doc: domain.section_texts[doc] for doc in order if doc in domain.section_texts},
        block_uses={doc: domain.block_uses[doc] for doc in order if doc in domain.block_uses},
        page_titles={doc: env.titles[doc].astext() for doc in order},
        labels={citation.key: citation.formatted_entry.label for citation in cite.citations},
        listed={citation.key: (citation.bibliography_key.docname, citation.citation_id) for citation in cite.citations},
        bibliography=next((key.docname for key in cite.bibliographies), None),
    )


def _first_uses(context: BookContext, domain: ClaimDomain, order: Iterable[str]) -> dict[str, list[Reference]]:
    first: dict[str, dict[str, Reference]] = {}
    for docname in order:
        for use in domain.terms.get(docname, ()):
            if term := context.book.study_aids.term(use.key):
                first.setdefault(term.id, {}).setdefault(docname, use)
    return {term: list(uses.values()) for term, uses in first.items()}


def cite_domain(env: BuildEnvironment) -> BibtexDomain:
    """Return the bibliography's domain: its citations, lists and parsed files."""
    domain = env.domains["cite"]
    assert isinstance(domain, BibtexDomain)
    return domain


@dataclass
class BuildState:
    """What one application knows beside its environment."""

    context: BookContext
    #: digest of what each document shows, once they are made
    page_digests: Mapping[str, str] | None = None
    #: blocks rendered for their digest and not yet put into a page, by document and use
    rendered: dict[tuple[str, BlockUse], list[list[nodes.Node]]] = field(default_factory=dict)


_STATES: WeakKeyDictionary[BuildEnvironment, BuildState] = WeakKeyDictionary()


def set_context(env: BuildEnvironment, context: BookContext) -> None:
    """Keep the context of an application, and forget what was made with an older one."""
    _STATES[env] = BuildState(context)


def build_state(env: BuildEnvironment) -> BuildState | None:
    """Return what an application knows; None before it has read the book, and in a project without one."""
    return _STATES.get(env)


def book_context(env: BuildEnvironment) -> BookContext:
    """Return the context of this build."""
    return _STATES[env].context
