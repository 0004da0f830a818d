"""Reads bibliographies: our lint first, then the parser on what the lint found sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pybtex.errors
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser

from factpress.files.bibtex.lint import ADDRESSES, ROLES, family_first, lint
from factpress.files.bibtex.scanner import RawEntry, Scan, scan
from factpress.files.bibtex.values import decode, plain_address
from factpress.model.place import Place
from factpress.model.source import EAST_ASIAN, NOWHERE, OTHERS, Name, Source, bare_doi
from factpress.problems import Problem, in_order, problem


def read_bibliography(paths: Iterable[Path], root: Path) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources of all files by key, in order of the files, and every problem with file and line."""
    scans, problems = [], []
    for path in paths:
        file = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        text, found = _read(path, file)
        scans.append(scan(text, file))
        problems += found + scans[-1].problems
    problems += lint(entry for one in scans for entry in one.entries)
    sources: dict[str, Source] = {}
    for one in scans:
        parsed, found = _parse(one, {key.casefold() for key in sources})
        sources |= parsed
        problems += found
    return sources, in_order(problems)


def source_of(entry: Entry, where: Place = NOWHERE) -> Source:
    """Return the parser's entry as a record without TeX."""
    fields, names = {}, {}
    for name, value in entry.fields.items():
        name = name.lower()
        if name in ROLES:  # the parser takes a translator for text
            names[name] = tuple(map(_name, _people(value)))
        elif name == "doi":
            fields[name] = bare_doi(value)
        elif not name.endswith("+an"):
            fields[name] = plain_address(value) if name in ADDRESSES else decode(value).strip()
    for role, people in entry.persons.items():
        names[role.lower()] = tuple(map(_name, people))
    for role in names:
        first = family_first(str(entry.fields.get(f"{role}+an", "")))
        names[role] = tuple(_turned(n) if i in first else n for i, n in enumerate(names[role], 1))
    return Source(entry.key or "", entry.type.lower(), fields, names, where)


def _read(path: Path, file: str) -> tuple[str, list[Problem]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        return "", [problem("not-readable", Place(file), file=file, why=error.strerror or error)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        lines = data[: error.start].splitlines() or [b""]
        where = Place(file, len(lines), len(lines[-1]) + 1)
        return "", [problem("not-utf8", where, byte=f"0x{data[error.start]:02x}", offset=error.start)]


def _parse(one: Scan, taken: set[str]) -> tuple[dict[str, Source], list[Problem]]:
    # Only sound entries with new keys reach the parser: after a duplicate it would skip the rest of the file.
    entries: dict[str, RawEntry] = {}
    for entry in one.entries:
        if entry.sound and entry.key.casefold() not in taken:
            entries.setdefault(entry.key.casefold(), entry)
    parser = Parser(person_fields=ROLES)
    with pybtex.errors.capture() as errors:
        data = parser.parse_string("\n".join((*one.strings, *(entry.text for entry in entries.values()))))
    sources = {}
    for key, entry in entries.items():
        if key in data.entries:
            places = {field.name: field.where for field in reversed(entry.fields)}
            sources[entry.key] = replace(source_of(data.entries[key], entry.where), places=places)
    # What the parser alone finds has no line of ours; if the lint found something, that says it better.
    unseen = [] if one.problems or not entries else errors
    first = next(iter(entries.values())).where if entries else NOWHERE
    return sources, [problem("bib-parser", Place(first.file), why=error) for error in unseen]


def _people(text: str) -> list[Person]:
    with pybtex.errors.capture():
        return [Person(name) for name in split_name_list(text)]


def _name(person: Person) -> Name:
    def text(parts: list[str]) -> str:
        return " ".join(filter(None, (decode(part).strip() for part in parts)))

    given = text(person.first_names + person.middle_names)
    if not given and not person.prelast_names and not person.lineage_names and len(person.last_names) == 1:
        only = person.last_names[0]
        if only == "others":
            return OTHERS
        if only.startswith("{") and only.endswith("}"):
            return Name(literal=decode(only).strip())
    family = text(person.last_names)
    name = Name(family, given, text(person.prelast_names), text(person.lineage_names))
    return _turned(name) if EAST_ASIAN.search(family) else name


def _turned(name: Name) -> Name:
    return replace(name, family_first=True) if name.family else name
