"""The EPUB builder: Sphinx's own, with the metadata, roles and identifiers that EPUBCheck and Ace ask for."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from sphinx.builders.epub3 import Epub3Builder
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset_file

from factpress.files.atomic import write_atomically
from factpress.model.prose import chapter_number
from factpress.press.epub_zip import pack_epub
from factpress.problems import ToolError
from factpress.settings import Settings
from factpress.sphinxext.builders.cover_picture import EPUB_COVER, cover_picture
from factpress.sphinxext.builders.web import write_fonts
from factpress.sphinxext.context import book_context

logger = logging.getLogger(__name__)
#: of the identifiers of all books that are made with factpress (RFC 9562, section 5.5)
NAMESPACE = uuid.UUID("65d839ba-908f-59db-bb07-290545087c90")
COVER, COVER_PAGE = "cover.png", "cover.xhtml"
STYLES = ("_static/faces.css", "_static/book.css")  #: of the pages that no document is written to
PICTURES = (b"<img ", b"<svg ")
MOVING = (".gif", ".webp")  #: endings of pictures that may move or flash


def book_identifier(settings: Settings) -> str:
    """Return the identifier of a book in all its editions: by its publisher and its name, whatever its title."""
    return uuid.uuid5(NAMESPACE, "\n".join((settings.publisher, settings.name))).urn


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

    def create_pygments_style_file(self) -> None:
        """Do nothing: code in a book has no colours."""

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
        if self._has_cover:
            places.insert(0, ("cover", COVER_PAGE, self.config.epub_title))
        more = {"landmarks": places, "say": context.say, "styles": STYLES}
        return super().navigation_doc_metadata(navlist) | more

    def content_metadata(self) -> dict[str, Any]:
        """Return what content.opf is made from; of accessibility only what the files themselves show."""
        pages = [(page, page.read_bytes()) for page in sorted(Path(self.outdir).rglob("*.xhtml"))]
        drawn = {page.relative_to(self.outdir).as_posix() for page, text in pages if b"<svg " in text}
        moving = any(name.lower().endswith(MOVING) for name in self.images.values())
        # Sphinx takes the clock's time, or that of the environment of the whole process
        date = self._made.strftime("%Y-%m-%dT%H:%M:%SZ")
        return super().content_metadata() | {
            "drawn": drawn,  # EPUB asks for the names of the pages that hold drawings
            "pictures": self._has_cover or any(kind in text for _, text in pages for kind in PICTURES),
            "hazard": "unknown" if moving else "none",
            "cover": self._has_cover,
            "date": date,
            "say": book_context(self.env).say,
        }

    def build_content(self) -> None:
        """Write content.opf, and the cover with its page; without what draws it, the EPUB has none."""
        cover = Path(self.outdir) / COVER
        try:
            write_atomically(cover, cover_picture(book_context(self.env), EPUB_COVER, Path(self.doctreedir) / "cover"))
        except ToolError as error:
            cover.unlink(missing_ok=True)
            logger.info("The EPUB has no cover: %s", error)
        self.config.epub_exclude_files = [*self.config.epub_exclude_files, COVER, COVER_PAGE]
        super().build_content()
        if self._has_cover:
            values = {"lang": escape(self.config.epub_language), "styles": STYLES, "title": self.config.epub_title}
            values["say"] = book_context(self.env).say
            copy_asset_file(self.template_dir / "cover.xhtml.jinja", self.outdir, context=values, force=True)
            self.files += [COVER, COVER_PAGE]

    def build_epub(self) -> None:
        """Pack the files with fixed order, times and modes."""
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        out = Path(self.outdir) / f"{book_context(self.env).settings.name}.epub"
        pack_epub(Path(self.outdir), out, names=names, when=int(self._made.timestamp()))

    @property
    def _has_cover(self) -> bool:
        return (Path(self.outdir) / COVER).is_file()

    @property
    def _made(self) -> datetime:
        """Return midnight (UTC) of the edition's date."""
        return datetime.fromisoformat(book_context(self.env).date).replace(tzinfo=UTC)
