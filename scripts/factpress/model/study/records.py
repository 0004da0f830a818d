"""What a student works with: events, terms, questions, works to read, entries of the index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, runtime_checkable

from factpress.model.claim import NOWHERE
from factpress.model.place import Place

if TYPE_CHECKING:
    from factpress.model.study.study_aids import StudyAids


class Level(StrEnum):
    """What a question asks of a student."""

    CHECK_YOURSELF = "check-yourself"
    RECALL = "recall"
    SOURCE_CRITICISM = "source-criticism"
    ARGUMENT = "argument"


class Need(StrEnum):
    """What an exercise cannot be done without."""

    ONLINE = "online"


class IndexKind(StrEnum):
    """What an entry of the index names."""

    NAME = "name"
    SUBJECT = "subject"
    TREATY = "treaty"
    PLACE = "place"


class Datum(Protocol):
    """What must say where it is from: by its sources, or in `open` why there are none."""

    @property
    def open(self) -> str | None: ...  # noqa: D102
    @property
    def sources(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def where(self) -> Place: ...  # noqa: D102


@runtime_checkable
class MayBeOpen(Protocol):
    """A datum whose value may be left out, if it says why."""

    @property
    def given(self) -> str | None:
        """Return the value that the sources are for."""


class RecordLink(NamedTuple):
    """The way to the record that an event belongs to."""

    block: str  #: that shows it
    anchor: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedDate:
    """A date with its sources, or why it is left open."""

    called: ClassVar[str] = "date"
    party: str | None = None  #: whose date it is, where somebody joined or left
    date: str | None = None  #: 1954, 1954-11 or 1954-11-17
    open: str | None = None  #: why there is no date
    sources: tuple[str, ...] = ()
    note: str | None = None  #: what else a reader must know: sources that differ, whose calendar
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def given(self) -> str | None:
        """Return what the sources are for."""
        return self.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of the timeline; a subject may add fields that tie it to one of the subject's records."""

    id: str
    date: str | None = None  #: 1950, 1950-06, 1950-06-25 or a range with a slash; none where a record has it
    what: str  #: one sentence
    part: str  #: of the timeline, in the order in which they first stand
    note: str | None = None
    open: str | None = None
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def of_record(self) -> bool:
        """Return whether a record of a subject has its date and its sources."""
        return False

    def dated(self, _aids: StudyAids) -> SourcedDate | None:
        """Return its date with its sources; None if the record that should have it has none."""
        return SourcedDate(date=self.date, open=self.open, sources=self.sources, where=self.where)

    def label(self, _aids: StudyAids) -> str:
        """Return the words that a drawing gives it, if the figure gives none."""
        return self.what

    def record_link(self, _aids: StudyAids) -> RecordLink | None:
        """Return the way to the record that it belongs to, if there is one."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the glossary."""

    id: str
    term: str
    also: tuple[str, ...] = ()  #: other forms that count as the term
    says: str  #: in our own words
    open: str | None = None
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    see: tuple[str, ...] = ()  #: other terms
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the words that count as this term."""
        return (self.term, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its answer."""

    id_form: ClassVar[str] = r"Q\d{3,}"
    id: str  #: Q, the chapter's number, two digits: Q307
    chapter: str  #: name of the chapter's file, without suffix; `all` for the whole book
    level: Level
    asks: str
    answer: str
    open: str | None = None
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    needs: Need | None = None
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def number(self) -> int | None:
        """Return the number of the chapter that the id names, 0 for the whole book; None for a malformed id."""
        return int(self.id[1:-2]) if re.fullmatch(r"Q\d{3,}", self.id) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A work of the reading list: a source of the book, or one that it names as not consulted."""

    id: str
    group: str  #: heading, in the order in which they first stand
    source: str | None = None  #: key in references.bib
    by: str | None = None  #: who wrote a work without a source, as on the page of works to consult
    work: str | None = None  #: title, exactly as on that page
    why: str
    chapters: tuple[str, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexTerm:
    """An entry of the index; its places are found by its forms."""

    id: str
    kind: IndexKind
    entry: str
    sub: str | None = None  #: entry below the entry
    also: tuple[str, ...] = ()  #: forms to look for; none: the entry itself
    see: tuple[str, ...] = ()  #: other entries; one that stands nowhere itself is only a cross-reference
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the words by which its places are found."""
        return self.also or (self.entry,)


def forms_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of these words in prose: whole words, on one line or two, with either apostrophe.

    A form with a small first letter also stands at the head of a sentence; one with a capital is a name, and exact.
    """
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, sorted(forms, key=len, reverse=True)))})(?!\w)")


def _pattern(form: str) -> str:
    words = re.sub(r"['’]", "['’]", r"\s+".join(map(re.escape, form.split())))
    return f"[{form[0]}{form[0].upper()}]{words[1:]}" if form[:1].islower() else words


def fold_case(text: str) -> str:
    """Return a term for comparison: case-folded, with single spaces and straight apostrophes."""
    return " ".join(text.split()).casefold().replace("’", "'")
