"""The book as the desk holds it in memory: looked at again with each request, read again only where a file changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from factpress.checks.claims import check_claim
from factpress.files.book import book_files, prose_files, read_book, read_prose
from factpress.files.ledger import claim_files
from factpress.model.book import Book, Ledger
from factpress.model.claim import Claim, Evidence
from factpress.model.links.cited import evidence_page
from factpress.model.outline import Outline
from factpress.model.prose import Chapter, Prose
from factpress.problems import Problem
from factpress.settings import Settings

_CONFLICT = re.compile(rb"^<{7} ", re.MULTILINE)
_ITEM = re.compile(rb"^- id:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of the ledger that cannot be read whole, so that its claims wait."""

    name: str
    merging: bool  #: whether a merge stopped in it
    claims: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class OurText:
    """A place of our text that treats a claim."""

    label: str  #: `3.8`; empty in the box at a chapter's end
    before: str
    said: str  #: the sentence that the claim's mark follows
    after: str


@dataclass(frozen=True)
class DeskBook:
    """One reading of the book, which does not change."""

    book: Book
    prose: Prose
    unread: tuple[UnreadFile, ...] = ()

    @cached_property
    def chapters(self) -> Mapping[str, Chapter]:
        """Return chapters by the stem of their file, which their ledger file has too."""
        return {chapter.stem: chapter for chapter in self.prose.chapters}

    @cached_property
    def stems(self) -> Mapping[str, str]:
        """Return for each claim the stem of its ledger file."""
        return {claim.id: Path(claim.where.file).stem for claim in self.book.ledger.claims}

    @cached_property
    def places(self) -> Mapping[str, tuple[OurText, ...]]:
        """Return where our text treats each claim, in reading order."""
        found: dict[str, list[OurText]] = {}
        for chapter in self.prose.chapters:
            for paragraph in chapter.paragraphs:
                lines = paragraph.text.split("\n")
                for mark in paragraph.marks:
                    at = min(max(mark.where.line - paragraph.where.line, 0), len(lines) - 1)
                    place = OurText(
                        f"{chapter.number}.{paragraph.number}", " ".join(lines[:at]), lines[at],
                        " ".join(lines[at + 1 :]),
                    )  # fmt: skip
                    for claim in mark.claims:
                        found.setdefault(claim, []).append(place)
            for mark in chapter.marks:
                for claim in mark.claims if mark.in_box else ():
                    found.setdefault(claim, []).append(OurText("", "", "", ""))
        return {claim: tuple(dict.fromkeys(places)) for claim, places in found.items()}

    @cached_property
    def by_page(self) -> Mapping[str, tuple[tuple[Claim, Evidence], ...]]:
        """Return the evidence that was seen on each page, in claim order; without a page under an empty address."""
        pages: dict[str, list[tuple[Claim, Evidence]]] = {}
        for claim, item in self.book.ledger.evidence():
            pages.setdefault(self.page_of(item), []).append((claim, item))
        return {page: tuple(found) for page, found in pages.items()}

    def page_of(self, item: Evidence) -> str:
        """Return the address at which evidence was seen, empty where none is given."""
        return evidence_page(item, self.book.sources.get(item.source))

    def chapter_label(self, claim: Claim) -> str:
        """Return number and title of a claim's chapter."""
        stem = self.stems.get(claim.id, "")
        chapter = self.chapters.get(stem)
        return f"{chapter.number} {chapter.title}" if chapter else stem

    def problems_of(self, claim: Claim) -> list[Problem]:
        """Return what `check` says against one claim and its evidence."""
        return list(check_claim(claim, self.book))


class HeldBook:
    """The book in memory, and whether its files are still what was read."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; the first `read` reads."""
        self.settings = settings
        self._signature: tuple[object, ...] = ()
        self._prose_signature: tuple[object, ...] = ()
        self._prose = Prose()
        self._now = DeskBook(Book(Ledger(), Outline(), None, {}), Prose())

    def read(self) -> DeskBook:
        """Return the book as its files have it now."""
        prose_signature = _signature(prose_files(self.settings.docs))
        signature = (_signature(book_files(self.settings)), prose_signature)
        if signature != self._signature:
            if prose_signature != self._prose_signature:
                self._prose, _ = read_prose(self.settings)
                self._prose_signature = prose_signature
            book, problems = read_book(self.settings)
            self._now = DeskBook(book, self._prose, tuple(_unread(self.settings, book, problems)))
            self._signature = signature
        return self._now

    def forget(self) -> None:
        """Make the next reading look at every file, after one was written in the same tick of the clock."""
        self._signature = ()


def _signature(files: list[Path]) -> tuple[object, ...]:
    found: list[object] = []
    for file in files:
        try:
            told = file.stat()
            found.append((file, told.st_mtime_ns, told.st_size, told.st_ino))
        except OSError:
            found.append((file, None))
    return tuple(found)


def _unread(settings: Settings, book: Book, problems: list[Problem]) -> list[UnreadFile]:
    files = []
    for path in claim_files(settings.docs / "claims"):
        name = path.relative_to(settings.root).as_posix()
        against = [p for p in problems if p.where.file == name and p.is_error]
        if against:
            try:
                data = path.read_bytes()
            except OSError:
                data = b""
            there = sum(claim.where.file == name for claim in book.ledger.claims)
            # a merge has the claims of both sides, so this is at most what waits
            waiting = max(len(_ITEM.findall(data)) - there, 0)
            files.append(UnreadFile(name, bool(_CONFLICT.search(data)), waiting, against[0]))
    return files
