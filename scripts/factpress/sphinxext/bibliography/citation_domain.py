"""The bibliography's domain: it takes the entries of a book as they were read, and keeps an index of citations.

Both the stock parser and the stock domain are left out of the way in a book: the file is read once, by
`files.bibtex.parse`, and the cost of a citation does not grow with the book.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from pybtex.database import BibliographyData, Entry, Person
from pybtex.plugin import find_plugin
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.style.referencing import format_references
from sphinxcontrib.bibtex.style.template import SphinxReferenceInfo

from factpress.collation import collation_key
from factpress.files.bibtex.parse import entry_source
from factpress.model.book import Book
from factpress.model.source import Name, Source
from factpress.sphinxext.context import build_state

logger = logging.getLogger(__name__)


class SourceEntry(Entry):
    """The parser's entry for a source of ours, which goes with it."""

    def __init__(self, source: Source, language: str = "en") -> None:
        """Take over what `:filter:` of a bibliography may ask for; `language` is that of the list."""
        persons = {role: [_person(name) for name in names] for role, names in source.names.items()}
        super().__init__(source.type, dict(source.fields), persons)
        self.key = source.key
        self.source = source
        self.language = language

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Return the place in the list of sources: by who, or else title; then by date, title and key."""
        who, date, title = self.source.sort_texts
        names = tuple(collation_key(name, self.language) for name in who)
        return names, date, collation_key(title, self.language), self.key


def with_source(entry: Entry, language: str = "en") -> SourceEntry:
    """Return an entry with its source, which is made of what the stock parser read where there is none yet."""
    return entry if isinstance(entry, SourceEntry) else SourceEntry(entry_source(entry), language)


def _person(name: Name) -> Person:
    if name.literal:
        return Person(last=f"{{{name.literal}}}")
    return Person(first=name.given, prelast=name.prefix, last=name.family, lineage=name.suffix)


def use_sources(app: Sphinx) -> None:
    """Give the domain the book's sources in the place of what it would read; handler of `builder-inited`.

    Before that of sphinxcontrib-bibtex, which reads no file that it takes for read.
    """
    book = book_of_environment(app.env)
    files = [(Path(app.confdir) / file).resolve() for file in app.config.bibtex_bibfiles or ()]
    if book is None or files != [Path(app.config.factpress_root).resolve() / "references.bib"]:
        return
    entries = {key: SourceEntry(source, app.config.language) for key, source in book.sources.items()}
    file = BibFile(get_mtime(files[0]), dict.fromkeys(entries))
    data = BibData(app.config.bibtex_encoding, {files[0]: file}, BibliographyData(entries))
    app.env.domains["cite"].data["bibdata"] = data


class CitationDomain(BibtexDomain):
    """The bibliography's domain; the stock one walks all entries for each citation, and the other way round."""

    _by_key: dict[str, list[tuple[int, Citation]]] | None = None

    def env_updated(self) -> Iterable[str]:
        """Number the citations anew."""
        self._by_key = None
        return super().env_updated()

    def get_entries(self, bibfiles: list[Path]) -> Iterable[SourceEntry]:
        """Yield the entries of these files, each with its source."""
        for entry in super().get_entries(bibfiles):
            yield with_source(entry, self.env.config.language)

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
        """Return the links of a citation, in order of their numbers; as the stock method, but by the index."""
        targets = {citation_target.key: citation_target for citation_target in parse_citation_targets(target)}
        cited = []
        for key in targets:
            hits = [hit for hit in self.index.get(key, ()) if self._is_list(hit[1])]
            # a list on the same page comes first
            local = [hit for hit in hits if hit[1].bibliography_key.docname == fromdocname]
            if not hits:
                missing = 'could not find bibtex key "%s"'
                logger.warning(missing, key, location=node, type="bibtex", subtype="key_not_found")
            cited += (local or hits)[-1:]
        references = []
        for _, citation in sorted(cited, key=lambda hit: hit[0]):
            citation_target = targets[citation.key]
            info = SphinxReferenceInfo(
                builder=builder,
                fromdocname=fromdocname,
                todocname=citation.bibliography_key.docname,
                citation_id=citation.citation_id,
                title=_tooltip(citation),
                pre_text=citation_target.pre,
                post_text=citation_target.post,
            )
            references.append((citation.entry, citation.formatted_entry, info))
        links = format_references(self.reference_style, typ, references).render(self.backend)
        return nodes.inline(target, "", *links, classes=["bibtex-citation"])

    def _is_list(self, citation: Citation) -> bool:
        return bool(self.bibliographies[citation.bibliography_key].list_ == "citation")

    @property
    def index(self) -> dict[str, list[tuple[int, Citation]]]:
        """Return each key's citations with their places in the list."""
        if self._by_key is None:
            self._by_key = {}
            for place, citation in enumerate(self.citations):
                self._by_key.setdefault(citation.key, []).append((place, citation))
        return self._by_key

    def get_filtered_entries(self, bibliography_key: BibliographyKey) -> Iterable[tuple[str, Any]]:
        """Return the entries of a list; "all" and "cited" skip the stock comparison of every entry and citation."""
        bibliography = self.bibliographies[bibliography_key]
        plain = ast.unparse(bibliography.filter_)
        if plain not in ("True", "cited"):
            yield from super().get_filtered_entries(bibliography_key)
            return
        cited = {target.key for ref in self.citation_refs for target in ref.targets} | sources_of_findings(self.env)
        for entry in self.get_entries(bibliography.bibfiles):
            key = bibliography.keyprefix + entry.key
            if plain == "True" or key in cited or entry.key in bibliography.keys:
                yield key, entry


def _tooltip(citation: Citation) -> str | None:
    if citation.tooltip_entry is None:
        return None
    text = citation.tooltip_entry.text.render(find_plugin("pybtex.backends", "plaintext")())
    return str(text).replace("\\url ", "")


def book_of_environment(env: BuildEnvironment) -> Book | None:
    """Return the book of a build, None in a project without one."""
    state = build_state(env)
    return state.context.book if state else None


def sources_of_findings(env: BuildEnvironment) -> set[str]:
    """Return the sources of findings and study aids, which link to them in addition to the citations in the prose."""
    book = book_of_environment(env)
    if book is None:
        return set()
    aids = book.study_aids
    studied = {key for datum in aids.data() for key in datum.sources} | {
        work.source for work in aids.reading if work.source
    }
    return set(book.ledger.by_source) | studied
