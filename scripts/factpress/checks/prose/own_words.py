"""A check that no sentence of the article stands in docs/: where its text is not ours to publish (DESIGN §3).

The article is known by length and hash only. So every stretch of our text that begins where a sentence
may begin, ends where a word ends and is as long as a unit is hashed; the cost is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from factpress.model.book import Book
from factpress.model.outline import fingerprint
from factpress.model.place import Place
from factpress.model.prose import Passage, Prose
from factpress.problems import Problem, problem

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_CURLED = str.maketrans({"'": "’"})


def check_own_words(book: Book, prose: Prose) -> Iterator[Problem]:
    """Yield every place of docs/ that has the words of a unit, but for the notice that is quoted."""
    if book.provenance and book.provenance.words_may_be_printed:
        return
    hashes, lengths = _fingerprints(book)
    for page in prose.pages:
        for passage in page.passages:
            yield from _find(passage, hashes, lengths)
    disclosure = book.provenance.notice if book.provenance else None
    for record in (*book.ledger.claims, book.outline, book.provenance, book.study_aids):
        for passage in _texts(record, Place("")):
            if not disclosure or passage.where != disclosure.where:
                yield from _find(passage, hashes, lengths)


def check_texts(book: Book, record: object) -> Iterator[Problem]:
    """Yield every text of one record, which the book need not hold yet, that has the words of a unit."""
    if book.provenance and book.provenance.words_may_be_printed:
        return
    hashes, lengths = _fingerprints(book)
    for passage in _texts(record, Place("")):
        yield from _find(passage, hashes, lengths)


def _fingerprints(book: Book) -> tuple[dict[str, str], list[int]]:
    """Return the units of the article by hash, and their lengths, without those of the notice that is quoted."""
    notice = book.provenance.notice if book.provenance else None
    quoted = notice.units if notice else ()
    units = [unit for unit in book.outline.units if unit.id not in quoted and unit.chars.isdecimal()]
    return {unit.sha256: unit.id for unit in units}, sorted({int(unit.chars) for unit in units})


def _find(passage: Passage, hashes: Mapping[str, str], lengths: list[int]) -> Iterator[Problem]:
    text = unicodedata.normalize("NFC", passage.text)
    folded = " ".join(text.split())
    if not lengths or len(folded) < lengths[0]:
        return
    starts = list(_starts(list(re.finditer(r"\S+", text))))
    # an author may type other quotation marks than the article has
    for variant in dict.fromkeys((folded, folded.translate(_STRAIGHT), folded.translate(_CURLED))):
        within = [one.isalnum() and other.isalnum() for one, other in pairwise(variant)]  # of words, after each sign
        within.append(False)
        for start, offset in starts:
            last = start - 1
            for length in lengths[: bisect_right(lengths, len(variant) - start)]:
                if within[last + length]:
                    continue
                unit = hashes.get(fingerprint(variant[start : start + length]))
                if unit:
                    line = passage.where.line + text[:offset].count("\n")
                    yield problem("article-sentence", Place(passage.where.file, line), unit=unit)


def _starts(words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield where a sentence or list item may begin, in the folded text and in the text itself."""
    at, last = 0, "."
    for word in words:
        lead = len(word[0]) - len(word[0].lstrip("“”‘’\"'([*_"))
        first = word[0][lead : lead + 1]
        if first.isupper() or first.isdigit() or re.search(r"[.:;!?•–*-][”’\"')\]]*$", last):
            yield at, word.start()
            if lead:
                yield at + lead, word.start() + lead
        at, last = at + len(word[0]) + 1, word[0]


def _texts(value: object, where: Place) -> Iterator[Passage]:
    """Yield the texts of a record, each on one line, at the place of the record that holds it."""
    if isinstance(value, str):
        yield Passage(" ".join(value.split()), where)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, where)
    elif is_dataclass(value) and not isinstance(value, Place):
        here = getattr(value, "where", where)
        kind: Any = type(value)
        for name in _names(kind):
            yield from _texts(getattr(value, name), here)


@cache
def _names(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))
