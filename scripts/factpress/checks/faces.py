"""A check that the faces of the book have every character that its editions print: the build would find it late."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from factpress.model.book import Book
from factpress.model.outline import Disclosure
from factpress.model.place import Place
from factpress.model.prose import Passage, Prose
from factpress.model.source import Source
from factpress.model.text.characters import character_name, forbidden_characters, hidden_characters
from factpress.press.fonts import covered_characters
from factpress.problems import Problem, problem
from factpress.settings import Settings, setting_line

#: categories of characters that are not drawn, or that every renderer draws as a gap
UNDRAWN = ("Cc", "Cf", "Zs", "Zl", "Zp")
#: signs of category Cf that are drawn all the same, around the digits or letters after them (Unicode, PropList.txt,
#: Prepended_Concatenation_Mark)
DRAWN_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
VARIATION_SELECTORS = {*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}
#: of the bibliography and of records: addresses lead somewhere, and are not printed; nor are the words beside a quote
UNPRINTED_FIELDS = {
    *("abstract", "annote", "annotation", "keywords", "file", "langid", "url", "archived", "before", "after"),
    *("sha256", "emails", "covers"),
}
PRINTED_SETTINGS = ("title", "subtitle", "publisher", "licence", "code_licence", "article", "disclosure")


def check_faces(book: Book, prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each character that no face of the book has, once a line."""
    covered = covered_characters(settings.faces)
    seen: set[tuple[str, int, str]] = set()
    for passage in _printed(book, prose, settings):
        if covered.issuperset(passage.text):
            continue
        for number, line in enumerate(passage.text.split("\n")):
            where = Place(passage.where.file, passage.where.line + number) if number else passage.where
            for sign in dict.fromkeys(line):
                key = (where.file, where.line, sign)
                if sign not in covered and _is_drawn(sign) and key not in seen:
                    seen.add(key)
                    yield problem("character-without-face", where, character=character_name(sign))


def _is_drawn(sign: str) -> bool:
    if any(forbidden_characters(sign)) or any(hidden_characters(sign)):
        return False  # problems of their own
    return sign in DRAWN_FORMATS or (unicodedata.category(sign) not in UNDRAWN and sign not in VARIATION_SELECTORS)


def _printed(book: Book, prose: Prose, settings: Settings) -> Iterator[Passage]:
    for page in prose.book:
        yield from page.passages
    ledger = book.ledger
    records = (
        *ledger.claims,
        *ledger.people,
        *ledger.signoffs,
        *book.seen,
        *book.history,
        book.outline,
        book.provenance,
    )
    for record in (*records, book.study_aids, book.figures):
        yield from texts_of_record(record, Place(""))
    for source in book.sources.values():
        yield from texts_of_source(source)
    for name in PRINTED_SETTINGS:
        text = getattr(settings, name)
        yield Passage(text, Place("pyproject.toml", setting_line(settings.root, name.replace("_", "-"))))


def texts_of_source(source: Source) -> Iterator[Passage]:
    """Yield the texts of an entry that an edition prints, each on one line, with the place of its field."""
    for name, text in source.fields.items():
        if name not in UNPRINTED_FIELDS:
            yield Passage(" ".join(text.split()), source.place(name))
    for role, names in source.names.items():
        yield from texts_of_record(names, source.place(role))


def texts_of_record(value: object, where: Place) -> Iterator[Passage]:
    """Yield the texts of a record, each on one line, at the place of the record that holds it."""
    if isinstance(value, str):
        yield Passage(value if value.isascii() else " ".join(value.split()), where)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_of_record(item, where)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of_record(item, where)
    elif isinstance(value, Disclosure):
        yield Passage(value.printed, value.where)
    elif is_dataclass(value) and not isinstance(value, Place):
        here = getattr(value, "where", where)
        for name in _printed_fields(value.__class__):
            yield from texts_of_record(getattr(value, name), here)


@cache
def _printed_fields(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if field.name not in UNPRINTED_FIELDS)
