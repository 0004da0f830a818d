"""The clean book in a folder of its own, built here edition by edition, and its pages as their readers get them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from cleanbook import copy_book, edit
from factpress.press.tagged_pdf.join import CROSS_PART_URI

BOTH = ("html", "epub")  #: the PDF is written as a whole
ALL = (*BOTH, "pdf")
SUFFIX = {"html": ".html", "epub": ".xhtml", "pdf": ".html"}
FOLDERS = {"_static", "_images", "fonts"}


@dataclass(frozen=True)
class Edition:
    """What one build wrote."""

    folder: Path
    kind: str
    read: frozenset[str]  #: documents that were read, not taken from the doctrees
    warnings: str

    def page(self, docname: str) -> Any:
        """Return a document's page; those of the PDF lie side by side."""
        return self.page_file(f"booklet/d-{docname.replace('/', '.')}" if self.kind == "pdf" else docname)

    def record(self, docname: str) -> Any:
        """Return a document's page in the record volume, or the same page as ever where there are no volumes."""
        return self.page_file(f"record/d-{docname.replace('/', '.')}") if self.kind == "pdf" else self.page(docname)

    def page_file(self, name: str) -> Any:
        """Return a file that was written, by its name without suffix."""
        # as HTML, so that the same XPath finds the same place in all editions
        return html.fromstring((self.folder / f"{name}{SUFFIX[self.kind]}").read_bytes())

    def link(self, docname: str, anchor: str) -> str:
        """Return how a page beside `docname` addresses an anchor of it."""
        return f"{CROSS_PART_URI}{anchor}" if self.kind == "pdf" else f"../{docname}{SUFFIX[self.kind]}#{anchor}"

    def files(self) -> dict[str, bytes]:
        """Return the pages and records written, by name, without what never depends on the book's text."""
        return {
            file.relative_to(self.folder).as_posix(): file.read_bytes()
            for file in sorted(self.folder.rglob("*"))
            if file.suffix in (".html", ".xhtml", ".json", ".opf", ".ncx")
            and not FOLDERS & set(file.relative_to(self.folder).parts)
        }


class Workshop:
    """One book and its output folders; all editions share the doctrees, as in `factpress build`."""

    def __init__(self, folder: Path, *, study: bool = False) -> None:
        self.root = folder / "book"
        if not self.root.exists():
            copy_book(self.root, study=study)
            # as in `factpress build`, which keeps here what it read
            (self.root / "build" / ".work").mkdir(parents=True)
        self.docs = self.root / "docs"
        self.out = folder / "out"

    def beside(self, name: str) -> Workshop:
        """Return the same book with output folders of its own."""
        other = Workshop(self.root.parent)
        other.out = self.root.parent / name
        return other

    def edit(self, file: str, old: str, new: str) -> None:
        edit(self.root, file, old, new)

    def write(self, file: str, text: str) -> None:
        (self.root / file).write_text(text, encoding="utf-8")

    def chapter(self, body: str, name: str = "01-building") -> None:
        """Put a text in the place of a chapter's narrative."""
        self.write(f"docs/chapters/{name}.md", f"# A chapter\n\n## A section\n\n{body}\n{ENTRIES}")

    def build(self, kind: str, jobs: int = 1, watch: Callable[[Sphinx], object] | None = None) -> Edition:
        """Build an edition; the PDF only as far as the page that is laid out."""
        told = StringIO()
        with (
            patch(
                "factpress.sphinxext.builders.pdf.print_volumes", lambda jobs, _: [j.out.write_bytes(b"") for j in jobs]
            ),
            patch("factpress.sphinxext.builders.pdf.WorkerPool"),  # nor are there parts to lay out
            # the faces take most of the time of a small build, and no test here looks at them
            patch("factpress.sphinxext.builders.pdf.write_font_faces", lambda *_, **__: ""),
            patch("factpress.sphinxext.builders.web.write_font_faces", lambda *_, **__: ""),
            patch_docutils(str(self.docs)),
            docutils_namespace(),
        ):
            app = Sphinx(
                self.docs, self.docs, self.out / kind, self.out / "doctrees", kind,
                status=None, warning=told, parallel=jobs,
            )  # fmt: skip
            read: set[str] = set()
            app.connect("source-read", lambda _app, docname, _source: read.add(docname))
            if watch:
                watch(app)
            app.build()
        return Edition(self.out / kind, kind, frozenset(read), told.getvalue())


def as_it_stands(workshop: Workshop, kind: str) -> Edition:
    return Edition(workshop.out / kind, kind, frozenset(), "")


def rewritten(workshop: Workshop, kinds: Sequence[str] = BOTH) -> dict[str, set[str]]:
    """Build, and return the pages whose text is another than before, by edition."""
    found = {}
    for kind in kinds:
        before = as_it_stands(workshop, kind).files()
        after = workshop.build(kind)
        assert after.warnings == ""
        changed = {
            name for name, text in after.files().items() if before.get(name) != text
        } | before.keys() - after.files()
        found[kind] = {name.rpartition(".")[0] for name in changed if name.endswith((".html", ".xhtml"))}
    return found


def shows(workshop: Workshop, words: str) -> dict[str, set[str]]:
    """Return the pages of each edition, as they stand, that hold these words."""
    found = {}
    for kind in ALL:
        files = as_it_stands(workshop, kind).files()
        pages = {name: text.decode() for name, text in files.items() if name.endswith((".html", ".xhtml"))}
        found[kind] = {name.rpartition(".")[0] for name, text in pages.items() if words in text}
    return found


def text_of(element: Any) -> str:
    """Return an element's text with white space folded."""
    return " ".join("".join(element.itertext()).split())


def has(name: str) -> str:
    """Return the XPath condition that an element has a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


ENTRIES = """
## What the sources say

:::{claim-entries}
:::
"""
