"""The order of words in a language, as its dictionaries have it: ł beside l, æ as ae, and å after z in Swedish.

Python compares code points, which puts every letter with a stroke or a ligature after z: Unicode does not decompose
them. ICU has the order of each language (Unicode Technical Standard 10 and CLDR).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

OTHER = "…"  #: ICU's heading for what is of another script
DIGITS = "0–9"


def collation_key(text: str, language: str = "en") -> bytes:
    """Return what a text is sorted by in a language (BCP 47); punctuation does not count, spaces do."""
    return bytes(_collator(language).getSortKey(_words(text)))


def heading_letter(text: str, language: str = "en") -> str:
    """Return the letter that a text stands under in an index: L for Łódź; Å in Swedish, A in English; or `0–9`."""
    words = _words(text)
    if words[:1].isdecimal():
        return DIGITS
    index = _index(language)
    letter = str(index[index.getBucketIndex(words)][0])
    return words[:1].upper() if letter == OTHER else letter


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]|_", "", text).split())


@cache
def _collator(language: str) -> Any:
    return _icu().Collator.createInstance(_icu().Locale(language.replace("-", "_")))


@cache
def _index(language: str) -> Any:
    return _icu().AlphabeticIndex(_icu().Locale(language.replace("-", "_"))).buildImmutableIndex()


def _icu() -> Any:
    import icu  # here, because its data are 30 MB

    return icu
