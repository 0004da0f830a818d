"""Cuts a block of text into sentences: the library's cuts, put right by a few rules, each for one kind of mistake.

Cutting happens once, when an article is imported; ids are then frozen in the outline, and a person merges or splits
by command. So the name and version of what cut stand in the outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version

#: start and end of a sentence in its block, in characters, white space at both ends left out
Span = tuple[int, int]

UNSPACED = ("ko", "ja", "zh")  #: a full stop may stand between two sentences without a space
_STOP = ".!?…。！？｡؟۔"
_CLOSING = "”’\"'»›“‘」』）)]"
#: opening mark: the closing marks that may answer it
_QUOTES = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", '"': '"', "‘": "’", "‚": "‘’", "»": "«"}
#: before a number, or before another of them, these end no sentence
_REFERENCES = (
    "Stat|Cong|Rec|Vol|vol|No|no|Nos|nos|Nr|nr|Art|art|Arts|arts|Abs|Bd|Ch|ch|Sec|sec|Sect|sect|Fig|fig|Op|op|Para|para"
    "|p|P|pp|S|ss|cap|Cap|núm|Núm|nº|fol|fols|col|cols|tit|Tit|Reg|Doc|doc|Res|Ser|ser|pt|Pt|ed|Jan|Feb|Mar|Apr|Jun"
    "|Jul|Aug|Sep|Sept|Oct|Nov|Dec|janv|févr|avr|juill|sept|oct|nov|déc|Pub|L|blz|str|стр|ст"
)
_BEFORE_NUMBER = re.compile(rf"(?:^|[\s(’'])(?:{_REFERENCES})\.$")
_NUMBER_OR_REFERENCE = re.compile(rf"\d|(?:{_REFERENCES})\.")
#: titles of one or two letters, by language, that a name follows
_TITLES = {
    "fr": r"(?:^|[\s(«])(?:MM?|Mgr|Me|Dr|Pr)\.$",
    "es": r"(?:^|[\s(«])(?:D|Dª|Dña|Da|Sr|Sra|Dr|Dra)\.$",
    "pt": r"(?:^|[\s(«])(?:D|Sr|Sra|Dr|Dra)\.$",
    "it": r"(?:^|[\s(«])(?:sig|dott|prof|on)\.$",
    "ar": r"(?:^|[\s(«])(?:د|أ|م|ص)\.$",
}
_GERMAN_ORDINAL = re.compile(
    r"\b(?:[AaIi]m|[Vv]om|[Zz]um|[Bb]eim|[Dd](?:er|ie|as|em|en|es)|[Ss]eit|[Bb]is|[Aa]b|[Uu]nd|[Ee]in(?:e[mnrs]?)?)"
    r"(?:\s+\w+)?\s+\d{1,3}\.$"
)
_MONTHS_OF_GERMAN = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_KOREAN_DATE = re.compile(r"(?:^|[\s(])(?:\d{4}\.(?:\s?\d{1,2}\.){0,2}|\d{1,2}\.\s?\d{1,2}\.)$")
_KOREAN_ARTICLE = re.compile(r"(?:제\s?\d+\s?[조항호]\s?)+\.")  #: of a law, which begins a sentence
#: what goes on after the mark that closes a quotation
_PARTICLE = {
    "ko": re.compile(r"(?:이?라[고는며]|고|라|며|는|은|이|가|을|를|도|와|과|하고)"),
    "ja": re.compile(r"(?:と|って)"),
    "zh": re.compile(r"[^\s\W]{1,4}(?:说|道|问|喊|表示)"),
}

_CAPITAL = r"(?=[“„«\"'(\[¿¡]*[^\W\d_a-zß-öø-ÿ])"
#: places after which a sentence has ended, though the library goes on; the white space that is matched is between
_CUTS = (
    # a sentence in brackets: the bracket opens where a sentence begins
    re.compile(rf"(?:(?<=^)|(?<=[.!?…]\s))\([^()]*[.!?…]\)\s+{_CAPITAL}"),
    # the month is no abbreviation
    re.compile(rf"\bMay\.\s+{_CAPITAL}"),
    # a domain, whose last part is an abbreviation elsewhere
    re.compile(rf"\b[\w-]{{2,}}\.[a-z]{{2,}}\.\s+{_CAPITAL}"),
    # the mark of a note after the stop
    re.compile(rf"[.!?…][”’\"»)]*(?:[¹²³⁰⁴-⁹]+|(?:\[\d+\])+)\s+{_CAPITAL}"),
)
#: pictographs and marks of notes stand after the sentence that they belong to, where another follows
_TRAILING = re.compile(
    r"(?:(?:[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+|[¹²³⁰⁴-⁹]+|(?:\[\d+\])+)\s+(?=\S)"
)
#: places of one language alone
_CUTS_OF = {
    "en": re.compile(r"\bno\.\s+(?=[“\"(]?[A-Z][^\W\d_])"),
    "ko": re.compile(r"…+\s+"),
    "zh": re.compile(r"……(?=[^\s\W])|…+\s+"),
}


def splitter() -> str:
    """Return the name and version of what cuts, as the outline records it."""
    return f"sentencex {version('sentencex')} with factpress rules 1"


def sentence_spans(text: str, language: str) -> list[Span]:
    """Return the sentences of one block in order; together they hold all of it but white space.

    `language` is a code of BCP 47, of which the first part counts.
    """
    code = language.partition("-")[0].lower()
    whole = _trimmed(text, 0, len(text))
    if whole is None:
        return []
    return list(_within(text, whole, code))


def _within(text: str, span: Span, code: str) -> Iterator[Span]:
    """Yield the sentences of a span; those of a quotation that fills one stand apart, its marks with first and last."""
    spans = _joined(text, _cut(text, _by_library(text, span, code), code), code)
    for start, end in spans:
        inside = _inside_quotation(text, start, end)
        parts = list(_within(text, inside, code)) if inside else []
        if len(parts) > 1:
            parts[0] = (start, parts[0][1])
            parts[-1] = (parts[-1][0], end)
            yield from parts
        else:
            yield (start, end)


def _by_library(text: str, span: Span, code: str) -> list[Span]:
    import sentencex

    start, end = span
    found = sentencex.get_sentence_boundaries(code, text[start:end])
    spans = (_trimmed(text, start + each["start_index"], start + each["end_index"]) for each in found)
    return [each for each in spans if each]


def _cut(text: str, spans: list[Span], code: str) -> Iterator[Span]:
    patterns = [*_CUTS, *([_CUTS_OF[code]] if code in _CUTS_OF else [])]
    for start, end in spans:
        part = text[start:end]
        places = sorted({match.end() for pattern in patterns for match in pattern.finditer(part)} - {len(part)})
        for a, b in zip([0, *places], [*places, len(part)], strict=True):
            if trimmed := _trimmed(text, start + a, start + b):
                yield trimmed


def _joined(text: str, spans: Iterator[Span], code: str) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and (after := _TRAILING.match(text, start, end)):
            joined[-1] = (joined[-1][0], start + len(after[0].rstrip()))
            start += len(after[0])
        if joined and _belongs_together(
            text[joined[-1][0] : joined[-1][1]], text[start:end], code, start - joined[-1][1]
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _belongs_together(left: str, right: str, code: str, space: int) -> bool:
    """Return whether two parts are one sentence; `space` is the number of characters of white space between them."""
    stem = left.rstrip(_CLOSING).rstrip(_STOP)
    if not any(character.isalnum() for character in right):  # a pictograph after the stop
        return True
    if code in _PARTICLE and left[-1:] in _CLOSING and _PARTICLE[code].match(right):
        return True
    if not space and (right[0].isalnum() or right[0] in "-‐–º"):
        return code not in UNSPACED or (stem[-1:].isascii() and stem[-1:].isalnum() and left[-1:] == ".")
    if code in UNSPACED:
        return bool(_KOREAN_DATE.search(left) or _KOREAN_ARTICLE.fullmatch(left)) and (
            right[0].isdigit() or code == "ko"
        )
    if right[0].islower() and not re.match(r"\w[^\W\d_]*[A-ZÀ-Þ]", right):
        return True
    if _BEFORE_NUMBER.search(left) and _NUMBER_OR_REFERENCE.match(right):
        return True
    if code == "de" and (
        _GERMAN_ORDINAL.search(left) or (re.search(r"\d\.$", left) and _MONTHS_OF_GERMAN.match(right))
    ):
        return True
    return code in _TITLES and bool(re.search(_TITLES[code], left)) and right[0].isalpha()


def _inside_quotation(text: str, start: int, end: int) -> Span | None:
    """Return what stands between the marks of a quotation that fills the span, or nothing."""
    answers = _QUOTES.get(text[start])
    if not answers or end - start < 3 or text[end - 1] not in answers:
        return None
    inside = text[start + 1 : end - 1]
    if any(mark in inside for mark in (text[start], text[end - 1])):
        return None
    return _trimmed(text, start + 1, end - 1)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    stripped = part.strip()
    if not stripped:
        return None
    start += len(part) - len(part.lstrip())
    return (start, start + len(stripped))
