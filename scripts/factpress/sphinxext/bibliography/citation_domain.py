"""The bibliography's domain with an index, so that the cost of a citation does not grow with the book."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation

from factpress.sphinxext.context import build_state


class CitationDomain(BibtexDomain):
    """The bibliography's domain; the stock one walks all entries for each citation, and the other way round."""

    _by_key: dict[str, list[tuple[int, Citation]]] | None = None

    def env_updated(self) -> Iterable[str]:
        """Number the citations anew."""
        self._by_key = None
        return super().env_updated()

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: Any,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Return the citation's links, in order of their numbers."""
        everything = self.citations
        wanted = [t.key for t in parse_citation_targets(target)]
        found = sorted(hit for key in wanted for hit in self.index.get(key, ()))
        # The stock method looks through the list it is given; this hands it the few that the keys name.
        self.data["citations"] = [citation for _, citation in found]
        try:
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        finally:
            self.data["citations"] = everything

    @property
    def index(self) -> dict[str, list[tuple[int, Citation]]]:
        """Return each key's citations with their places in the list."""
        if self._by_key is None:
            self._by_key = {}
            for place, citation in enumerate(self.citations):
                self._by_key.setdefault(citation.key, []).append((place, citation))
        return self._by_key

    def get_filtered_entries(self, bibliography_key: BibliographyKey) -> Iterable[tuple[str, Any]]:
        """Return the entries of a list; "all" and "cited" need no look at each citation for each entry."""
        bibliography = self.bibliographies[bibliography_key]
        plain = ast.unparse(bibliography.filter_)
        if plain not in ("True", "cited"):
            yield from super().get_filtered_entries(bibliography_key)
            return
        cited = {target.key for ref in self.citation_refs for target in ref.targets} | evidence_of(self.env)
        for entry in self.get_entries(bibliography.bibfiles):
            key = bibliography.keyprefix + entry.key
            if plain == "True" or key in cited or entry.key in bibliography.keys:
                yield key, entry


def evidence_of(env: BuildEnvironment) -> set[str]:
    """Return the sources that findings and the study apparatus rest on: they lead to them, whoever else cites them."""
    state = build_state(env)
    if state is None:
        return set()
    book = state.context.book
    known = book.apparatus
    studied = {key for datum in known.data() for key in datum.sources}
    return set(book.ledger.by_source) | studied | {work.source for work in known.reading if work.source}
