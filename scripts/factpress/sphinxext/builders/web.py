"""The web edition: what the templates of its pages are given, and the files that stand beside them."""

from __future__ import annotations

from collections.abc import Container, Set
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from factpress.files.atomic import write_atomically
from factpress.press.fonts import write_font_faces
from factpress.settings import read_settings
from factpress.sphinxext.blocks.register import chapter_counts
from factpress.sphinxext.builders.export import claims_json, json_file_text, study_aids_json
from factpress.sphinxext.context import book_context


class WebBuilder(StandaloneHTMLBuilder):
    """Writes the web site; its search index is the one of a clean build, whatever was edited before."""

    def init(self) -> None:
        """Write the faces."""
        super().init()
        write_fonts(Path(self.outdir), self.config.factpress_root)

    def load_indexer(self, docnames: Set[str]) -> None:
        """Load the index of the last build without what only the documents to be written, or removed ones, had."""
        super().load_indexer(docnames)
        if (index := self.indexer) is None:
            return
        # Sphinx takes the documents away from their words, titles and objects, and keeps words that none has
        for words in (index._mapping, index._title_mapping):
            for word in [word for word, documents in words.items() if not documents]:
                del words[word]
        for document in index._index_entries.keys() - index._titles.keys():
            del index._index_entries[document]
        index._objtypes.clear()
        index._objnames.clear()


ORDER = "web-pages.txt"  #: beside the doctrees: the pages in reading order, for what is put into them at the end


def write_fonts(folder: Path, root: str, without: Container[int] = ()) -> None:
    """Write the faces of pages, but for weights that they do `without`, and their style sheet; `root` is the book's."""
    extra = read_settings(Path(root)).faces if root else ()  # the context is not yet there
    static = folder / "_static"
    css = write_font_faces(static / "fonts", woff2=True, base_url="fonts/", extra=extra, without=without)
    write_atomically(static / "faces.css", css)


def page_context(
    app: Sphinx, pagename: str, templatename: str, template: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page its chapter list, its counts and a description; handler of `html-page-context`."""
    builder = app.builder
    if not isinstance(builder, WebBuilder):
        return
    book = book_context(app.env)
    template["say"] = book.say
    template["chapters"] = [
        (builder.get_relative_uri(pagename, doc), app.env.titles[doc].astext(), doc == pagename)
        for doc in book.order
        if doc != app.config.root_doc
    ]
    if doctree is not None:
        claims = book.of_document(pagename)
        template["chapter_counts"] = chapter_counts(book, claims) if claims else []
        lead = next((p.astext() for p in doctree.findall(nodes.paragraph)), "")
        filled = pagename == app.config.root_doc  # the title page's first paragraph is not its own
        template["description"] = book.settings.subtitle if filled else " ".join(lead.split())[:160]


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write claims.json and apparatus.json beside the pages, for other tools; handler of `build-finished`."""
    if exception is None and isinstance(app.builder, WebBuilder):
        order = [app.builder.get_target_uri(doc) for doc in book_context(app.env).order]
        write_atomically(Path(app.doctreedir) / ORDER, "\n".join(order))
        for name, data in (("claims", claims_json), ("apparatus", study_aids_json)):
            text = json_file_text(data(book_context(app.env), app.builder.get_target_uri))
            write_atomically(Path(app.outdir) / f"{name}.json", text)
