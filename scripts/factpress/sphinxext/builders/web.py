"""The web edition: what the templates of its pages are given, and the files that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from factpress.escaping import script_json
from factpress.files.atomic import write_atomically
from factpress.files.bibtex.csl import csl_json
from factpress.model.dates import in_words
from factpress.model.prose import chapter_number
from factpress.model.schema import claims_file_schema
from factpress.press.fonts import SERIF, write_font_faces
from factpress.settings import read_settings
from factpress.sphinxext.blocks.addresses import headings, report_address
from factpress.sphinxext.blocks.editions import page_of
from factpress.sphinxext.blocks.register.counts import chapter_counts
from factpress.sphinxext.blocks.register.data_files import BIBTEX, CLAIMS, CSL, SCHEMA, STUDY, deck_name, has_cards
from factpress.sphinxext.blocks.register.downloads import LINE
from factpress.sphinxext.blocks.register.filters import REGISTER
from factpress.sphinxext.builders.deck import deck_csv, deck_package, flash_cards
from factpress.sphinxext.builders.export import claims_json, json_file_text, published_address, study_aids_json
from factpress.sphinxext.builders.linked_data import linked_data
from factpress.sphinxext.builders.page_head import description, groups, meta_tags, page_address, site_address
from factpress.sphinxext.builders.search_index import FILE as SEARCH
from factpress.sphinxext.builders.search_index import KINDS, search_records, search_script
from factpress.sphinxext.builders.site_files import (
    LOST_PAGE,
    from_the_root,
    lost_page,
    write_card,
    write_inventory,
    write_site_files,
)
from factpress.sphinxext.context import BookContext, book_context
from factpress.sphinxext.nodes import element

#: in the style sheet of the faces: a file that first screens are set in, and that of italics
FIRST_FACE = re.compile(r'font-weight:(\d+);[^}]*font-display:optional;src:url\("([^"]+)"')
ITALIC_FACE = re.compile(rf'font-family:"{SERIF}";font-weight:400;font-style:italic;[^}}]*url\("([^"]+)"')
NUMERAL = "300"  #: weight of a chapter's numeral
#: sentences that scripts say
SCRIPT_WORDS = (
    "cite", "paragraph", "copied", "copy-failed", "copy-title", "copy-address", "copy-cite", "copy-bibtex", "copy-csl",
    "address", "close", "scheme-auto", "scheme-light", "scheme-dark",
)  # fmt: skip


class WebBuilder(StandaloneHTMLBuilder):
    """Writes the web site; its search is our own, `search_index`, which finds places and not only pages."""

    search = False

    faces: Sequence[str] = ()  #: files of the faces that every page begins with, from the folder of the site
    card: str = ""  #: file of the picture that is shown where a page is shared
    chapter_faces: Sequence[str] = ()  #: those that a chapter has in addition

    def init(self) -> None:
        """Write the faces."""
        super().init()
        css = write_fonts(Path(self.outdir), self.config.factpress_root, online=True)
        first = dict.fromkeys(FIRST_FACE.findall(css))
        self.faces = list(dict.fromkeys(f"_static/{url}" for weight, url in first if weight != NUMERAL))
        more = [*(url for weight, url in first if weight == NUMERAL), *ITALIC_FACE.findall(css)[:1]]
        self.chapter_faces = [f"_static/{url}" for url in more]

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Draw the picture that pages name before they are written."""
        super().prepare_writing(docnames)
        self.card = write_card(self)

    def dump_inventory(self) -> None:
        """Write objects.inv, in which claims, paragraphs, terms and sources can be referred to."""
        write_inventory(self, Path(self.outdir) / "objects.inv")

    def init_js_files(self) -> None:
        """Take the scripts of the theme, and none of Sphinx's own, which serve its search."""
        self._js_files = []
        for name in self.config.html_js_files:
            self.add_js_file(
                *((name,) if isinstance(name, str) else name[:1]), **({} if isinstance(name, str) else name[1])
            )


ORDER = "web-pages.txt"  #: beside the doctrees: the pages in reading order, for what is put into them at the end


def write_fonts(folder: Path, root: str, *, online: bool = False) -> str:
    """Write the faces that pages are set in, and their style sheet, below an edition's folder; `root` is the book's.

    `online`: as light as a site needs them, and without a change of face while somebody reads. Returns the sheet.
    """
    extra = read_settings(Path(root)).faces if root else ()  # the context is not yet there
    static = folder / "_static"
    css = write_font_faces(static / "fonts", woff2=True, base_url="fonts/", extra=extra, online=online)
    write_atomically(static / "faces.css", css)
    return css


def page_context(
    app: Sphinx, pagename: str, templatename: str, template: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page what stands around its text and in its head; handler of `html-page-context`."""
    builder = app.builder
    if not isinstance(builder, WebBuilder):
        return
    book = book_context(app.env)
    if pagename == LOST_PAGE:
        from_the_root(book, template)
        template["pageurl"] = None  # it has no address of its own
    say, settings, pathto = book.say, book.settings, template["pathto"]
    template["say"] = say
    template["downloads_line"] = LINE
    template["find_kinds"] = [say(f"find-{kind}") for kind in KINDS]
    if pagename == "search":
        template["finding_aids"] = [(pathto(doc), book.page_titles[doc]) for doc in _finding_aids(book)]
    template["settings"] = settings
    template["groups"] = [
        (say(f"web-{name}"), [(pathto(doc), app.env.titles[doc].astext(), doc == pagename) for doc in docs])
        for name, docs in groups(book).items()
        if docs
    ]
    template["report_uri"] = report_address(
        settings.contact, say("report-subject", place=_plain_title(template), title=settings.title)
    )
    template["metatags"] = ""  # docutils writes the viewport, which the theme has too
    template["script_data"] = script_json(_script_data(book, pagename))
    template["faces"] = [*builder.faces, *(builder.chapter_faces if chapter_number(pagename) is not None else ())]
    if doctree is not None:
        if pagename == book.bibliography or pagename in book.documents_with(REGISTER):
            app.add_js_file("filters.js")
        if pagename in book.documents_with("timeline"):
            app.add_js_file("timeline.js")
        claims = book.of_document(pagename)
        template["headings"] = [heading for heading in headings(doctree) if heading.level > 1]
        template["chapter_counts"] = _lines(chapter_counts(page_of(builder, pagename), claims)) if claims else []
        about = description(book, pagename, doctree)
        template["description"] = about
        title = settings.title if pagename == app.config.root_doc else _plain_title(template)
        template["meta_tags"] = meta_tags(book, pagename, title, about, builder.card)
        data = linked_data(book, pagename, builder.card)
        template["linked_data"] = script_json(data) if data else ""
        if pagename == app.config.root_doc and settings.site:
            template["pageurl"] = site_address(book)


def _plain_title(template: dict[str, Any]) -> str:
    """Return a page's title without markup; Sphinx hands it over as HTML."""
    return unescape(re.sub(r"<[^>]*>", "", str(template.get("title", ""))))


def _script_data(context: BookContext, pagename: str) -> dict[str, object]:
    """Return what scripts say, and of the book what a citation of one of its places needs."""
    settings, say = context.settings, context.say
    words = {name: say.table[f"script-{name}"] for name in SCRIPT_WORDS}
    book = {
        "name": settings.name,
        "title": settings.title,
        "publisher": settings.publisher,
        "language": settings.language,
        "date": context.date,
        "edition": in_words(context.date),
        "page": page_address(context, pagename) if settings.site and pagename in context.order else "",
        "chapter": chapter_number(pagename),
    }
    return {"say": words, "book": {name: value for name, value in book.items() if value not in ("", None)}}


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield pages that no document stands for; handler of `html-collect-pages`."""
    if isinstance(app.builder, WebBuilder):
        yield "search", {}, "search.html"
        yield from lost_page(book_context(app.env))


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


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the records of the search and the data beside the pages; handler of `build-finished`."""
    if exception is None and isinstance(app.builder, WebBuilder):
        order = [app.builder.get_target_uri(doc) for doc in book_context(app.env).order]
        write_atomically(Path(app.doctreedir) / ORDER, "\n".join(order))
        for name, content in _data(book_context(app.env), app).items():
            write_atomically(Path(app.outdir) / name, content)
        write_site_files(app.builder)


def _data(book: BookContext, app: Sphinx) -> dict[str, str | bytes]:
    """Return the files of data by name: claims, sources, study aids, cards."""
    uri, settings = app.builder.get_target_uri, book.settings
    sources, bibliography = book.book.sources, settings.root / "references.bib"
    files: dict[str, str | bytes] = {
        SEARCH: search_script(book, app.env, uri, search_records(book)),
        CLAIMS: json_file_text(claims_json(book, uri, published_address(settings, SCHEMA))),
        SCHEMA: claims_file_schema(published_address(settings, SCHEMA) if settings.site else ""),
        STUDY: json_file_text(study_aids_json(book, uri)),
        CSL: csl_json(sources.values()),
        **({BIBTEX: bibliography.read_bytes()} if bibliography.is_file() else {}),
    }
    if has_cards(book):
        cards = flash_cards(book)
        files |= {deck_name(settings, "apkg"): deck_package(book, cards), deck_name(settings, "csv"): deck_csv(cards)}
    return files
