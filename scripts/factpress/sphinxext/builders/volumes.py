"""How each volume of a book is made: its edition and style sheet, and which documents stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sphinx.environment import BuildEnvironment

from factpress.model.prose import PRINTED_IN, chapter_number
from factpress.settings import Settings
from factpress.sphinxext.blocks.printed.handouts import ChapterEdition, CorrectionsEdition, TeachersEdition
from factpress.sphinxext.blocks.printed.print_editions import BookletEdition, LargePrintEdition, PrintEdition
from factpress.sphinxext.blocks.printed.record import RecordEdition
from factpress.sphinxext.context import BookContext
from factpress.volumes import (
    BOOKLET,
    CORRECTIONS,
    LARGE_PRINT,
    RECORD,
    TEACHERS,
    Volume,
    chapter_volumes,
    requested_volumes,
)

THEME = Path(__file__).parents[1] / "themes" / "factpress_print"


@dataclass(frozen=True, slots=True)
class PrintedVolume:
    """What the builder needs to know of a volume."""

    volume: Volume
    edition: PrintEdition
    styles: tuple[str, ...]  #: style sheets of the print theme, in the order of their precedence
    of: str  #: by which front matter names it: the large print is another form of the booklet
    is_mirrored: bool = True  #: A5, left and right pages; else A4, all pages alike
    blank_to: int = 0  #: ruled pages are added before the last, up to a multiple of this
    lists_sections: bool = False  #: whether its contents list the sections of chapters too
    is_handout: bool = False  #: whether it is a few pages for one purpose: without contents and attachments


PRINTED: Mapping[str, PrintedVolume] = {
    made.volume.name: made
    for made in (
        PrintedVolume(BOOKLET, BookletEdition(), ("book.css", "cover.css"), "booklet", blank_to=4),
        PrintedVolume(RECORD, RecordEdition(), ("book.css", "record.css"), "record"),
        PrintedVolume(
            CORRECTIONS, CorrectionsEdition(), ("corrections.css",), "corrections", is_mirrored=False, is_handout=True
        ),
        PrintedVolume(TEACHERS, TeachersEdition(), ("handout.css",), "teachers", is_mirrored=False, is_handout=True),
        PrintedVolume(LARGE_PRINT, LargePrintEdition(), ("large-print.css",), "booklet", is_mirrored=False),
    )
}
#: a project that is not a book: all of it in one PDF
WHOLE = PrintedVolume(BOOKLET, PrintEdition(), ("book.css",), "", lists_sections=True)


def printed_volumes(settings: Settings) -> list[PrintedVolume]:
    """Return the volumes that a build of a book makes."""
    chapters = {
        made.volume.name: made for number in map(int, settings.chapter_handouts) for made in _of_chapter(number)
    }
    return [{**PRINTED, **chapters}[volume.name] for volume in requested_volumes(settings)]


def _of_chapter(number: int) -> Iterator[PrintedVolume]:
    booklet, plain = chapter_volumes(number)
    styles = ("book.css", "chapter.css")
    yield PrintedVolume(booklet, ChapterEdition(number), styles, "chapter", blank_to=4, is_handout=True)
    yield PrintedVolume(plain, ChapterEdition(number), ("handout.css",), "chapter", is_mirrored=False, is_handout=True)


def stands_in(volume: PrintedVolume, docname: str, env: BuildEnvironment, context: BookContext) -> bool:
    """Return whether a volume prints a document, or its part of one that both booklet and record print."""
    if isinstance(volume.edition, ChapterEdition):
        return volume.edition.prints(docname, context)
    return not volume.of or volume.of in printed_in(docname, env, context)


def printed_in(docname: str, env: BuildEnvironment, context: BookContext) -> tuple[str, ...]:
    """Return the volumes that print a document.

    The title page, chapters and the list of sources stand in booklet and record, each in its own form. Of other pages
    the front matter says it (`print:`), else the first of their blocks that belongs elsewhere than in the booklet.
    """
    said = str(env.metadata.get(docname, {}).get("print", ""))
    if said in PRINTED_IN:
        return (said,)
    if docname in (context.order[0], context.bibliography) or chapter_number(docname) is not None:
        return ("booklet", "record")
    blocks = (context.blocks[use.name].printed_in for use in context.block_uses.get(docname, ()))
    return (next((place for place in blocks if place != "booklet"), "booklet"),)
