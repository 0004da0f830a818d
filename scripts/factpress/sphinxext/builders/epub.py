"""The EPUB builder: Sphinx's own, with the metadata, roles and identifiers that EPUBCheck and Ace ask for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sphinx.builders.epub3 import Epub3Builder

from factpress.model.prose import chapter_number
from factpress.press.epub_zip import pack_epub
from factpress.sphinxext.builders.web import write_fonts
from factpress.sphinxext.context import book_context


class EpubBuilder(Epub3Builder):
    """Writes NAME.epub; same input, same bytes."""

    # a plain path does: the class that Sphinx declares is private
    template_dir = Path(__file__).parents[1] / "themes" / "factpress_epub" / "package"  # type: ignore[assignment]
    media_types = Epub3Builder.media_types | {".woff2": "font/woff2"}

    def init(self) -> None:
        """Write the faces, and set the language on every page."""
        super().init()
        write_fonts(Path(self.outdir), self.config.factpress_root)
        language = self.config.epub_language
        self.html_tag = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
            f'lang="{language}" xml:lang="{language}">'
        )

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Return what toc.ncx is made from; its uid is the book's identifier, not the name of that element."""
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def navigation_doc_metadata(self, navlist: list[Any]) -> dict[str, Any]:
        """Return what nav.xhtml is made from, with the places that a reading system may offer by their kind."""
        context = book_context(self.env)
        kinds = {
            "bodymatter": next((doc for doc in context.order if chapter_number(doc) is not None), None),
            "glossary": context.document_with("glossary-terms"),
            "bibliography": context.bibliography,
            "index": context.document_with("book-index"),
        }
        places = [(kind, self.get_target_uri(doc), context.page_titles[doc]) for kind, doc in kinds.items() if doc]
        return super().navigation_doc_metadata(navlist) | {"landmarks": places, "say": context.say}

    def content_metadata(self) -> dict[str, Any]:
        """Return what content.opf is made from, with the pages that hold drawings: EPUB asks for their names."""
        pages = Path(self.outdir).rglob("*.xhtml")
        drawn = {page.relative_to(self.outdir).as_posix() for page in pages if b"<svg " in page.read_bytes()}
        # Sphinx takes the clock's time, or that of the environment of the whole process
        date = self._made.strftime("%Y-%m-%dT%H:%M:%SZ")
        return super().content_metadata() | {"drawn": drawn, "date": date, "say": book_context(self.env).say}

    def build_epub(self) -> None:
        """Pack the files with fixed order, times and modes."""
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        out = Path(self.outdir) / f"{book_context(self.env).settings.name}.epub"
        pack_epub(Path(self.outdir), out, names=names, when=int(self._made.timestamp()))

    @property
    def _made(self) -> datetime:
        """Return midnight (UTC) of the edition's date."""
        return datetime.fromisoformat(book_context(self.env).date).replace(tzinfo=UTC)
