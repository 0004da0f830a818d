"""The web edition: what the templates of its pages are given, and the files that stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from factpress.files.atomic import write_atomically
from factpress.files.bibtex.csl import csl_json
from factpress.model.schema import claims_file_schema
from factpress.press.fonts import write_font_faces
from factpress.settings import read_settings
from factpress.sphinxext.blocks.editions import page_of
from factpress.sphinxext.blocks.register.counts import chapter_counts
from factpress.sphinxext.blocks.register.data_files import BIBTEX, CLAIMS, CSL, SCHEMA, STUDY, deck_name, has_cards
from factpress.sphinxext.blocks.register.filters import REGISTER
from factpress.sphinxext.builders.deck import deck_csv, deck_package, flash_cards
from factpress.sphinxext.builders.export import claims_json, json_file_text, site_address, study_aids_json
from factpress.sphinxext.builders.search_index import FILE as SEARCH
from factpress.sphinxext.builders.search_index import KINDS, search_records, search_script
from factpress.sphinxext.context import BookContext, book_context
from factpress.sphinxext.nodes import element


class WebBuilder(StandaloneHTMLBuilder):
    """Writes the web site; its search is our own, `search_index`, which finds places and not only pages."""

    search = False

    def init(self) -> None:
        """Write the faces."""
        super().init()
        write_fonts(Path(self.outdir), self.config.factpress_root)

    def init_js_files(self) -> None:
        """Take the scripts of the theme, and none of Sphinx's own, which serve its search."""
        self._js_files = []
        for name in self.config.html_js_files:
            self.add_js_file(
                *((name,) if isinstance(name, str) else name[:1]), **({} if isinstance(name, str) else name[1])
            )


def write_fonts(folder: Path, root: str) -> None:
    """Write the faces that pages are set in, and their style sheet, below an edition's folder; `root` is the book's."""
    extra = read_settings(Path(root)).faces if root else ()  # the context is not yet there
    static = folder / "_static"
    css = write_font_faces(static / "fonts", woff2=True, base_url="fonts/", extra=extra)
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
    template["find_kinds"] = [book.say(f"find-{kind}") for kind in KINDS]
    template["chapters"] = [
        (builder.get_relative_uri(pagename, doc), app.env.titles[doc].astext(), doc == pagename)
        for doc in book.order
        if doc != app.config.root_doc
    ]
    if pagename == "search":
        template["finding_aids"] = [
            (builder.get_relative_uri(pagename, doc), book.page_titles[doc]) for doc in _finding_aids(book)
        ]
    if doctree is not None:
        if pagename == book.bibliography or pagename in book.documents_with(REGISTER):
            app.add_js_file("filters.js")
        if pagename in book.documents_with("timeline"):
            app.add_js_file("timeline.js")
        claims = book.of_document(pagename)
        template["chapter_counts"] = _lines(chapter_counts(page_of(builder, pagename), claims)) if claims else []
        lead = next((p.astext() for p in doctree.findall(nodes.paragraph)), "")
        filled = pagename == app.config.root_doc  # the title page's first paragraph is not its own
        template["description"] = book.settings.subtitle if filled else " ".join(lead.split())[:160]


def _finding_aids(book: BookContext) -> list[str]:
    """Return the documents in which a reader finds places without a script."""
    found = [book.document_with(name) for name in ("book-index", REGISTER, "glossary-terms", "timeline")]
    return [doc for doc in (*found, book.bibliography) if doc]


def _lines(lines: Iterable[Iterable[nodes.Node]]) -> list[list[tuple[str, str]]]:
    """Return lines of words as a template takes them: words and where they lead, which may be nowhere."""
    return [
        [(node.astext(), node.get("refuri", "") if isinstance(node, element) else "") for node in line]
        for line in lines
    ]


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of the search; handler of `html-collect-pages`."""
    if isinstance(app.builder, WebBuilder):
        yield "search", {}, "search.html"


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the records of the search and the data beside the pages; handler of `build-finished`."""
    if exception is None and isinstance(app.builder, WebBuilder):
        for name, content in _data(book_context(app.env), app).items():
            write_atomically(Path(app.outdir) / name, content)


def _data(book: BookContext, app: Sphinx) -> dict[str, str | bytes]:
    """Return the files of data by name: claims, sources, study aids, cards."""
    uri, settings = app.builder.get_target_uri, book.settings
    sources, bibliography = book.book.sources, settings.root / "references.bib"
    files: dict[str, str | bytes] = {
        SEARCH: search_script(book, app.env, uri, search_records(book)),
        CLAIMS: json_file_text(claims_json(book, uri, site_address(settings, SCHEMA))),
        SCHEMA: claims_file_schema(site_address(settings, SCHEMA) if settings.site else ""),
        STUDY: json_file_text(study_aids_json(book, uri)),
        CSL: csl_json(sources.values()),
        **({BIBTEX: bibliography.read_bytes()} if bibliography.is_file() else {}),
    }
    if has_cards(book):
        cards = flash_cards(book)
        files |= {deck_name(settings, "apkg"): deck_package(book, cards), deck_name(settings, "csv"): deck_csv(cards)}
    return files
