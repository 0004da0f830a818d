"""Whether quoted words stand in a text: exactly, but for typesetting. Similar words are a hint, never a match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from factpress.model.links.cited import CitedQuote
from factpress.model.links.quotation import HAN_AND_KANA, quote_parts, without_typesetting
from factpress.model.links.state import QuoteState

#: stand in a comparable text for what may be the typesetter's or the author's; noncharacters, so in no other text
LINE_END_HYPHEN, LINE_END_SPACE = "\ufdd0", "\ufdd3"
_MARKERS = f"{LINE_END_HYPHEN}{LINE_END_SPACE}"
_HYPHENATED = re.compile(r"(?<=\w)[-\u00ad\u2010][^\S\r\n]*[\r\n]\s*(?=\w)")
#: East Asian lines end anywhere, within words too; also in Korean, which has spaces between words
_EAST_ASIAN = f"[{HAN_AND_KANA}\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uff00-\uff65\uffa0-\uffdc]"
#: so do lines of Thai, Lao, Tibetan, Burmese, Khmer and Tai, which have spaces between phrases alone
_SOUTH_EAST_ASIAN = "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1980-\u1a1f]"
#: letters that stand beside each other without being one word
_WITHOUT_SPACES = f"(?:{_EAST_ASIAN}|{_SOUTH_EAST_ASIAN})"
_NO_WORD_SPACES = re.compile(_WITHOUT_SPACES)
_EAST_ASIAN_LINE_END = re.compile(
    rf"(?<={_WITHOUT_SPACES})[^\S\r\n]*[\r\n]\s*(?=\S)|(?<=\S)[^\S\r\n]*[\r\n]\s*(?={_WITHOUT_SPACES})"
)
#: signs beside which a space is the typesetter's
_LOOSE = re.compile(r' ?[-·~"] ?|.', re.DOTALL)
#: where a quote may not begin or end (\0): it would lose a negation, or the rest of a number
_INSEPARABLE = re.compile(rf"\bnon[-{LINE_END_HYPHEN}]\0|n\0't\b|\d\0,\d{{3}}\b|\d,\0\d{{3}}\b")
_NUMBERS = r"\d{1,4}[a-z]?(?:\s*[,;/–—-]\s*\d{1,4}[a-z]?){0,9}"
_PAGE = r"(?:p|pp|pg|page|s|seite|стр|note|fn|n|anm|прим|주|頁|页|쪽|페이지)[.:]?\s*"
_MARKS = re.compile(
    rf"\s?\[\s*(?:{_PAGE})?(?:{_NUMBERS}|[a-z]|[ivxlc]{{1,7}})\s*(?:頁|页|쪽|페이지)?\s*\]|\s?[{{|<]\s*(?:{_PAGE})?{_NUMBERS}\s*[}}|>]"
    r"|\s?\[citation needed\]|(?<=\S)[⁰¹²³⁴-⁹]+|(?<=\w)[*†‡]+(?=[\s.,;:!?)]|$)",
    re.IGNORECASE,
)
LEAST_SIMILARITY = 75.0  #: below that, what is most similar has nothing to do with the quote
_SEARCHED = 2**20  #: characters in which a hint is looked for


def comparable_text(text: str) -> str:
    """Return a page's text as `find_quote` compares it."""
    text = re.sub(f"[{_MARKERS}]", "", text)
    text = _EAST_ASIAN_LINE_END.sub(LINE_END_SPACE, text)
    return without_typesetting(_HYPHENATED.sub(LINE_END_HYPHEN, text))


def find_quote(asked: CitedQuote, texts: Iterable[str]) -> QuoteState:
    """Return whether a quote stands in one of several readings of a page: found, moved or missing."""
    best = QuoteState.MISSING
    for text in texts:
        if _stands(asked, text, (asked.before or "", asked.after or "")):
            return QuoteState.FOUND
        if (asked.before or asked.after) and _stands(asked, text, ("", "")):
            best = QuoteState.MOVED
    return best


def find_quotes(quotes: Iterable[CitedQuote], texts: Iterable[str]) -> Mapping[str, QuoteState]:
    """Return the state of each quote by its key; of two that differ in their context alone, the worse.

    No more of the texts are asked for than it takes to find every quote.
    """
    worst = (QuoteState.MISSING, QuoteState.MOVED, QuoteState.FOUND)
    quote_states = [(quote, QuoteState.MISSING) for quote in quotes]
    for text in texts if quote_states else ():
        quote_states = [
            (quote, max(state, find_quote(quote, (text,)), key=worst.index)) for quote, state in quote_states
        ]
        if all(state is QuoteState.FOUND for _, state in quote_states):
            break
    states: dict[str, QuoteState] = {}
    for quote, state in quote_states:
        states[quote.key] = min(state, states.get(quote.key, state), key=worst.index)
    return dict(sorted(states.items()))


def without_note_marks(text: str) -> str:
    """Return a page's text without what stands in a sentence and is not of it: `[12]`, `[Page 12]`, a raised ¹."""
    return _MARKS.sub("", text)


def most_similar_words(quote: str, texts: Iterable[str]) -> str:
    """Return the words of a page that are most similar to a quote, empty where nothing is similar."""
    wanted = without_typesetting(quote)
    best, words = LEAST_SIMILARITY, ""
    for text in texts:
        searched = text[:_SEARCHED].replace(LINE_END_HYPHEN, "-").replace(LINE_END_SPACE, " ")
        alignment = fuzz.partial_ratio_alignment(wanted, searched, score_cutoff=best)
        if alignment and alignment.score > best and alignment.dest_end > alignment.dest_start:
            start = searched.rfind(" ", 0, alignment.dest_start + 1) + 1
            end = searched.find(" ", alignment.dest_end)
            best, words = alignment.score, searched[start : end if end > 0 else len(searched)]
    return words


def _stands(asked: CitedQuote, text: str, context: tuple[str, str]) -> bool:
    """Return whether all parts follow each other, the first after `before`, the last followed by `after`."""
    wanted = [plain for part in quote_parts(asked.quote) if (plain := without_typesetting(part))]
    position = 0
    for number, part in enumerate(wanted):
        before = _words(context[0]) if number == 0 else []
        after = _words(context[1]) if number == len(wanted) - 1 else []
        for start, end in _places(part, text, position):
            if _ends_with(text, start, before) and _begins_with(text, end, after):
                position = end
                break
        else:
            return False
    return bool(wanted)


def _places(part: str, text: str, position: int) -> Iterator[tuple[int, int]]:
    exact = not any(marker in text for marker in _MARKERS) and not re.search('[-·~"]', part)
    if exact and part not in text:
        return
    pattern = _pattern(part)
    while match := pattern.search(text, position):
        if _is_whole(text, match.start(), match.end()):
            yield match.span()
        position = match.start() + 1


@lru_cache(maxsize=256)
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(f"[{_MARKERS}]?".join(map(_unit_pattern, _LOOSE.findall(part))))


def _unit_pattern(unit: str) -> str:
    if unit == " ":
        return f"[ {LINE_END_SPACE}]"
    if "-" in unit:
        return f" ?[-{LINE_END_HYPHEN}] ?"
    return f" ?{unit.strip()} ?" if re.fullmatch(' ?[·~"] ?', unit) else re.escape(unit)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a place neither begins nor ends within a word: `peace` is not in `peaceful`."""
    if any(_INSEPARABLE.search(f"{text[max(0, at - 5) : at]}\0{text[at : at + 5]}") for at in (start, end)):
        return False
    cut_before = start > 0 and _one_word(text[start - 1], text[start])
    return not cut_before and not (end < len(text) and _one_word(text[end - 1], text[end]))


def _one_word(left: str, right: str) -> bool:
    if _NO_WORD_SPACES.match(left) or _NO_WORD_SPACES.match(right):
        return False
    # the number of a note stands at the end of a word
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())


def _ends_with(text: str, at: int, words: list[str]) -> bool:
    return not words or _words(text[max(0, at - _reach(words)) : at])[-len(words) :] == words


def _begins_with(text: str, at: int, words: list[str]) -> bool:
    return not words or _words(text[at : at + _reach(words)])[: len(words)] == words


def _reach(words: list[str]) -> int:
    return 2 * len(" ".join(words)) + 40


def _words(text: str) -> list[str]:
    """Return a context's words alone, so that quotation marks and commas around the quote do not count."""
    return re.findall(r"[^\W_]+", without_typesetting(re.sub(f"[{_MARKERS}]", "", text)))
