"""The order of words in a language, as its dictionaries have it: ł beside l, æ as ae, and å after z in Swedish.

Python compares code points, which puts every letter with a stroke or a ligature after z: Unicode does not decompose
them. ICU has the order of each language (Unicode Technical Standard 10 and CLDR).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any


def collation_key(text: str, language: str = "en") -> bytes:
    """Return what a text is sorted by in a language (BCP 47); punctuation does not count, spaces do."""
    words = " ".join(re.sub(r"[^\w\s]|_", "", text).split())
    return bytes(_collator(language).getSortKey(words))


@cache
def _collator(language: str) -> Any:
    import icu  # here, because its data are 30 MB

    return icu.Collator.createInstance(icu.Locale(language.replace("-", "_")))
