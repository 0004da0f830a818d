"""The prose as its author wrote it: pages, chapters, numbered paragraphs, marks and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import PurePosixPath

from factpress.model.place import Place

SOURCES_HEADING = "What the sources say"  #: of the section that is not counted
ALSO_IN_ARTICLE = "also-in-article"  #: box of the claims that have no place in the story
ARTICLE_SAID = "article-said"  #: box that sets claims of the article beside what the sources carry
MARK_LIMIT = 3  #: claims that share one mark
#: where a page may stand in print (front matter `print:`), each the name of a volume but for the last
PRINTED_IN = ("booklet", "record", "teachers", "none")
EXTENSIONS = ("attrs_block", "attrs_inline", "colon_fence", "deflist", "smartquotes")  #: myst_enable_extensions

#: folders of docs/ whose pages no edition has
NO_PAGES = ("manual", "claims", "figures", "article", "_build")

_CHAPTER = re.compile(r"(?:.*/)?chapters/(\d+)[^/]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A `{claim}` role or a box `also-in-article`: claims of the article that the book treats here."""

    claims: tuple[str, ...]
    where: Place
    in_box: bool = False  #: a line each in a box, not after a statement of ours


@dataclass(frozen=True, slots=True)
class Cite:
    """A `{cite…}` role: the sources that support the words before it."""

    keys: tuple[str, ...]
    where: Place


@dataclass(frozen=True, slots=True)
class UnitMark:
    """A `{unit}` role: the place of a unit that is only drafted."""

    unit: str
    where: Place


@dataclass(frozen=True, slots=True)
class TermMark:
    """A `{term}` role: words that the glossary explains."""

    target: str  #: id or a form of the term
    where: Place


@dataclass(frozen=True, slots=True)
class Directive:
    """A box: `:::{name} argument`."""

    name: str
    argument: str
    where: Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text as a reader sees it, without markup: a paragraph, a list item, a cell."""

    text: str
    where: Place
    marked: tuple[tuple[int, int], ...] = ()  #: start and end of what is marked as being in another language

    @property
    def unmarked(self) -> str:
        """Return the text with blanks for what is marked as being in another language."""
        text = self.text
        for start, end in self.marked:
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A numbered paragraph or quotation of a chapter."""

    number: int  #: from 1, in one chapter
    text: str
    marks: tuple[Mark, ...] = ()
    cites: tuple[Cite, ...] = ()
    terms: tuple[TermMark, ...] = ()
    units: tuple[UnitMark, ...] = ()
    connective: bool = False  #: only leads on; carries neither mark nor citation
    where: Place

    @property
    def is_supported(self) -> bool:
        """Return whether it says where its statements come from, or makes none."""
        return bool(self.marks or self.units or self.cites or self.connective)


@dataclass(frozen=True)
class Picture:
    """A picture that a page shows."""

    address: str  #: as written
    where: Place


@dataclass(frozen=True)
class Link:
    """A link of the text itself to a page outside."""

    url: str
    where: Place


class Leads(StrEnum):
    """How a page of the book leads to another place of it."""

    LINK = "link"  #: Markdown's: a file, `#name`, or both
    REF = "ref"
    DOC = "doc"
    DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link or a role that leads to another place of the book, or to a file of it."""

    kind: Leads
    target: str  #: as written, without percent signs
    has_words: bool  #: where it has none, the title of its target is shown
    where: Place


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with a name that its author gave it: `(name)=`, `{#name}`, `:name: name`."""

    name: str  #: in small letters, white space folded
    titled: bool  #: whether its place has a title, which a reference without words can show
    where: Place


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of contents: `:::{toctree}`."""

    entries: tuple[str, ...]
    glob: bool  #: whether entries may be patterns
    where: Place


@dataclass(frozen=True, kw_only=True)
class Page:
    """A Markdown file of docs/."""

    file: str  #: relative to the book's root
    title: str
    marks: tuple[Mark, ...] = ()
    cites: tuple[Cite, ...] = ()
    terms: tuple[TermMark, ...] = ()
    units: tuple[UnitMark, ...] = ()
    directives: tuple[Directive, ...] = ()
    passages: tuple[Passage, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    references: tuple[CrossReference, ...] = ()
    targets: tuple[NamedPlace, ...] = ()
    headings: tuple[str, ...] = ()  #: their words
    contents: tuple[Contents, ...] = ()
    orphan: bool = False  #: says that no list of contents has it
    where: Place

    @property
    def stem(self) -> str:
        """Return the file's name without suffix: a chapter's ledger file has the same."""
        return PurePosixPath(self.file).stem

    @property
    def docname(self) -> str:
        """Return the name by which pages are linked: the file's path in docs/ without suffix."""
        return self.file.removeprefix("docs/").removesuffix(".md")

    @property
    def is_built(self) -> bool:
        """Return whether the editions have it."""
        return self.file.split("/")[1] not in NO_PAGES

    @property
    def in_book(self) -> bool:
        """Return whether a reader of the book sees it; the handbook of the tools is a book of its own."""
        return in_book(self.file)

    @property
    def in_chapters(self) -> bool:
        """Return whether it lies where chapters do."""
        return self.file.startswith("docs/chapters/")

    @cached_property
    def lines(self) -> Mapping[int, str]:
        """Return the words of each line of prose, by line number."""
        lines: dict[int, str] = {}
        for passage in self.passages:
            for line, text in enumerate(passage.text.split("\n"), passage.where.line):
                lines[line] = f"{lines[line]} {text}" if line in lines else text
        return lines

    def directives_named(self, name: str) -> tuple[Directive, ...]:
        """Return the boxes of one kind, in order."""
        return tuple(d for d in self.directives if d.name == name)


@dataclass(frozen=True, kw_only=True)
class Chapter(Page):
    """A page of docs/chapters whose name opens with its number."""

    number: int
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Prose:
    """Every page of docs/, in the order of their files."""

    pages: tuple[Page, ...] = ()

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters in the order of their numbers."""
        return tuple(sorted((p for p in self.pages if isinstance(p, Chapter)), key=lambda c: (c.number, c.file)))

    @cached_property
    def book(self) -> tuple[Page, ...]:
        """Return the pages that a reader of the book sees."""
        return tuple(page for page in self.pages if page.in_book)

    def marks(self) -> Iterator[Mark]:
        """Yield the claim marks of the book."""
        for page in self.book:
            yield from page.marks

    def cites(self) -> Iterator[Cite]:
        """Yield the citations of the book."""
        for page in self.book:
            yield from page.cites


def chapter_number(name: str) -> int | None:
    """Return the number of a chapter's document or file, None for any other page."""
    match = _CHAPTER.fullmatch(name)
    return int(match[1]) if match else None


def in_book(file: str) -> bool:
    """Return whether a file of docs/ belongs to the book; the handbook of the tools is a project of its own."""
    return not file.startswith("docs/manual/")


def claim_ids(text: str) -> tuple[str, ...]:
    """Return the ids that a `{claim}` role or an `article-said` box lists: `C031, C032`."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def box_ids(text: str) -> tuple[str, ...]:
    """Return the ids that an `also-in-article` box lists: `C012 C044`, with commas or without."""
    return tuple(text.replace(",", " ").split())
