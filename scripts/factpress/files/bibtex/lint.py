"""The bibliography's own lint: what the parser and the styles lose, drop or print wrongly without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pybtex.bibtex.utils import split_name_list

from factpress.files.bibtex.scanner import RawEntry, RawField
from factpress.files.bibtex.values import decode, tex_left, wrong_doi, wrong_isbn, wrong_issn, wrong_url
from factpress.model.dates import parse_date
from factpress.model.place import Place
from factpress.model.source import EAST_ASIAN, anchor, bare_doi
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
FIELDS = frozenset(
    (
        *("author", "author+an", "editor", "editor+an", "translator", "title", "subtitle", "shorttitle", "booktitle"),
        *("journal", "volume", "number", "series", "edition", "pages", "publisher", "institution", "school", "address"),
        *("date", "year", "doi", "isbn", "issn", "url", "urldate", "archived", "language", "note"),
    )
)
EPRINT = ("eprint", "eprinttype", "eprintclass", "archiveprefix", "primaryclass")
_BODY = re.compile(
    r"\b(?:Agency|Archives?|Army|Assembly|Association|Bureau|Center|Centre|College|Commission|Committee|Congress|Corporation"
    r"|Council|Department|Embassy|Government|House|Inc|Institute|Library|Ltd|Ministry|Museum|Nations|Office|Organi[sz]ation"
    r"|Parliament|Press|Senate|Service|Society|Treasury|University)\b"
)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|[IVX]+", re.IGNORECASE)


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
    elif entry.sound:
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
    elif name in ("date", "year", "urldate"):
        precision = [len(date) for date in parse_date(value)]
        if not precision or (name == "year" and max(precision) > 1) or (name == "urldate" and precision != [3]):
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
        if found := tex_left(value):
            yield problem("bib-tex", where, field=name, found=found)
        if name in ROLES:
            yield from _lint_names(value, where)


def _lint_names(value: str, where: Place) -> Iterator[Problem]:
    for name in split_name_list(value):
        bare = name.strip()
        parts = [part.strip() for part in re.sub(r"\{[^{}]*\}", "x", bare).split(",")]
        why = ""
        if not bare or "" in parts:
            why = "has an empty part"
        elif bare.startswith("{") and bare.endswith("}"):
            continue
        elif re.search(r"\bet\.? al\b", bare):
            why = "ends in “et al.”: write “and others”"
        elif len(parts) > 3 or (len(parts) == 3 and not _SUFFIX.fullmatch(parts[1])):
            why = "has too many commas"
        elif _BODY.search(bare) and len(bare.split()) > 1:
            why = "looks like a body's and would be taken apart"
        elif EAST_ASIAN.search(bare) and len(parts) == 1 and len(bare.split()) > 1:
            why = "does not say which part is the family name"
        if why:
            yield problem("bib-name", where, name=decode(bare), why=why)


def _places_exist(value: str, names: RawField | None) -> bool:
    places = family_first(value)
    count = len(split_name_list(names.value)) if names else 0
    return bool(places) and all(1 <= place <= count for place in places)


def family_first(value: str) -> set[int]:
    """Return which names, from 1, `1=family-first; 3=family-first` says; empty if it is written otherwise."""
    found = [re.fullmatch(r"\s*(\d{1,4})\s*=\s*family-first\s*", part) for part in value.split(";")]
    return {int(match[1]) for match in found if match} if all(found) else set()
