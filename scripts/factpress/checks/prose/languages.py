"""Checks that what stands in another language than the book says in which (WCAG 2.2, success criterion 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from factpress.checks.faces import texts_of_record, texts_of_source
from factpress.files.written_addresses import ADDRESS
from factpress.model.allowed_markup import shortened
from factpress.model.book import Book
from factpress.model.claim import Claim, Evidence
from factpress.model.place import Place
from factpress.model.prose import Passage, Prose
from factpress.model.source import Source
from factpress.model.text.languages import language_name, language_tags
from factpress.model.text.passages import (
    ScriptPassage,
    is_language_tag,
    is_written_in,
    is_written_in_latin,
    language_by_words,
    primary_language,
    script_passages,
)
from factpress.problems import Problem, problem
from factpress.settings import Settings

QUOTED = re.compile(r"“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|\"([^\"]+)\"")  #: what prose sets in quotation marks
SHOWN = 40  #: characters of a passage that a message shows


def check_languages(book: Book, prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield the passages in another language that do not say so, by their script or by their words."""
    language = settings.language
    for page in prose.book:
        for passage in page.passages:
            yield from check_passage(passage, language)
    for claim in book.ledger.claims:
        for item in claim.evidence:
            yield from check_quotation(item, book.sources.get(item.source), language)
    for source in book.sources.values():
        yield from check_entry(source, language)
    # their fields are plain text: what one language alone is written in is marked when an edition is made
    claims = map(_without_quotations, book.ledger.claims)
    records = (*claims, *book.ledger.people, book.outline, book.provenance, book.study_aids, book.figures)
    yield from _undecided(records, language)


def check_passage(passage: Passage, language: str) -> Iterator[Problem]:
    """Yield what a passage of prose has in another language, unmarked."""
    # an address is in no language
    text = ADDRESS.sub(lambda found: " " * len(found[0]), passage.unmarked)
    for foreign in script_passages(text, language):
        yield _without_language(foreign, _line(passage, foreign.start), "[…]{lang=…}")
    for quoted in QUOTED.finditer(text):
        words = " ".join(next(filter(None, quoted.groups())).split())
        if (by_words := language_by_words(words, language)) and by_words != primary_language(language):
            yield _by_words(words, by_words, _line(passage, quoted.start()), f"[…]{{lang={by_words}}}")


def check_quotation(item: Evidence, source: Source | None, language: str) -> Iterator[Problem]:
    """Yield what is wrong with the language of a quotation, or that it names none."""
    if item.language is not None and not is_language_tag(item.language):
        yield problem("language-tag", item.where, value=item.language)
        return
    quote, own = item.quote or "", primary_language(language)
    foreign = next(script_passages(quote, language), None)
    if foreign and item.language is None:
        yield _without_language(foreign, item.where, "language: …")
    elif foreign and not is_written_in(foreign, item.language or ""):
        yield _wrong_language(foreign, item.language or "", item.where)
    if foreign or item.language is not None or not quote:
        return
    tags = source.languages if source else ()
    others = tuple(tag for tag in tags if tag != own and is_written_in_latin(tag))
    by_words = language_by_words(quote, language, others, least=1 if others else 3)
    if by_words != own and (by_words or (others and own not in tags)):
        yield _by_words(quote, by_words or others[0], item.where, f"language: {by_words or others[0]}")


def check_entry(source: Source, language: str) -> Iterator[Problem]:
    """Yield what an entry of the bibliography has in another language than it says."""
    tags = source.entry_languages
    if source.get("title") and source.title_language(language) is None:
        others = tuple(tag for tag in tags if tag != primary_language(language))
        guess = others[0] if others else language_by_words(source.get("title"), language)
        yield _by_words(source.get("title"), guess, source.place("title"), f"langid = {{{guess}}}")
    titles = source.place("title")
    for passage in texts_of_source(source):
        for foreign in script_passages(passage.text, language):
            if not any(is_written_in(foreign, tag) for tag in tags) and (
                not foreign.language or passage.where == titles
            ):
                yield _without_language(foreign, passage.where, "langid = {…}")


def _without_quotations(claim: Claim) -> Claim:
    if not claim.finding:
        return claim
    evidence = tuple(replace(item, quote=None) for item in claim.evidence)
    return replace(claim, finding=replace(claim.finding, evidence=evidence))


def _undecided(records: Iterable[object], language: str) -> Iterator[Problem]:
    seen: set[tuple[str, int, str]] = set()
    for record in records:
        for passage in texts_of_record(record, Place("")):
            for foreign in script_passages(passage.text, language):
                key = (passage.where.file, passage.where.line, foreign.text)
                if not foreign.language and key not in seen:
                    seen.add(key)
                    yield _without_language(foreign, passage.where, "it in the book’s letters")


def _without_language(foreign: ScriptPassage, where: Place, how: str) -> Problem:
    return problem("language-missing", where, text=shortened(foreign.text, SHOWN), letters=foreign.letters, how=how)


def _wrong_language(foreign: ScriptPassage, tag: str, where: Place) -> Problem:
    return problem(
        "language-script",
        where,
        text=shortened(foreign.text, SHOWN),
        letters=foreign.letters,
        language=language_name(language_tags(tag)[0]),
    )


def _by_words(text: str, tag: str, where: Place, how: str) -> Problem:
    return problem("language-by-words", where, text=shortened(text, SHOWN), language=language_name(tag), how=how)


def _line(passage: Passage, offset: int) -> Place:
    return Place(passage.where.file, passage.where.line + passage.text.count("\n", 0, offset))
