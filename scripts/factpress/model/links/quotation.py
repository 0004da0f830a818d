"""Quotations: what two texts have in common when only the typesetting differs, and the key of a quotation.

A similar text is never the same text: `would not be` and `would be` differ by three letters.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LOOKS = str.maketrans(
    dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")  # soft hyphen and characters without width
    | dict.fromkeys("‘’‚‛′‵ʼ＇", "'")
    | dict.fromkeys("“”„‟″‶«»＂", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
)
# a hyphen at the end of a line is the typesetter's, a dash there is the author's
_LINE_END = re.compile(r"(?<=\w)[-\u00ad\u2010][^\S\r\n]*[\r\n]\s*(?=\w)")
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.(?:\s?\.){2,})\s*\]|\(\s*(?:…|\.(?:\s?\.){2,})\s*\)|…|\.(?:\s?\.){2,})\s*")


def normalise(text: str) -> str:
    """Return the text without what typesetting adds; the same for two texts that differ in nothing else."""
    text = _LINE_END.sub("", text)
    # case folding may take letters apart again, and their compatible forms may hold quotation marks
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text.translate(_LOOKS)).casefold()
    return " ".join(unicodedata.normalize("NFKC", text.translate(_LOOKS)).split())


def parts(quote: str) -> tuple[str, ...]:
    """Return the runs of words between the quote's ellipses, as they are written; they must follow in this order."""
    return tuple(part for part in _ELLIPSIS.split(quote) if part.strip())


def quote_key(quote: str) -> str:
    """Return the name of a quote in the record of its link: twelve hexadecimal digits."""
    return hashlib.sha256(normalise(quote).encode("utf-8", "surrogatepass")).hexdigest()[:12]
