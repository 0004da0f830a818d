"""The domain `fact`: it knows where claims and sources are used; the ledger knows what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment

from factpress.sphinxext.roles import ClaimRole, TermRole

ALSO_TITLE = "Also in the article"  #: of the box of claims that have no place in the story


class Use(NamedTuple):
    """One place in the prose that marks a claim or cites a source."""

    docname: str
    key: str  #: claim id or source key
    anchor: str  #: id of the paragraph, or of the citation where the paragraph has no number
    label: str  #: `3.12`, or empty where the paragraph has no number
    place: str = "the text"  #: what the place is called where it has no number


class Fill(NamedTuple):
    """A block of a document that is filled from the book's data."""

    kind: str  #: name of the directive
    words: tuple[str, ...]  #: what its argument lists


class Said(NamedTuple):
    """A numbered paragraph as it reads, for the index."""

    anchor: str
    label: str
    text: str


class FactDomain(Domain):
    """Where each document marks claims and terms and cites sources, in reading order."""

    name = "fact"
    label = "Claims"
    object_types = {"claim": ObjType("claim", "claim")}
    roles = {"claim": ClaimRole(), "term": TermRole()}
    # docname -> uses; only plain values, because this is pickled and deep-copied
    initial_data = {"marks": {}, "cites": {}, "terms": {}, "prose": {}, "fills": {}, "texts": {}, "refused": {}}
    data_version = 5

    @property
    def marks(self) -> dict[str, list[Use]]:
        """Return the claim marks of each document."""
        return self.data["marks"]

    @property
    def cites(self) -> dict[str, list[Use]]:
        """Return the citations of each document."""
        return self.data["cites"]

    @property
    def terms(self) -> dict[str, list[Use]]:
        """Return the terms of the glossary that each document marks."""
        return self.data["terms"]

    @property
    def prose(self) -> dict[str, list[Said]]:
        """Return the numbered paragraphs of each chapter."""
        return self.data["prose"]

    @property
    def fills(self) -> dict[str, list[Fill]]:
        """Return the blocks of each document that are filled from data."""
        return self.data["fills"]

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


def uses_in_order(table: dict[str, list[Use]], order: Iterable[str]) -> dict[str, list[Use]]:
    """Return uses by key, each list in reading order."""
    found: dict[str, list[Use]] = {}
    for docname in order:
        for use in table.get(docname, ()):
            found.setdefault(use.key, []).append(use)
    return found
