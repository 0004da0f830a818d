"""The volumes of the printed edition: the one table of what the PDF builder writes and what stands in build/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factpress.settings import Settings

PAPERS = ("a4", "letter")  #: of the sheets


@dataclass(frozen=True, slots=True)
class Volume:
    """One PDF of a book."""

    name: str  #: as the front matter of pages has it, and references from one volume to another
    suffix: str  #: of the file, after the book's name
    has_sheets: bool = False  #: whether it is also laid out on sheets to print, fold and staple
    on_request: bool = False  #: whether it is made only when asked for: an edition of its own in the record of builds

    def file(self, settings: Settings) -> str:
        """Return the name of its file in build/."""
        return f"{settings.name}{self.suffix}.pdf"

    def files(self, settings: Settings) -> list[str]:
        """Return the names of its file and of those with its sheets."""
        name = f"{settings.name}{self.suffix}"
        return [f"{name}.pdf", *(f"{name}-sheets-{paper}.pdf" for paper in PAPERS if self.has_sheets)]


BOOKLET = Volume("booklet", "", has_sheets=True)
RECORD = Volume("record", "-record")
CORRECTIONS = Volume("corrections", "-corrections")
TEACHERS = Volume("teachers", "-teachers")
LARGE_PRINT = Volume("large-print", "-large-print", on_request=True)
VOLUMES = (BOOKLET, RECORD, CORRECTIONS, TEACHERS, LARGE_PRINT)

PLAIN = "-pages-a4"  #: end of the name of a chapter on plain pages, to be copied as they are


def chapter_volumes(chapter: int) -> tuple[Volume, Volume]:
    """Return one chapter as a booklet of its own, with sheets, and on plain A4 pages."""
    name = f"chapter-{chapter}"
    return (
        Volume(name, f"-{name}", has_sheets=True, on_request=True),
        Volume(f"{name}{PLAIN}", f"-{name}{PLAIN}", on_request=True),
    )


def volume_named(name: str) -> Volume:
    """Return a volume by its name.

    Raises:
        LookupError: there is none.
    """
    chapter = re.match(r"chapter-(\d+)", name)
    known = (*VOLUMES, *(chapter_volumes(int(chapter[1])) if chapter else ()))
    by_name: dict[str, Volume] = {volume.name: volume for volume in known}
    return by_name[name]


def requested_volumes(settings: Settings) -> Iterator[Volume]:
    """Yield the volumes that a build of the PDF makes: those on request only when they are asked for."""
    for volume in VOLUMES:
        if not volume.on_request or (volume is LARGE_PRINT and settings.large_print):
            yield volume
    for chapter in sorted(set(map(int, settings.chapter_handouts))):
        yield from chapter_volumes(chapter)
