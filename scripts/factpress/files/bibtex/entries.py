"""New entries of a bibliography: written in its one form, checked as the others are, put in their place by key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from factpress.files.bibtex.fix import first_syntax_error, fix_text, sort_entries
from factpress.files.bibtex.lint import lint_entries
from factpress.files.bibtex.parse import parse_bibliography
from factpress.files.bibtex.scanner import scan_bibtex
from factpress.model.source import Source
from factpress.problems import FileError, Problem

FILE = "references.bib"
#: order of an entry's fields in the file; any other follows
FIELD_ORDER = (
    *("author", "editor", "title", "shorttitle", "booktitle", "journal", "volume", "number", "pages", "publisher"),
    *("institution", "year", "date", "doi", "isbn", "url", "urldate", "language", "note"),
)
_STOP = {"the", "a", "an", "of", "on", "and", "in", "to", "for"}


def entry_text(type_: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry in BibTeX; braces that do not pair, which would end a value early, are left out."""
    known = [name for name in FIELD_ORDER if fields.get(name)]
    names = [*known, *(name for name in fields if fields[name] and name not in known)]
    lines = [f"  {name} = {{{_balanced(fields[name].strip())}}}," for name in names]
    raw = "\n".join([f"@{type_}{{{key},", *lines, "}", ""])
    return fix_text(raw, FILE).text


def parse_new_entry(text: str) -> tuple[Source | None, list[Problem]]:
    """Return the source of a text that holds one entry, and everything that is wrong with it."""
    scan = scan_bibtex(text, FILE)
    problems = [*scan.problems, *lint_entries(scan.entries)]
    sources = parse_bibliography(text, FILE) if not any(p.is_error for p in scan.problems) else {}
    return next(iter(sources.values()), None), problems


def add_entries(text: str, new: Iterable[str]) -> str:
    """Return a bibliography with entries added, in order of the keys; every other byte stays.

    Raises:
        FileError: the file has a syntax error, or an entry with the key.
    """
    scan = scan_bibtex(text, FILE)
    if error := first_syntax_error(scan):
        raise FileError(
            f"{FILE}:{error.where.line} has a syntax error, so nothing is added to it.", "Correct it first."
        )
    have = {entry.key.casefold() for entry in scan.entries}
    for entry in new:
        key = scan_bibtex(entry, FILE).entries[0].key
        if key.casefold() in have:
            raise FileError(f"{FILE} has an entry {key} already.", "Use it, or choose another key.")
        newline = "\r\n" if "\r\n" in text else "\n"
        gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
        text = text + gap + entry.strip().replace("\n", newline) + newline
    return sort_entries(text, FILE)[0]


def suggested_key(author: str, year: str, title: str, taken: Iterable[str]) -> str:
    """Return a key that is not taken: family name, year and a word of the title, `wells2020-decision`."""
    family = author.split(" and ")[0]
    family = family.partition(",")[0] if "," in family else family.split()[-1] if family.split() else ""
    words = [word for word in re.findall(r"\w+", _plain(title)) if word not in _STOP]
    base = "".join((_plain(family), "".join(re.findall(r"\d{4}", year)[:1]))) or (words[0] if words else "source")
    base = re.sub(r"[^a-z0-9]", "", base) or "source"
    used = {key.casefold() for key in taken}
    tries = [base, *(f"{base}-{word}" for word in words[:1] if word.isascii()), *(f"{base}-{n}" for n in range(2, 99))]
    return next(key for key in tries if key not in used)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _balanced(value: str) -> str:
    depth, signs = 0, []
    for sign in " ".join(value.split()):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            depth = 0
            continue
        signs.append(sign)
    return "".join(signs) if depth == 0 else "".join(c for c in signs if c not in "{}")
