"""The Sphinx builder `pdf`: light pages of its own markup, one a document, laid out by WeasyPrint and joined."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Set
from pathlib import Path

from docutils import nodes
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.display import progress_message
from sphinx.util.docutils import new_document

from factpress.files.atomic import write_atomically
from factpress.model.dates import in_words
from factpress.model.prose import chapter_number
from factpress.press.fonts import write_font_faces
from factpress.press.layout.book import book_to_pdf
from factpress.press.layout.cache import Part
from factpress.press.layout.part_layout import BookStyle
from factpress.press.layout.workers import WorkerPool
from factpress.press.qr_codes import load_cache, save_cache
from factpress.problems import BookError
from factpress.sphinxext import log
from factpress.sphinxext.blocks.footnotes import set_at_foot, words_of_title
from factpress.sphinxext.blocks.title_page import about_the_book
from factpress.sphinxext.builders.export import attachments
from factpress.sphinxext.builders.join_documents import join_documents, mark_cross_part_links
from factpress.sphinxext.builders.source_location import located_in_source
from factpress.sphinxext.context import BookContext, book_context
from factpress.sphinxext.nodes import element, link, make

THEME = Path(__file__).parents[1] / "themes" / "factpress_print"
#: an address in running text, without the punctuation that follows it
ADDRESS = re.compile(r"((?:[a-z][a-z+.-]*://|\bwww\.)[^\s<>\u201c\u201d]*[^\s<>\u201c\u201d.,;:!?’)\]])")
DEEPEST = 3  #: level of the headings that the contents list
STYLE, LARGE_PRINT = THEME / "book.css", THEME / "large-print.css"


class PdfBuilder(SingleFileHTMLBuilder):
    """Writes NAME.pdf; the web theme has no part in it."""

    name = "pdf"
    epilog = "The PDF is in %(outdir)s."
    search = False
    download_support = False  # a file beside the book has no place in it: its words are shown
    add_permalinks = False

    def init(self) -> None:
        """Start the processes of the layout, which get ready while the pages are read."""
        super().init()
        self.workers = WorkerPool()
        self.events.connect("build-finished", lambda *_: self.workers.stop(), 500)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Join the documents, fill them, and write a page for each, which is laid out apart."""
        self.prepare_writing(self.env.all_docs.keys())
        self.parts: list[Part] = []
        self.sources: dict[str, Path] = {}
        codes = Path(self.outdir) / "codes.json"
        load_cache(codes)
        with progress_message("joining the documents", nonl=False):
            tree = self.assemble_doctree()
            parts = join_documents(tree, self.config.root_doc)
            numbered = _classify(parts, self.config.root_doc, self._is_chapter)
            for part in parts:
                set_at_foot(part)
            parts[0].append(_contents(parts[1:], book_context(self.env).say("contents")))
            mark_cross_part_links(parts)
            self.imgpath = "_images"
            self.secnumbers, self.fignumbers = {}, {}  # only chapters are numbered, in their titles
            for number, part in enumerate(parts):
                page = Path(self.outdir) / f"{part['ids'][0]}.html"
                self.sources[str(page)] = Path(self.env.doc2path(part["docname"]))
                write_atomically(page, self._page(self._body(part), whole_book=number == 0))
                self.parts.append(Part(page, numbered=number >= numbered, lists_pages=_lists_pages(part)))
        save_cache(codes)
        for page in set(Path(self.outdir).glob("d-*.html")) - {part.page for part in self.parts}:
            page.unlink()

    def _is_chapter(self, docname: str) -> bool:
        if book_context(self.env).is_book:
            return is_chapter_of_book(docname)
        return docname != self.config.root_doc

    def _body(self, part: element) -> str:
        document = new_document("", self.docsettings)
        document += part
        self.post_process_images(document)
        _keep_together(document)
        _name_addresses(document)
        visitor = self.create_translator(document, self)
        document.walkabout(visitor)
        return "".join(visitor.fragment)

    def finish(self) -> None:
        """Lay out what changed, and join it with what did not."""
        self.copy_image_files()
        settings = book_context(self.env).settings
        faces = Path(self.outdir) / "faces.css"
        css = write_font_faces(Path(self.outdir) / "fonts", woff2=False, base_url="fonts/", extra=settings.faces)
        write_atomically(faces, css)
        self._lay_out(f"{settings.name}.pdf", [faces, STYLE], "parts")
        if self.config.factpress_large_print:
            self._lay_out(f"{settings.name}-large-print.pdf", [faces, LARGE_PRINT], "large-parts")

    def _lay_out(self, name: str, styles: list[Path], cache: str) -> None:
        """Write one PDF of the pages; `cache` names the folder of what the next time can take over."""
        out, context = Path(self.outdir), book_context(self.env)
        with progress_message(f"laying out {name}", nonl=False):
            try:
                book_to_pdf(
                    self.parts, out / name, self.workers, BookStyle(self.config.html_title, styles, outer_class="pn"),
                    cache_folder=out / cache, rights=_rights(context, self.config),
                    licence=context.settings.licence_url,
                    attachments=attachments(context) if context.is_book else [],
                )  # fmt: skip
            except BookError as error:
                problems = [located_in_source(problem, self.sources, context.settings) for problem in error.problems]
                log.log_problems(problems)
                raise SphinxError(f"{name} was not written") from BookError(problems)

    def _page(self, body: str, *, whole_book: bool) -> str:
        context = book_context(self.env)
        title = html.escape(self.config.html_title)
        # what changes with every finding stands in one part only: the others would be laid out again for it
        about = html.escape(about_the_book(context) if whole_book and context.is_book else context.settings.subtitle)
        return (
            f'<!doctype html>\n<html lang="{self.config.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{title}</title>\n"
            f'<meta name="author" content="{html.escape(self.config.author)}">\n'
            f'<meta name="description" content="{about}">\n'
            f'<meta name="generator" content="factpress">\n'
            f'<meta name="dcterms.created" content="{context.date}">\n'
            f'<meta name="dcterms.modified" content="{context.date}">\n'
            f"</head>\n<body>\n{body}\n</body>\n</html>\n"
        )


def _rights(context: BookContext, config: Config) -> str:
    if not context.is_book:
        return str(config.copyright)
    licence, date = context.settings.licence, in_words(context.date)
    return context.say("rights" if licence else "rights-unset", licence=licence, date=date)


def _lists_pages(part: element) -> bool:
    """Return whether a part says on which pages of other parts something stands, as an index does."""
    return any("pages" in node["classes"] for node in part.findall(element) if node["tag"] == "span")


def _keep_together(document: nodes.document) -> None:
    """Let no line begin with a dot between two things, or end with the sign before a paragraph's number."""
    for text in list(document.findall(nodes.Text)):
        bound = text.replace(" · ", "\u00a0· ").replace("¶ ", "¶\u00a0")
        if bound != text and not isinstance(text.parent, nodes.raw):
            text.parent.replace(text, nodes.Text(bound))


def _name_addresses(document: nodes.document) -> None:
    """Set the addresses in running text apart: none is hyphenated, and typed from paper it is the same."""
    for text in list(document.findall(nodes.Text)):
        if ("://" not in text and "www." not in text) or isinstance(text.parent, nodes.raw | nodes.FixedTextElement):
            continue
        parts = ADDRESS.split(text)
        if len(parts) > 1:
            made = [
                make("span", part, classes="address") if odd % 2 else nodes.Text(part)
                for odd, part in enumerate(parts)
                if part
            ]
            text.parent.replace(text, made)


def is_chapter_of_book(docname: str) -> bool:
    """Return whether a document is a chapter of a book by its name."""
    return chapter_number(docname) is not None


def _classify(parts: list[element], root: str, is_chapter: Callable[[str], bool] = is_chapter_of_book) -> int:
    """Name each part front, chapter or back, and return the place of page 1: the first part after the title page.

    A page before the chapters counts too: numbered parts are laid out first, and could not print the page of one
    that comes after them.
    """
    chapters = [part for part in parts if is_chapter(part["docname"])]
    after_title = (position for position, part in enumerate(parts) if part["docname"] != root)
    first = next(after_title, len(parts)) if chapters else len(parts)
    for position, part in enumerate(parts):
        part["classes"].append("chapter" if part in chapters else "front" if position < first else "back")
        if part["docname"] == root:
            part["classes"].append("title-page")
    return first


def _contents(parts: list[element], heading: str) -> element:
    """Return the table of contents: titles, and the sections of chapters, with page numbers by style sheet."""
    items = []
    for part in parts:
        titles = [title for section in part.findall(nodes.section) if (title := section.next_node(nodes.title))]
        below = titles[1:] if "chapter" in part["classes"] else []
        listed = [make("li", _entry(title)) for title in below if _depth(title) <= DEEPEST]
        inner = [make("ol", *listed)] if listed else []
        if titles:
            items.append(make("li", _entry(titles[0]), *inner))
    return make("nav", make("h2", heading), make("ol", *items), classes="contents", aria_label=heading)


def _depth(title: nodes.Node) -> int:
    """Return the level of a heading: 1 is that of the document."""
    depth, above = 0, title.parent
    while above is not None:
        depth += isinstance(above, nodes.section)
        above = above.parent
    return depth


def _entry(title: nodes.title) -> element:
    uri = f"#{title.parent['ids'][0]}"
    reference = make("span", "00", classes="page-ref right")
    reference["refuri"] = uri
    return make("div", link(uri, words_of_title(title)), make("span", classes="dots"), reference, classes="line")
