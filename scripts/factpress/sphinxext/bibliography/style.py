"""The styles named `factpress`: the list of sources, and the citations in the prose.

`[12]`, `[12, 15]`, `[15, Art. III]` for `{cite:p}`; `Cha [12]` for `{cite:t}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from pybtex.database import Entry
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.template import node
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle
from sphinxcontrib.bibtex.style.template import reference

from factpress.sphinxext.bibliography.citation_domain import CitationDomain, use_sources, with_source
from factpress.sphinxext.bibliography.entry_text import source_paragraph, title_text


class FactpressStyle(BaseStyle):
    """Numbers the sources by who, title and date, and prints each as sentences."""

    def __init__(self, min_crossrefs: int = 2, **_: object) -> None:
        """Look up no plugins for names, labels and order: all three are here."""
        self.min_crossrefs = min_crossrefs

    def sort(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the entries by author, body or title, then by date."""
        return sorted(entries, key=lambda entry: with_source(entry).sort_key)

    def format_labels(self, sorted_entries: Sequence[Entry]) -> Iterator[str]:
        """Yield 1, 2, 3."""
        return (str(number) for number, _ in enumerate(sorted_entries, 1))

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        """Return the entry as one paragraph."""
        return FormattedEntry(entry.key, source_paragraph(with_source(entry).source), label)


@node  # type: ignore[untyped-decorator]
def _who(children: object, data: dict[str, Any]) -> Text:
    source = with_source(data["entry"]).source
    return Text(source.who) if source.who else title_text(source)


@node  # type: ignore[untyped-decorator]
def _year(children: object, data: dict[str, Any]) -> Text:
    return Text(with_source(data["entry"]).source.year or "n.d.")


class _Who(PersonStyle):
    """Names a source as our own records do: whole bodies, "et al.", the title where nobody signed."""

    def author_or_editor_or_title(self, full: bool) -> Any:
        """Return the template of the name."""
        return _who


@dataclass
class FactpressReferenceStyle(LabelReferenceStyle):
    """The label style, with names and years from our own records: the stock one reads only `year`."""

    person: PersonStyle = field(default_factory=_Who)

    def inner(self, role_name: str) -> Any:
        """Return the template of one citation."""
        return reference[_year] if role_name.startswith("year") else super().inner(role_name)


def register() -> None:
    """Make both styles known by name, and the backend that each citation asks for quick to find."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", "factpress", FactpressStyle, force=True)
    references = "sphinxcontrib.bibtex.style.referencing"
    sphinxcontrib.bibtex.plugin.register_plugin(references, "factpress", FactpressReferenceStyle, force=True)
    # For each citation all entry points of all distributions were read (about 4 ms); registered ones come first.
    plaintext = pybtex.plugin.find_plugin("pybtex.backends", "plaintext")
    pybtex.plugin.register_plugin("pybtex.backends", "plaintext", plaintext, force=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the styles, and our domain in the place of the stock one."""
    register()
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(CitationDomain, override=True)
    # after the book is read, before sphinxcontrib-bibtex reads the file, at 500
    app.connect("builder-inited", use_sources, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
