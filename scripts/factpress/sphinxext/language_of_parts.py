"""Marks what stands in another language than the book, so that it is read aloud and hyphenated rightly.

Authors mark prose (`[…]{lang=ru}`) and evidence its quotation; entries of the bibliography have their `langid`. What
else the pages show of these records, titles above all, is found here by its words, wherever it stands; and what is in
a script that one language alone is written in needs no mark (WCAG 2.2, success criterion 3.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from docutils import nodes

from factpress.model.book import Book
from factpress.model.source import Source
from factpress.model.text.passages import is_written_in, language_by_words, primary_language, script_passages
from factpress.model.text.quotation_marks import curly_quotes, within_quotation
from factpress.sphinxext.nodes import LANGUAGE_CLASS, element, make

VERBATIM = (nodes.raw, nodes.comment, nodes.literal_block, nodes.literal)  #: nodes that are left as they are
SHORTEST = 8  #: characters of a title that is looked for in running text
PRINTED_FIELDS = ("title", "subtitle", "shorttitle", "booktitle", "journal", "series", "publisher", "institution",
                  "school", "address", "note")  # fmt: skip


class PassageLanguages:
    """What a book's pages have in other languages than its own."""

    def __init__(self, book: Book, language: str) -> None:
        """Look through the records for texts whose language they name."""
        self._language = language
        self._known = dict(_known_texts(book, language))
        longest_first = sorted(self._known, key=lambda text: (-len(text), text))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    @property
    def known(self) -> Mapping[str, str]:
        """Return the languages of texts that are marked wherever a page has them, by the text."""
        return self._known

    def parts(self, text: str) -> list[tuple[str, str]]:
        """Return a text in parts, each with its language, empty where it is the book's own."""
        parts = [(text, "")]
        if self._pattern:
            parts = [part for each, _ in parts for part in _cut(each, self._found(each, self._pattern))]
        if text.isascii():
            return parts
        return [
            part
            for each, tag in parts
            for part in ([(each, tag)] if tag else _cut(each, _by_script(each, self._language)))
        ]

    def _found(self, text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
        for found in pattern.finditer(text):
            yield found.start(), found.end(), self._known[found[0]]


def _cut(text: str, spans: Iterator[tuple[int, int, str]]) -> list[tuple[str, str]]:
    parts, at = [], 0
    for start, end, tag in spans:
        parts += [(text[at:start], ""), (text[start:end], tag)]
        at = end
    return [part for part in (*parts, (text[at:], "")) if part[0]]


def _by_script(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    for passage in script_passages(text, language):
        if passage.language:
            yield passage.start, passage.end, passage.language


def _known_texts(book: Book, language: str) -> Iterator[tuple[str, str]]:
    """Yield texts that are in another language by what a record says, each with its language."""
    for source in book.sources.values():
        yield from _texts_of_entry(source, language)
    for claim in book.ledger.claims:
        for item in claim.evidence:
            if item.quote and item.language and primary_language(item.language) != primary_language(language):
                for passage in script_passages(item.quote, language):
                    yield passage.text, item.language


def _texts_of_entry(source: Source, language: str) -> Iterator[tuple[str, str]]:
    own, tags = primary_language(language), source.entry_languages
    if tag := source.title_language(language):
        for name in ("title", "subtitle", "shorttitle"):
            text = source.get(name)
            # a title that is one name in any language is nobody's passage
            if len(text) >= SHORTEST and language_by_words(text, language, (tag,), least=1) != own:
                yield from ((form, tag) for form in {text, curly_quotes(text), within_quotation(curly_quotes(text))})
    bodies = [name.literal for names in source.names.values() for name in names if name.literal]
    others = tuple(tag for tag in tags if tag != own)
    for text in (*bodies, *(source.get(name) for name in PRINTED_FIELDS)):
        for passage in script_passages(text, language):
            fitting = [tag for tag in tags if is_written_in(passage, tag)]
            if fitting and not passage.language:
                yield passage.text, fitting[0]
    for body in (*bodies, source.get("publisher"), source.get("institution"), source.get("school")):
        by_words = language_by_words(body, language, others, least=1) if others and body else own
        if by_words not in ("", own) and len(body) >= SHORTEST:
            yield body, by_words


def mark_languages(doctree: nodes.Node, languages: PassageLanguages, attributes: Sequence[str]) -> None:
    """Mark the passages of a page, by these attributes, all of which say the language."""
    for child in list(doctree.children):
        if isinstance(child, nodes.Text):
            parts = languages.parts(str(child))
            if any(tag for _, tag in parts):
                doctree.replace(child, [_part(text, tag, attributes) for text, tag in parts])
        elif isinstance(child, element) and "lang" in child["attributes_"]:
            child["attributes_"] |= dict.fromkeys(attributes, child["attributes_"]["lang"])
        elif isinstance(child, nodes.inline) and (tag := _language_of(child)):
            classes = " ".join(name for name in child["classes"] if not name.startswith(LANGUAGE_CLASS))
            made_of = make("span", *child.children, classes=classes, **dict.fromkeys(attributes, tag))
            made_of["ids"] = child["ids"]
            doctree.replace(child, made_of)
        elif isinstance(child, VERBATIM) or _language_of(child):
            continue
        else:
            mark_languages(child, languages, attributes)


def _part(text: str, tag: str, attributes: Sequence[str]) -> nodes.Node:
    return make("span", text, **dict.fromkeys(attributes, tag)) if tag else nodes.Text(text)


def _language_of(node: nodes.Element) -> str:
    """Return the language that an author has marked a node with, empty where none."""
    tags = (name.removeprefix(LANGUAGE_CLASS) for name in node["classes"] if name.startswith(LANGUAGE_CLASS))
    return next(tags, "")
