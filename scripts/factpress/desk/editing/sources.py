"""Evidence that is added at the desk: a source of the bibliography by words, or a new entry from a DOI or an address.

Nothing is asked of anybody: a new entry says what the person at the desk types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from factpress.desk.editing.fields import Texts, free_name
from factpress.files.bibtex.entries import entry_text, parse_new_entry, suggested_key
from factpress.model.book import Book
from factpress.model.source import Source, bare_doi
from factpress.problems import Problem

MOST_FOUND = 8
_DOI = re.compile(r"10\.\d{4,9}/\S+")
#: types of an entry that a person chooses from, in words
ENTRY_TYPES = {
    "article": "Article in a journal", "book": "Book", "incollection": "Chapter of a book", "online": "Web page",
    "report": "Report", "treaty": "Treaty", "misc": "Document or speech",
}  # fmt: skip
#: fields of a new entry with their labels; `urldate` is the day on which it is added
NEW_FIELDS = {
    "key": "Key in the bibliography", "type": "Type", "author": "Author: Family, Given and Family, Given",
    "institution": "Body that published it", "title": "Title", "booktitle": "Book that it stands in",
    "journal": "Journal", "volume": "Volume", "pages": "Pages", "publisher": "Publisher",
    "date": "Year or day: 1953-10-01",
    "doi": "DOI", "url": "Address", "language": "Language",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source of the bibliography that fits what was typed."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as it is typed, with what is wrong with it."""

    key: str
    fields: Mapping[str, str]  #: as they were typed
    problems: tuple[Problem, ...] = ()
    text: str = ""  #: in BibTeX

    @property
    def ready(self) -> bool:
        """Return whether it can be added."""
        return bool(self.text) and not any(found.is_error for found in self.problems)


@dataclass(frozen=True, slots=True)
class Search:
    """What came of a search."""

    found: tuple[FoundSource, ...] = ()
    new: Mapping[str, str] | None = field(default=None)  #: the beginning of an entry
    words: str = ""


def search_sources(text: str, book: Book, today: str) -> Search:
    """Return the sources whose author, title or key have all the words, or the beginning of a new entry."""
    asked = text.strip()
    if not asked:
        return Search()
    doi = bare_doi(asked) if _DOI.search(asked) else ""
    address = asked if re.match(r"https?://", asked, re.IGNORECASE) and not doi else ""
    if doi or address:
        known = [s for s in book.sources.values() if _is(s, doi, address)]
        if known:
            return Search(tuple(map(_found, known)), words="It is in the bibliography.")
        if address and not _is_address(address):
            return Search(words="This is not an address that a browser can open.")
        begun = {
            "type": "article" if doi else "online",
            "doi": doi,
            "url": address,
            "urldate": today if address else "",
        }
        return Search(new={**dict.fromkeys(NEW_FIELDS, ""), **begun}, words="It is not in the bibliography yet.")
    words = asked.casefold().split()
    found = [s for s in book.sources.values() if all(word in _text(s) for word in words)]
    more = (
        f"{len(found)} sources have these words; the first {MOST_FOUND} are shown." if len(found) > MOST_FOUND else ""
    )
    none = "No source of the bibliography has all these words. A DOI or an address starts a new entry."
    return Search(tuple(map(_found, found[:MOST_FOUND])), words=more if found else none)


def new_entry(fields: Mapping[str, str], book: Book, today: str) -> NewEntry:
    """Return an entry of what was typed, with everything that is wrong with it."""
    typed = {name: " ".join(text.split()) for name, text in fields.items() if text.strip()}
    key = typed.pop("key", "") or suggested_key(
        typed.get("author", "") or typed.get("institution", ""), typed.get("date", ""), typed.get("title", ""),
        book.sources,
    )  # fmt: skip
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9:._-]*", key):
        key = suggested_key("", "", key, book.sources)
    type_ = typed.pop("type", "misc")
    if typed.get("url"):
        typed.setdefault("urldate", today)
    if re.fullmatch(r"\d{4}", typed.get("date", "")):
        typed["year"] = typed.pop("date")
    text = entry_text(type_ if type_ in ENTRY_TYPES else "misc", key, typed)
    _, problems = parse_new_entry(text)
    return NewEntry(
        key, {**dict.fromkeys(NEW_FIELDS, ""), **fields}, tuple(problems), text if typed.get("title") else ""
    )


def with_piece(texts: Texts, source: str, today: str, url: str = "") -> tuple[Texts, str]:
    """Return texts with one more piece of evidence, to be filled in, and its name."""
    name = free_name(texts, "n")
    values = {
        f"{name}.source": source, f"{name}.stance": "supports", f"{name}.grade": "secondary",
        f"{name}.consulted": "excerpt", f"{name}.date": today, f"{name}.url": url,
    }  # fmt: skip
    return Texts({**texts.values, **values}, (*texts.pieces, name)), name


def _is(source: Source, doi: str, address: str) -> bool:
    if doi:
        return bare_doi(source.get("doi")).lower() == doi.lower()
    return source.get("url").rstrip("/") == address.rstrip("/")


def _is_address(text: str) -> bool:
    try:
        return bool(urlsplit(text).hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


def _found(source: Source) -> FoundSource:
    parts = (source.who, source.get("title"), source.year, f"({source.key})")
    return FoundSource(source.key, ", ".join(part for part in parts[:3] if part) + f" {parts[3]}")


def _text(source: Source) -> str:
    names = " ".join(name.in_order for people in source.names.values() for name in people)
    fields = (source.get(name) for name in ("title", "shorttitle", "booktitle", "journal", "publisher", "institution"))
    return " ".join((source.key, names, *fields, source.year)).casefold()
