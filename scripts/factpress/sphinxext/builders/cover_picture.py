"""The cover as a picture: of the EPUB, and for what shows a link to the web site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.press.fonts import write_font_faces
from factpress.press.layout.versions import drawing_versions
from factpress.press.page_picture import page_picture
from factpress.sphinxext.blocks.cover import cover
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.nodes import as_html

THEME = Path(__file__).parents[1] / "themes" / "factpress_print"


@dataclass(frozen=True, slots=True)
class PictureShape:
    """A size of the cover, and the style sheets that make it."""

    width: int  #: pixels
    stylesheets: tuple[str, ...]


EPUB_COVER = PictureShape(1000, ("cover.css",))  #: 1000 × 1419 pixels
SHARING_PICTURE = PictureShape(1200, ("cover.css", "sharing.css"))  #: 1200 × 630 pixels


def cover_picture(context: BookContext, shape: PictureShape, folder: Path) -> bytes:
    """Return the cover as a PNG; it is drawn again only when something on it changed.

    `folder` is for working files, such as `cover` in Sphinx's folder of doctrees.

    Raises:
        ToolError: WeasyPrint or PDFium is missing, or failed; an edition that can do without goes on.
        BookError: what the layout complains about, such as a title in a script that no face has.
        FileError: the folder cannot be written.
    """
    html = _page(context)
    sheets = [THEME / name for name in shape.stylesheets]
    digest = hashlib.sha256(repr((html, shape, sorted(drawing_versions().items()))).encode())
    for sheet in sheets:
        digest.update(sheet.read_bytes())
    picture = folder / f"{digest.hexdigest()[:24]}.png"
    if picture.is_file():
        return picture.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    faces = folder / "faces.css"
    fonts = write_font_faces(folder / "fonts", woff2=False, base_url="fonts/", extra=context.settings.faces)
    write_atomically(faces, fonts)
    drawn = page_picture(html, [faces, *sheets], folder, width=shape.width)
    write_atomically(picture, drawn)
    return drawn


def _page(context: BookContext) -> str:
    settings = context.settings
    return (
        f'<!doctype html>\n<html lang="{settings.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(settings.title)}</title>\n</head>\n<body>\n{as_html(cover(context))}\n</body>\n</html>\n"
    )
