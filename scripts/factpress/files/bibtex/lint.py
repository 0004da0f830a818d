"""The bibliography's own lint: what the parser and the styles drop or print wrongly without a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factpress.files.bibtex.names import family_first_positions, name_faults, split_names
from factpress.files.bibtex.scanner import RawEntry, RawField
from factpress.files.bibtex.values import (
    decode_tex,
    doi_fault,
    isbn_fault,
    issn_fault,
    remaining_html,
    remaining_tex,
    url_fault,
)
from factpress.model.dates import PublicationDate, parse_day, publication_dates
from factpress.model.place import Place
from factpress.model.source import bare_doi, source_anchor
from factpress.model.text.languages import language_tags
from factpress.model.text.pages import pages_fault
from factpress.problems import Problem, problem

#: for each type, what an entry must have; with `|`, one of them
REQUIRED_FIELDS: dict[str, tuple[str, ...]] = {
    "article": ("title", "journal"),
    "book": ("title", "author|editor|institution"),
    "incollection": ("title", "booktitle"),
    "inbook": ("title", "booktitle"),
    "inproceedings": ("title", "booktitle"),
    "online": ("title", "url"),
    "misc": ("title",),
    "report": ("title", "author|editor|institution"),
    "thesis": ("title", "author", "school|institution"),
    "legal": ("title", "date|year"),
    "treaty": ("title", "date|year"),
    "hearing": ("title", "author|institution"),
}
NAME_FIELDS = ("author", "editor", "translator")
ADDRESS_FIELDS = ("url", "archived")
DATE_FIELDS = ("date", "year", "urldate")
FIELDS = frozenset(
    (
        *("author", "author+an", "editor", "editor+an", "translator", "title", "subtitle", "shorttitle", "booktitle"),
        *("journal", "volume", "number", "series", "edition", "pages", "publisher", "institution", "school", "address"),
        *("date", "year", "doi", "isbn", "issn", "url", "urldate", "archived", "language", "langid", "note"),
    )
)
EPRINT_FIELDS = ("eprint", "eprinttype", "eprintclass", "archiveprefix", "primaryclass")


def lint_entries(entries: Iterable[RawEntry]) -> Iterator[Problem]:
    """Yield the problems of all entries, of one file or several, in the order in which the parser reads them."""
    keys: dict[str, tuple[str, Place]] = {}
    dois: dict[str, str] = {}
    last = RawEntry("", "", Place(""))
    for entry in entries:
        yield from lint_entry(entry)
        if not entry.key:
            continue
        address = source_anchor(entry.key)
        if address in keys:
            other, where = keys[address]
            same = entry.key.casefold() == other.casefold()
            values = {"key": entry.key, "other": f"{other} ({where})" if same else other}
            yield problem("bib-duplicate-key" if same else "bib-similar-key", entry.where, **values)
        keys.setdefault(address, (entry.key, entry.where))
        if (doi := entry.get("doi")) and (name := bare_doi(doi.value).lower()):
            if name in dois:
                yield problem("bib-same-doi", doi.where, key=entry.key, other=dois[name])
            dois.setdefault(name, entry.key)
        if last.where.file == entry.where.file and entry.key.casefold() < last.key.casefold():
            yield problem("bib-order", entry.where, key=entry.key, other=last.key)
        last = entry


def lint_entry(entry: RawEntry) -> Iterator[Problem]:
    """Yield what is wrong with one entry."""
    has = {f.name for f in entry.fields if f.value.strip()}
    if entry.type not in REQUIRED_FIELDS:
        yield problem("bib-type", entry.where, key=entry.key, type=entry.type)
    elif entry.well_formed:
        for choice in REQUIRED_FIELDS[entry.type]:
            if not has.intersection(choice.split("|")):
                yield problem("bib-missing-field", entry.where, key=entry.key, field=choice.replace("|", " or "))
        if not has & {"date", "year"} and "date|year" not in REQUIRED_FIELDS[entry.type]:
            yield problem("bib-no-date", entry.where, key=entry.key)
    if {"date", "year"} <= has:
        yield problem("bib-date-and-year", entry.where, key=entry.key)
    seen: set[str] = set()
    for field in entry.fields:
        if field.name in seen:
            yield problem("bib-duplicate-field", field.where, key=entry.key, field=field.name)
        seen.add(field.name)
        yield from _lint_field(entry, field)


def _lint_field(entry: RawEntry, field: RawField) -> Iterator[Problem]:
    name, value, where = field.name, field.value.strip(), field.where
    if name in ("month", "crossref"):
        yield problem(f"bib-{name}", where, key=entry.key)
    elif name in EPRINT_FIELDS:
        yield problem("bib-eprint", where, key=entry.key, field=name)
    elif name not in FIELDS:
        yield problem("bib-field", where, key=entry.key, field=name)
    elif name in DATE_FIELDS:
        if not is_date(name, value):
            yield problem("bib-date", where, field=name, value=value)
    elif name == "doi":
        if why := doi_fault(value):
            yield problem("bib-doi", where, value=value, why=why)
    elif name in ADDRESS_FIELDS:
        if why := url_fault(value):
            yield problem("bib-url", where, field=name, value=value, why=why)
    elif name in ("isbn", "issn"):
        if why := isbn_fault(value) if name == "isbn" else issn_fault(value):
            yield problem("bib-isbn", where, field=name.upper(), value=value, why=why)
    elif name.endswith("+an"):
        role = name.removesuffix("+an")
        if not _places_exist(value, entry.get(role)):
            yield problem("bib-name-order", where, field=name, value=value, role=role)
    else:
        if rest := remaining_html(value):
            yield problem("bib-html", where, field=name, found=rest)
        if name in ("language", "langid") and not language_tags(value):
            yield problem("bib-language", where, value=value)
        if rest := remaining_tex(value):
            yield problem("bib-tex", where, field=name, found=rest)
        if name == "pages" and (why := pages_fault(decode_tex(value))):
            yield problem("bib-pages", where, value=value, why=why)
        if name in NAME_FIELDS:
            for name_text, why in name_faults(value):
                yield problem("bib-name", where, name=decode_tex(name_text), why=why)


def is_date(name: str, value: str) -> bool:
    """Return whether a value is what a field of that name holds: a day, a year, or any date of publication."""
    if name == "urldate":
        return parse_day(value) is not None
    ends = [end for end in publication_dates(value) if isinstance(end, PublicationDate)]
    return bool(ends) and (name == "date" or not any(end.month for end in ends))


def _places_exist(value: str, names: RawField | None) -> bool:
    places = family_first_positions(value)
    count = len(split_names(names.value)) if names else 0
    return bool(places) and all(1 <= place <= count for place in places)
