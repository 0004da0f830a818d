"""Numbers of pages: every way to write a range read as one, and what is wrong with one.

`31--48`, `31 to 48` and `31～48` are `31–48`; `31;33` and `31/32` are `31, 33` and `31, 32`.
"""

from __future__ import annotations

import re

#: between two pages or numbers; so is a hyphen, where no other dash is
DASH = re.compile(r"(?<!\s)\s*(?:-{2,}|[‐‑‒–—―−～〜∼~－﹣﹘⁓])\s*")
_PAGE = r"(?:\d+[a-z]?|[ivxlcdm]+|[IVXLCDM]+|[A-Z]{1,2}[-.]?\d+|\d+[-.:]\d+)"
_PAGES = re.compile(rf"{_PAGE}(?:–{_PAGE})?(?:(?:, ?| and ){_PAGE}(?:–{_PAGE})?)*(?: ?ff?\.?|\+)?")
_NUMBER = r"(?:\d+|[ivxlcdm]+|[IVXLCDM]+)"
_TO = re.compile(rf"(?<![^\s,;/])({_NUMBER})(?:\s+(?:to|through|bis|à|до)\s+|\xa0)(?={_NUMBER}(?![^\s,;/]))")
_LISTED = re.compile(rf"(?<=[\divxlcdmIVXLCDM])\s*[;/；，、]\s*(?={_NUMBER})")
_PAGE_WORD = re.compile(r"(?:pp?|pages?|pgs?|S|s|Seiten?|с|стр)(?:\.\s*|\s+)(?=[\divxlcdmA-Z?-])", re.IGNORECASE)
_ROMAN = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def normal_pages(text: str) -> str:
    """Return pages without their word, ranges with an en dash, a list with commas."""
    bare = _PAGE_WORD.sub("", text, count=1) if _PAGE_WORD.match(text) else text
    bare = DASH.sub("–", _TO.sub(r"\1–", bare))
    if "–" not in bare:
        bare = re.sub(r"(?<=\w)\s*-\s*(?=\w)", "–", bare)
    listed = _LISTED.sub(", ", bare)
    return listed if are_pages(listed) else bare


def are_pages(bare: str) -> bool:
    """Return whether a text, as `normal_pages` returns it, is pages and ranges of pages, nothing else."""
    return _PAGES.fullmatch(bare) is not None


def pages_fault(text: str) -> str:
    """Return why a text cannot be pages, empty where it may be, or is words that are printed as they stand."""
    bare = normal_pages(text.strip())
    if text.strip() and ("?" in bare or not any(sign.isalnum() for sign in bare)):
        return "names no page"
    for piece in map(str.strip, re.split(r"[,;]|\sand\s", bare)):
        if re.search(r"^[–-]|[–-]$", piece):
            return "is a range without its " + ("first page" if piece[0] in "–-" else "last page")
        first, dash, last = piece.partition("–")
        if dash and _is_before(last, first):
            return "ends before it begins"
    return ""


def _is_before(last: str, first: str) -> bool:
    """Return whether a range runs backwards; `158–96` is short for 158–196."""
    if first.isdecimal() and last.isdecimal():
        whole = first[: -len(last)] + last if len(last) < len(first) else last
        return int(whole[-18:]) < int(first[-18:])
    one, other = roman_number(first), roman_number(last)
    return bool(one and other and first.islower() == last.islower() and other < one)


def roman_number(text: str) -> int:
    """Return the value of a Roman number, in capitals or in small letters; 0 if it is none."""
    if not _ROMAN.fullmatch(text) or not (text.islower() or text.isupper()):
        return 0
    values = [_VALUES[sign] for sign in text.lower()]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
