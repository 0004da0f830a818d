"""The domain `claim`: it knows where claims and sources are used; the ledger knows what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment

from factpress.problems import Problem


class Reference(NamedTuple):
    """One place in the prose that marks a claim or cites a source."""

    docname: str
    key: str  #: claim id or source key
    anchor: str  #: id of the paragraph, or of the citation where the paragraph has no number
    label: str  #: `3.12`, or empty where the paragraph has no number
    in_box: bool = False  #: whether it stands in the box of claims that have no place in the story


class BlockUse(NamedTuple):
    """A place in a document where a block stands, filled from the book's data."""

    name: str  #: of the directive
    words: tuple[str, ...]  #: what its argument lists
    anchor: str = ""  #: id of the block, where others lead to it
    first_mark: int = 0  #: place of its first mark among those of the document, for a block whose lines are marks


class NumberedParagraph(NamedTuple):
    """A numbered paragraph as it reads, for the index."""

    anchor: str
    label: str
    text: str


class SectionText(NamedTuple):
    """What a section says itself, without its numbered paragraphs and what is filled in, for the search."""

    anchor: str  #: id of the section
    heading: str
    text: str


class ClaimDomain(Domain):
    """Where each document marks claims and terms and cites sources, in reading order."""

    name = "claim"
    label = "Claims"
    object_types = {"claim": ObjType("claim", "claim")}
    # docname -> uses; only plain values, because this is pickled and deep-copied
    initial_data = {
        "marks": {},
        "cites": {},
        "terms": {},
        "paragraphs": {},
        "section_texts": {},
        "block_uses": {},
        "texts": {},
        "refused": {},
    }
    data_version = 7

    @property
    def marks(self) -> dict[str, list[Reference]]:
        """Return the claim marks of each document."""
        return self.data["marks"]

    @property
    def cites(self) -> dict[str, list[Reference]]:
        """Return the citations of each document."""
        return self.data["cites"]

    @property
    def terms(self) -> dict[str, list[Reference]]:
        """Return the terms of the glossary that each document marks."""
        return self.data["terms"]

    @property
    def paragraphs(self) -> dict[str, list[NumberedParagraph]]:
        """Return the numbered paragraphs of each chapter."""
        return self.data["paragraphs"]

    @property
    def section_texts(self) -> dict[str, list[SectionText]]:
        """Return what the sections of each document say beside their numbered paragraphs."""
        return self.data["section_texts"]

    @property
    def block_uses(self) -> dict[str, list[BlockUse]]:
        """Return the blocks of each document that are filled from data."""
        return self.data["block_uses"]

    @property
    def texts(self) -> dict[str, str]:
        """Return a digest of the source of each document, as it was read."""
        return self.data["texts"]

    @property
    def refused(self) -> dict[str, list[Problem]]:
        """Return what each page of a book holds that it may not, and so shows as text."""
        return self.data["refused"]

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is read again or gone."""
        for table in self.data.values():
            if isinstance(table, dict):
                table.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found in its documents."""
        for name, table in otherdata.items():
            if isinstance(table, dict):
                self.data[name].update({doc: uses for doc, uses in table.items() if doc in docnames})

    def resolve_any_xref(self, *_: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: no claim is the target of a link of Markdown, which asks every domain."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield nothing: a claim's entry is filled in after reading, and `objects.inv` lists what was read."""
        yield from ()


def reading_order(env: BuildEnvironment) -> list[str]:
    """Return all documents: first along the toctrees, then the rest by name."""
    relations = env.collect_relations()
    order: list[str] = []
    docname: str | None = env.config.root_doc
    while docname is not None and docname not in order:
        order.append(docname)
        docname = relations[docname][2] if docname in relations else None
    return [*order, *sorted(env.found_docs - set(order))]


def uses_in_order(table: dict[str, list[Reference]], order: Iterable[str]) -> dict[str, list[Reference]]:
    """Return uses by key, each list in reading order."""
    by_key: dict[str, list[Reference]] = {}
    for docname in order:
        for use in table.get(docname, ()):
            by_key.setdefault(use.key, []).append(use)
    return by_key


def claim_domain(env: BuildEnvironment) -> ClaimDomain:
    """Return the domain of a build's environment."""
    domain = env.domains["claim"]
    assert isinstance(domain, ClaimDomain)
    return domain
