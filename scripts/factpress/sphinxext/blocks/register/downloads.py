"""The files that a reader can take along: a box on the title page and a line at the foot of every page of the web site.

The pages hold a comment in their place, because the sizes of the files are known last (`build.downloads`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from docutils import nodes

from factpress.settings import Settings
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.register.data_files import BIBTEX, CLAIMS, CSL, deck_name
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.wording import Wording

BOX, LINE = "<!--downloads-box-->", "<!--downloads-line-->"
#: what follows the book's name in the names of files, in the order in which a reader is told of them
PARTS = (
    *("pdf", "sheets-a4", "sheets-letter", "record", "corrections", "teachers", "large-print", "epub"),
    *("claims", "bibtex", "csl", "cards", "cards-table"),
)
UNITS = ((1_000_000, "MB"), (1_000, "kB"))


@dataclass(frozen=True)
class Download:
    """A file of the site."""

    name: str
    words: str
    short: str
    size: str  #: as a reader sees it


def get_it(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the place of the box; other editions are files themselves."""
    return [nodes.raw("", BOX, format="html")] if page.edition.filters else []


def listed_downloads(settings: Settings, sizes: Mapping[str, int]) -> list[Download]:
    """Return the files that a reader may want of those that a site has, with their sizes in bytes."""
    say, name = Wording(settings.language), settings.name
    names = {part: f"{name}-{part}.pdf" for part in PARTS} | {
        "pdf": f"{name}.pdf", "epub": f"{name}.epub", "claims": CLAIMS, "bibtex": BIBTEX, "csl": CSL,
        "cards": deck_name(settings, "apkg"), "cards-table": deck_name(settings, "csv"),
    }  # fmt: skip
    return [
        Download(names[part], say(f"get-{part}"), say(f"short-{part}"), file_size(sizes[names[part]]))
        for part in PARTS
        if names[part] in sizes
    ]


def downloads_box(settings: Settings, listed: Sequence[Download], up: str) -> str:
    """Return the box as HTML; `up` leads from the page to the folder of the site."""
    title = escape(Wording(settings.language)("downloads"))
    items = "".join(
        f'<li><a href="{up}{escape(file.name)}" download>{escape(file.words)}</a> <span>{file.size}</span></li>'
        for file in listed
    )
    return (
        f'<nav class="get-it" aria-label="{title}"><p class="box-title">{title}</p><ul>{items}</ul></nav>'
        if items
        else ""
    )


def downloads_line(settings: Settings, listed: Sequence[Download], up: str) -> str:
    """Return the line as HTML; `up` leads from the page to the folder of the site."""
    title = escape(Wording(settings.language)("downloads"))
    links = " · ".join(
        f'<a href="{up}{escape(file.name)}" download>{escape(file.short)}</a> {file.size}' for file in listed
    )
    return f'<p class="get-line">{title}: {links}</p>' if links else ""


def file_size(count: int) -> str:
    """Return a number of bytes as a reader sees it: `1.2 MB`, `640 kB`, at least `1 kB`."""
    for unit, name in UNITS:
        if count >= unit:
            return f"{count / unit:.{1 if count < 10 * unit else 0}f}\u00a0{name}"
    return f"1\u00a0{UNITS[-1][1]}"
