"""The bibliography's own lint: what the parser and the styles lose, drop or print wrongly without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factpress.files.bibtex.names import family_first, name_faults, split_names
from factpress.files.bibtex.scanner import RawEntry, RawField
from factpress.files.bibtex.values import decode, html_left, tex_left, wrong_doi, wrong_isbn, wrong_issn, wrong_url
from factpress.model.dates import PublicationDate, parse, publication_dates
from factpress.model.place import Place
from factpress.model.source import anchor, bare_doi
from factpress.model.text.languages import language_tags
from factpress.problems import Problem, problem

#: for each type, what an entry must have; with `|`, one of them
TYPES: dict[str, tuple[str, ...]] = {
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
ROLES = ("author", "editor", "translator")
ADDRESSES = ("url", "archived")
DATES = ("date", "year", "urldate")
FIELDS = frozenset(
    (
        *("author", "author+an", "editor", "editor+an", "translator", "title", "subtitle", "shorttitle", "booktitle"),
        *("journal", "volume", "number", "series", "edition", "pages", "publisher", "institution", "school", "address"),
        *("date", "year", "doi", "isbn", "issn", "url", "urldate", "archived", "language", "langid", "note"),
    )
)
EPRINT = ("eprint", "eprinttype", "eprintclass", "archiveprefix", "primaryclass")


def lint(entries: Iterable[RawEntry]) -> Iterator[Problem]:
    """Yield the problems of all entries, of one file or several, in the order in which the parser reads them."""
    keys: dict[str, tuple[str, Place]] = {}
    dois: dict[str, str] = {}
    last = RawEntry("", "", Place(""))
    for entry in entries:
        yield from lint_entry(entry)
        if not entry.key:
            continue
        address = anchor(entry.key)
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
    if entry.type not in TYPES:
        yield problem("bib-type", entry.where, key=entry.key, type=entry.type)
    elif entry.well_formed:
        for choice in TYPES[entry.type]:
            if not has.intersection(choice.split("|")):
                yield problem("bib-missing-field", entry.where, key=entry.key, field=choice.replace("|", " or "))
        if not has & {"date", "year"} and "date|year" not in TYPES[entry.type]:
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
    elif name in EPRINT:
        yield problem("bib-eprint", where, key=entry.key, field=name)
    elif name not in FIELDS:
        yield problem("bib-field", where, key=entry.key, field=name)
    elif name in DATES:
        if not is_date(name, value):
            yield problem("bib-date", where, field=name, value=value)
    elif name == "doi":
        if why := wrong_doi(value):
            yield problem("bib-doi", where, value=value, why=why)
    elif name in ADDRESSES:
        if why := wrong_url(value):
            yield problem("bib-url", where, field=name, value=value, why=why)
    elif name in ("isbn", "issn"):
        if why := wrong_isbn(value) if name == "isbn" else wrong_issn(value):
            yield problem("bib-isbn", where, field=name.upper(), value=value, why=why)
    elif name.endswith("+an"):
        role = name.removesuffix("+an")
        if not _places_exist(value, entry.get(role)):
            yield problem("bib-name-order", where, field=name, value=value, role=role)
    else:
        if found := html_left(value):
            yield problem("bib-html", where, field=name, found=found)
        if name in ("language", "langid") and not language_tags(value):
            yield problem("bib-language", where, value=value)
        if found := tex_left(value):
            yield problem("bib-tex", where, field=name, found=found)
        if name in ROLES:
            for name_text, why in name_faults(value):
                yield problem("bib-name", where, name=decode(name_text), why=why)


def is_date(name: str, value: str) -> bool:
    """Return whether a value is what a field of that name holds: a day, a year, or any date of publication."""
    if name == "urldate":
        return parse(value) is not None
    ends = [end for end in publication_dates(value) if isinstance(end, PublicationDate)]
    return bool(ends) and (name == "date" or not any(end.month for end in ends))


def _places_exist(value: str, names: RawField | None) -> bool:
    places = family_first(value)
    count = len(split_names(names.value)) if names else 0
    return bool(places) and all(1 <= place <= count for place in places)
