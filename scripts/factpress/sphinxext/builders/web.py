"""The web edition: what the templates of its pages are given, and the files that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from factpress.escaping import script_json
from factpress.files.atomic import write_atomically
from factpress.model.dates import in_words
from factpress.model.prose import chapter_number
from factpress.press.fonts import SERIF, write_font_faces
from factpress.settings import read_settings
from factpress.sphinxext.blocks.addresses import headings, report_address
from factpress.sphinxext.blocks.register import chapter_counts
from factpress.sphinxext.builders.export import claims_json, json_file_text, study_aids_json
from factpress.sphinxext.builders.linked_data import linked_data
from factpress.sphinxext.builders.page_head import description, groups, meta_tags, page_address, site_address
from factpress.sphinxext.builders.site_files import (
    LOST_PAGE,
    from_the_root,
    lost_page,
    write_card,
    write_inventory,
    write_site_files,
)
from factpress.sphinxext.context import BookContext, book_context

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
    """Writes the web site; its search index is the one of a clean build, whatever was edited before."""

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
        claims = book.of_document(pagename)
        template["headings"] = [heading for heading in headings(doctree) if heading.level > 1]
        template["chapter_counts"] = chapter_counts(book, claims) if claims else []
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
        yield from lost_page(book_context(app.env))


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write claims.json and apparatus.json beside the pages, for other tools; handler of `build-finished`."""
    if exception is None and isinstance(app.builder, WebBuilder):
        for name, data in (("claims", claims_json), ("apparatus", study_aids_json)):
            text = json_file_text(data(book_context(app.env), app.builder.get_target_uri))
            write_atomically(Path(app.outdir) / f"{name}.json", text)
        write_site_files(app.builder)
