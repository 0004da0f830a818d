"""Reads bibliographies: our lint first, then the parser on what the lint found well formed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pybtex.errors
from pybtex.database import Entry
from pybtex.database.input.bibtex import Parser

from factpress.files.bibtex.lint import ADDRESS_FIELDS, DATE_FIELDS, NAME_FIELDS, lint_entries
from factpress.files.bibtex.names import family_first_positions, parse_name, parse_names, with_family_first
from factpress.files.bibtex.scanner import RawEntry, ScanResult, scan_bibtex
from factpress.files.bibtex.values import decode_tex, unescaped_url
from factpress.files.text import read_text, relative_name
from factpress.model.place import Place
from factpress.model.source import NOWHERE, Source, bare_doi
from factpress.problems import Problem, problem, sorted_problems


def read_bibliography(paths: Iterable[Path], root: Path) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources of all files by key, in order of the files, and every problem with file and line."""
    scans, problems = [], []
    for path in paths:
        text, problems_found = read_text(path, root)
        scans.append(scan_bibtex(text or "", relative_name(path, root)))
        problems += problems_found + scans[-1].problems
    problems += lint_entries(entry for scan in scans for entry in scan.entries)
    sources: dict[str, Source] = {}
    for scan in scans:
        parsed, problems_found = _parse(scan, {key.casefold() for key in sources})
        sources |= parsed
        problems += problems_found
    return sources, sorted_problems(problems)


def parse_bibliography(text: str, file: str) -> dict[str, Source]:
    """Return the sources of a text by key, as far as it can be read."""
    return _parse(scan_bibtex(text, file), set())[0]


def entry_source(entry: Entry, where: Place = NOWHERE) -> Source:
    """Return the parser's entry as a record without TeX."""
    fields, names = {}, {}
    for name, value in entry.fields.items():
        name = name.lower()
        if name in NAME_FIELDS:
            names[name] = parse_names(value)
        elif name == "doi":
            fields[name] = bare_doi(value)
        elif name in DATE_FIELDS:  # in EDTF, where ~ is a sign of its own
            fields[name] = value.strip()
        elif not name.endswith("+an"):
            fields[name] = unescaped_url(value) if name in ADDRESS_FIELDS else decode_tex(value).strip()
    for role, people in entry.persons.items():  # of an entry that the stock parser of Sphinx read
        names[role.lower()] = tuple(parse_name(str(person)) for person in people)
    for role in names:
        first = family_first_positions(str(entry.fields.get(f"{role}+an", "")))
        names[role] = tuple(with_family_first(n) if i in first else n for i, n in enumerate(names[role], 1))
    return Source(entry.key or "", entry.type.lower(), fields, names, where)


def _parse(scan: ScanResult, taken: set[str]) -> tuple[dict[str, Source], list[Problem]]:
    # Only well-formed entries with new keys reach the parser: after a duplicate it would skip the rest of the file.
    entries: dict[str, RawEntry] = {}
    for entry in scan.entries:
        if entry.well_formed and entry.key.casefold() not in taken:
            entries.setdefault(entry.key.casefold(), entry)
    parser = Parser(person_fields=[])  # names are ours to part
    with pybtex.errors.capture() as errors:
        data = parser.parse_string("\n".join((*scan.strings, *(entry.text for entry in entries.values()))))
    sources = {}
    for key, entry in entries.items():
        if key in data.entries:
            places = {field.name: field.where for field in reversed(entry.fields)}
            sources[entry.key] = replace(entry_source(data.entries[key], entry.where), places=places)
    # What the parser alone finds has no line of ours; if the lint found something, that says it better.
    # A field that is there twice has a line in the lint.
    unseen = [] if scan.problems or not entries else [error for error in errors if "duplicate" not in str(error)]
    first = next(iter(entries.values())).where if entries else NOWHERE
    return sources, [problem("bib-parser", Place(first.file), why=error) for error in unseen]
