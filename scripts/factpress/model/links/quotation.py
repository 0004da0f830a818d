"""Quotations: when two texts differ in typesetting only, the key of a quotation, and its address on a page.

A similar text is never the same text: `would not be` and `would be` differ by three letters.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote as percent_encoded

from factpress.model.links.addresses import split_address

#: what has no width, or only stretches or directs a line: soft hyphen, joiners, marks of direction, variation selectors
_NO_WIDTH = "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202d\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
INVISIBLE = re.compile(f"[{_NO_WIDTH}\x00-\x08\x0e-\x1f\x7f-\x9f\U000e0000-\U000e01ef]")
#: two codes or more of one sign, each before the compatible form of Unicode takes some of them apart
_SIGNS = str.maketrans(
    dict.fromkeys("‘’‚‛′‵‹›❛❜ʹʻʼʽˊˋ´`＇｀׳ꞌ", "'")
    | dict.fromkeys("“”„‟″‶«»❝❞⹂〝〞〟＂״「」『』｢｣﹁﹂﹃﹄〈〉《》〈〉︿﹀︽︾", '"')
    | dict.fromkeys("‐‑‒–—―−˗⁃⸺⸻⸗─━﹘﹣－֊־", "-")
    | dict.fromkeys("·•‧・･∙⋅ㆍᆞ·⸳", "·")
    | dict.fromkeys("〜～∼⁓˜〰∽", "~")
    | dict.fromkeys("⁄∕", "/")
    | dict.fromkeys("º˚∘", "°")
    | {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
    | {"ی": "ي", "ک": "ك"}  # one letter, in the codes of Persian and of Arabic keyboards
    | dict.fromkeys("\u2800\u3164", " ")
    | {"№": "No. ", "×": "x", "✕": "x", "⨯": "x", "٬": ",", "٫": "."}
    | {chr(zero + digit): str(digit) for zero in (
        0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040,
        0x17E0,
    ) for digit in range(10)}
)  # fmt: skip
#: vowels and accents of Hebrew and Arabic, which the same words are written with and without
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
#: signs that are typed by two: quotation marks by apostrophes, commas or angle brackets, a dash by hyphens
_TYPED = ((re.compile("'{2}|,,|<<|>>"), '"'), (re.compile("-{2,}"), "-"))
#: the spaces and the signs between numbers, and between a number and its sign
_NUMBERED = (
    (re.compile(r"\bno\. ?(?=\d)"), "no. "), (re.compile(r"(?<=\d) ?x ?(?=\d)"), " x "),
    (re.compile(r"(?<=\d) (?=°)"), ""), (re.compile(r"(?<=\d) ?[ー~] ?(?=\d)"), "~"),
)  # fmt: skip
#: scripts without spaces between words, in which those that there are come from the typesetter
HAN_AND_KANA = (
    "\u2e80-\u2fdf\u3001-\u3003\u3005-\u3011\u3014-\u301b\u3021-\u3029\u3031-\u3035\u3040-\u30ff"
    "\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003fffd"
)
_SPACE_BESIDE_HAN = re.compile(f"(?<=[{HAN_AND_KANA}]) | (?=[{HAN_AND_KANA}])")
# a hyphen at the end of a line is the typesetter's, a dash there is the author's
_LINE_END = re.compile(r"(?<=\w)[-\u00ad\u2010][^\S\r\n]*[\r\n]\s*(?=\w)")
_ELLIPSIS = re.compile(
    r"\s*(?:\[\s*(?:[…⋯]+|\.(?:\s?\.){2,})\s*\]|\(\s*(?:[…⋯]+|\.(?:\s?\.){2,})\s*\)|[…⋯]+|\.(?:\s?\.){2,})\s*"
)


def without_typesetting(text: str) -> str:
    """Return the text without what typesetting adds; the same for two texts that differ in nothing else."""
    text, before = _LINE_END.sub("", text), ""
    # case folding may take letters apart again, and their compatible forms may hold other signs
    while text != before:
        text, before = _folded(text), text
    return text


def _folded(text: str) -> str:
    for _ in range(2):
        text = unicodedata.normalize("NFKC", _POINTS.sub("", INVISIBLE.sub("", text)).translate(_SIGNS)).casefold()
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    for typed, sign in _TYPED:
        text = typed.sub(sign, text)
    text = " ".join(text.split())
    for spaced, sign in _NUMBERED:
        text = spaced.sub(sign, text)
    return _SPACE_BESIDE_HAN.sub("", text)


def quote_parts(quote: str) -> tuple[str, ...]:
    """Return the runs of words between the quote's ellipses, as they are written; they must follow in this order."""
    return tuple(part for part in _ELLIPSIS.split(quote) if part.strip())


def quote_key(quote: str) -> str:
    """Return the name of a quote in the record of its link: twelve hexadecimal digits."""
    return hashlib.sha256(without_typesetting(quote).encode("utf-8", "surrogatepass")).hexdigest()[:12]


LONGEST_WHOLE_QUOTE = 80  #: characters of a quote that are given whole; of a longer one its first and its last words
END_WORDS = 4  #: of a long quote's ends, and of what stands before and after
TEXT_DIRECTIVE = ":~:text="


def text_fragment_url(url: str, quote: str | None, before: str | None = None, after: str | None = None) -> str:
    """Return the address of a quote on a page; the page's own address for a PDF, where no browser looks for text."""
    runs = quote_parts(quote or "")
    if not runs or TEXT_DIRECTIVE in url or split_address(url).path.lower().endswith(".pdf"):
        return url
    text = [_encoded(runs[0])] if len(runs) == 1 and len(runs[0]) <= LONGEST_WHOLE_QUOTE else _ends(runs)
    prefix = [f"{_encoded(_last(quote_parts(before)[-1]))}-"] if before and quote_parts(before) else []
    suffix = [f"-{_encoded(_first(quote_parts(after)[0]))}"] if after and quote_parts(after) else []
    joined = ",".join((*prefix, *text, *suffix))
    return f"{url}{'' if '#' in url else '#'}{TEXT_DIRECTIVE}{joined}"


def _ends(runs: tuple[str, ...]) -> list[str]:
    """Return how the words begin and how they end; they must not overlap, or a browser finds nothing."""
    if len(runs) > 1:
        return [_encoded(_first(runs[0])), _encoded(_last(runs[-1]))]
    words = runs[0].split()
    half = min(END_WORDS, len(words) // 2)
    return [_encoded(" ".join(words[:half])), _encoded(" ".join(words[-half:]))] if half else [_encoded(runs[0])]


def _first(run: str) -> str:
    return " ".join(run.split()[:END_WORDS])


def _last(run: str) -> str:
    return " ".join(run.split()[-END_WORDS:])


def _encoded(text: str) -> str:
    # a hyphen, a comma and an ampersand mean something in a fragment; the latter two are encoded anyway
    return percent_encoded(" ".join(text.split()), safe="").replace("-", "%2D")
