"""Quotation marks and apostrophes: set curly, and turned single inside a quotation, double inside that."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: each mark that opens a quotation, with those that may close it
_CLOSED_BY = {
    "“": "”", "„": "“”", "«": "»", "»": "«", "”": "”",
    "‘": "’", "‚": "‘’", "‹": "›", "›": "‹",
}  # fmt: skip
_SINGLE = str.maketrans("“”„«»", "‘’‚‹›")
_DOUBLE = str.maketrans("‘’‚‹›", "“”„«»")
#: words that lost their beginning
_CLIPPED = re.compile(r"'(?=(?:\d0s?|tis|twas|twere|til|em|cause|round|bout)\b)|(?<!\w)'(?=n'(?!\w))", re.IGNORECASE)
_CLOSED_LATER = re.compile(r"[^‘’‚“„]{0,200}’(?!\w)")


def curly(text: str) -> str:
    """Return text whose straight quotation marks and apostrophes are typographic; a mark of feet or inches stays."""
    if "'" not in text and '"' not in text:
        return text
    text = re.sub(r"(?<=\w)'(?=\w)", "’", _CLIPPED.sub("’", text))
    text = re.sub(r'(?<!\d)"(?=[^"\s])([^"]*)"', r"“\1”", text)
    signs = list(text)
    for start, end in _single_quotations(text):
        signs[start], signs[end] = "‘", "’"
    return re.sub(r"(?<=[^\W\d])'|'(?=\w)", "’", "".join(signs))


def _single_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a straight single mark opens at the start of a word, and another closes at the end of one."""
    opened, weak = -1, -1  # weak: after an s, which may be an apostrophe: the 'Allies' plan' of 1950
    for found in re.finditer("'", text):
        at = found.start()
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if opened >= 0 and not before.isspace() and not after.isalnum():
            if before in "sS" and after == " " and weak < 0:
                weak = at
            else:
                yield opened, at
                opened = weak = -1
        elif not before.isalnum() and not after.isspace():
            if weak >= 0:
                yield opened, weak
            opened, weak = at, -1
    if weak >= 0:
        yield opened, weak


def within_quotation(text: str) -> str:
    """Return text to stand between double quotation marks: its own are single, and those inside them double."""
    turned = list(text)
    for start, end, depth in _pairs(text):
        for at in (start, end):
            turned[at] = turned[at].translate(_SINGLE if depth % 2 == 0 else _DOUBLE)
    return "".join(turned)


def ends_sentence(text: str) -> bool:
    """Return whether a text ends as a sentence does, inside its quotation marks and brackets too."""
    return bool(re.search(r"[.!?…。！？．][”’“‘»›\"')\]」』]*\s*\Z", text[-20:]))


def _pairs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where each quotation opens and closes, and how many others it stands in."""
    opened: list[int] = []
    for found in re.finditer("[“”„«»‘’‚‹›]", text):
        at, mark = found.start(), found[0]
        if mark == "’" and _is_apostrophe(text, at, bool(opened) and text[opened[-1]] in "‘‚"):
            continue
        if opened and mark in _CLOSED_BY[text[opened[-1]]]:
            start = opened.pop()
            yield start, at, len(opened)
        elif mark in _CLOSED_BY:
            opened.append(at)


def _is_apostrophe(text: str, at: int, inside_single: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if (before.isalnum() and after.isalnum()) or not inside_single:
        return True
    # dogs’ bark’: the first of two that could close, after an s
    return before == "s" and after == " " and _CLOSED_LATER.match(text, at + 1) is not None
