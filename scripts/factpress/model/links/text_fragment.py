"""The address of quoted words on a page: a text fragment, which browsers scroll to and which others ignore.

https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from factpress.model.links.quotation import parts

LONGEST = 80  #: characters of a quote that are given whole; of a longer one its first and its last words
WORDS = 4  #: of a long quote's ends, and of what stands before and after
MARK = ":~:text="


def to_quote(url: str, quote: str | None, before: str | None = None, after: str | None = None) -> str:
    """Return the address of a quote on a page; the page's own address for a PDF, where no browser looks for text."""
    runs = parts(quote or "")
    if not runs or MARK in url or urlsplit(url).path.lower().endswith(".pdf"):
        return url
    text = [_encoded(runs[0])] if len(runs) == 1 and len(runs[0]) <= LONGEST else _ends(runs)
    prefix = [f"{_encoded(_last(parts(before)[-1]))}-"] if before and parts(before) else []
    suffix = [f"-{_encoded(_first(parts(after)[0]))}"] if after and parts(after) else []
    joined = ",".join((*prefix, *text, *suffix))
    return f"{url}{'' if '#' in url else '#'}{MARK}{joined}"


def _ends(runs: tuple[str, ...]) -> list[str]:
    """Return how the words begin and how they end; they must not overlap, or a browser finds nothing."""
    if len(runs) > 1:
        return [_encoded(_first(runs[0])), _encoded(_last(runs[-1]))]
    words = runs[0].split()
    half = min(WORDS, len(words) // 2)
    return [_encoded(" ".join(words[:half])), _encoded(" ".join(words[-half:]))] if half else [_encoded(runs[0])]


def _first(run: str) -> str:
    return " ".join(run.split()[:WORDS])


def _last(run: str) -> str:
    return " ".join(run.split()[-WORDS:])


def _encoded(text: str) -> str:
    # a hyphen, a comma and an ampersand mean something in a fragment; the latter two are encoded anyway
    return percent_encoded(" ".join(text.split()), safe="").replace("-", "%2D")
