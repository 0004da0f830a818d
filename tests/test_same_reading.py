"""Chapters are read twice, for the checks without Sphinx and for the editions with it: both must see the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from cleanbook import copy_book, edit
from factpress.files.book import read_prose
from factpress.settings import read_settings
from factpress.sphinxext.bibliography.citation_domain import SourceEntry

MORE = """\
## More of it

> A quotation {cite:p}`holm1851`.

- a list {claim}`C006`

| a table |
|---|
| with a cell {claim}`C005` |

```{note}
A note {cite:p}`{see}brand1977{p. 1}, survey2001`.
```

% a comment

### Deeper

Counted too {cite:p}`holm1851`, and several {claim}`C001, C003`.

:::{also-in-article} C002 C004
:::

:::{claim:also-in-article} C005, C001
:::

{.connective}
And on.

## What the sources say

Not counted.
"""


@pytest.fixture
def app(tmp_path: Path) -> Sphinx:
    root = copy_book(tmp_path / "book")
    edit(root, "docs/chapters/02-today.md", "## What the sources say\n", MORE)
    docs, out = root / "docs", tmp_path / "out"
    with docutils_namespace():  # what Sphinx registers would meet the next application of this process
        app = Sphinx(docs, docs, out, out / "doctrees", "dummy", status=None, warning=None, freshenv=True)
        app.build()
    return app


def test_paragraphs_marks_and_citations_are_the_same(app: Sphinx) -> None:
    prose, problems = read_prose(read_settings(Path(app.srcdir).parent))
    domain = app.env.domains["claim"]
    assert not problems
    for chapter in prose.chapters:
        name = chapter.file.removeprefix("docs/").removesuffix(".md")
        assert len(domain.paragraphs[name]) == len(chapter.paragraphs)
        assert [use.key for use in domain.marks[name]] == [claim for m in chapter.marks for claim in m.claims]
        assert [use.key for use in domain.cites[name]] == [key for c in chapter.cites for key in c.keys]


def test_the_bibliography_is_read_once_and_its_sources_are_handed_on(app: Sphinx) -> None:
    domain = app.env.domains["cite"]
    [file] = domain.bibdata.bibfiles
    entries = domain.bibdata.data.entries
    assert file.name == "references.bib" and list(domain.bibdata.bibfiles[file].keys) == list(entries)
    assert all(isinstance(entry, SourceEntry) for entry in entries.values())
    assert domain.citations and all(citation.entry is entries[citation.entry.key] for citation in domain.citations)
