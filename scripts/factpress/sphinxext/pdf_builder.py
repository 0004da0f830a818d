"""The Sphinx builder `pdf`: all documents joined into one light page of its own markup, laid out by WeasyPrint."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Set
from importlib.metadata import version
from pathlib import Path

from docutils import nodes
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.errors import SphinxError
from sphinx.util.display import progress_message

from factpress import __version__
from factpress.files.atomic import write_atomically
from factpress.model.dates import in_words
from factpress.model.prose import chapter_number
from factpress.press.fonts import write_faces
from factpress.press.html_to_pdf import html_to_pdf
from factpress.problems import BookError
from factpress.sphinxext import log
from factpress.sphinxext.facts import loaded
from factpress.sphinxext.localise import anchor, join
from factpress.sphinxext.nodes import element, link, make

STYLE = Path(__file__).parent / "themes" / "factpress_print" / "book.css"


class PdfBuilder(SingleFileHTMLBuilder):
    """Writes NAME.pdf from one page; the web theme has no part in it."""

    name = "pdf"
    epilog = "The PDF is in %(outdir)s."
    search = False

    def write_documents(self, _docnames: Set[str]) -> None:
        """Join, fill and write the page that is laid out."""
        self.prepare_writing(self.env.all_docs.keys())
        with progress_message("joining the documents", nonl=False):
            tree = self.assemble_doctree()
            parts = join(tree, self.config.root_doc)
            first = _classify(parts, self.config.root_doc)
            parts[0].append(_contents(parts[1:]))
            tree += parts
            tree.settings = self.docsettings
            self.imgpath = "_images"
            self.secnumbers, self.fignumbers = {}, {}  # only chapters are numbered, in their titles
            visitor = self.create_translator(tree, self)
            self.post_process_images(tree)
            tree.walkabout(visitor)
        self.first_numbered = first
        write_atomically(self.page, self._page("".join(visitor.fragment)))

    @property
    def page(self) -> Path:
        """Return the page that is laid out."""
        return Path(self.outdir) / "page.html"

    def finish(self) -> None:
        """Lay out the page, unless it and everything beside it is what the PDF was made from."""
        self.copy_image_files()
        out = Path(self.outdir) / f"{loaded(self.env).settings.name}.pdf"
        faces = Path(self.outdir) / "faces.css"
        write_atomically(faces, write_faces(Path(self.outdir) / "fonts", woff2=False, base_url="fonts/"))
        made_from = Path(self.outdir) / "made-from.txt"
        today = self._digest(faces)
        if out.is_file() and made_from.is_file() and made_from.read_text(encoding="utf-8") == today:
            return
        made_from.unlink(missing_ok=True)
        with progress_message("laying out the PDF", nonl=False):
            try:
                html_to_pdf(self.page, out, styles=[faces, STYLE], body=self.first_numbered, outer="pn")
            except BookError as error:
                log.problems(error.problems)
                raise SphinxError("the PDF was not written") from error
        write_atomically(made_from, today)

    def _digest(self, faces: Path) -> str:
        images = sorted((Path(self.outdir) / "_images").glob("*"))
        digest = hashlib.sha256(f"factpress {__version__}, WeasyPrint {version('weasyprint')}".encode())
        for file in (self.page, STYLE, faces, *images):
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()

    def _page(self, body: str) -> str:
        facts = loaded(self.env)
        title = html.escape(self.config.html_title)
        about = html.escape(facts.settings.subtitle)
        return (
            f'<!doctype html>\n<html lang="{self.config.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{title}</title>\n"
            f'<meta name="author" content="{html.escape(self.config.author)}">\n'
            f'<meta name="description" content="{about}">\n'
            f'<meta name="generator" content="factpress">\n'
            f'<meta name="dcterms.created" content="{facts.date}">\n'
            f'<meta name="dcterms.modified" content="{facts.date}">\n'
            f'<meta name="dcterms.rights" content="Text: CC BY 4.0. Edition of {in_words(facts.date)}.">\n'
            f"</head>\n<body>\n{body}\n</body>\n</html>\n"
        )


def _classify(parts: list[element], root: str) -> str:
    """Name each part front, chapter or back, and return the anchor of the page numbered 1."""
    chapters = [part for part in parts if chapter_number(part["docname"]) is not None]
    first = parts.index(chapters[0]) if chapters else len(parts)
    for position, part in enumerate(parts):
        kind = "chapter" if part in chapters else "front" if position < first else "back"
        part["classes"].append(kind)
        if position == first:
            part["classes"].append("starts-numbering")
        if part["docname"] == root:
            part["classes"].append("title-page")
    return anchor(chapters[0]["docname"]) if chapters else ""


def _contents(parts: list[element]) -> element:
    """Return the table of contents: titles, and the sections of chapters, with page numbers by style sheet."""
    items = []
    for part in parts:
        titles = [section.next_node(nodes.title) for section in part.findall(nodes.section)]
        below = titles[1:] if "chapter" in part["classes"] else []
        listed = [make("li", _entry(title)) for title in below if title is not None]
        inner = [make("ol", *listed)] if listed else []
        if titles and titles[0] is not None:
            items.append(make("li", _entry(titles[0]), *inner))
    return make("nav", make("h2", "Contents"), make("ol", *items), classes="contents", aria_label="Contents")


def _entry(title: nodes.title) -> element:
    return link(f"#{title.parent['ids'][0]}", title.astext(), classes="page")
