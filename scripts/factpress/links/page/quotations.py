"""Whether quoted words stand in a text: exactly, but for typesetting. Similar words are a hint, never a match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from factpress.model.links.cited import CitedQuote
from factpress.model.links.quotation import normalise, parts
from factpress.model.links.state import QuoteState
from factpress.model.source import EAST_ASIAN

#: stands for a hyphen at a line's end, which may be the typesetter's or the author's; no character of any text
LINE_END_HYPHEN = "\ufdd0"
_LINE_END = re.compile(r"(?<=\w)[-\u00ad\u2010][^\S\r\n]*[\r\n]\s*(?=\w)")
#: where a quote may not begin or end (\0): it would lose a negation, or the rest of a number
_INSEPARABLE = re.compile(rf"\bnon[-{LINE_END_HYPHEN}]\0|n\0't\b|\d\0,\d{{3}}\b|\d,\0\d{{3}}\b")
NEAR = 75.0  #: below that, what is most similar has nothing to do with the quote
_SEARCHED = 2**20  #: characters in which a hint is looked for


def comparable(text: str) -> str:
    """Return a page's text as `look_for` compares it."""
    return normalise(_LINE_END.sub(LINE_END_HYPHEN, text.replace(LINE_END_HYPHEN, "")))


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
    """Return the state of each quote by its key; of two that differ in their context alone, the worse."""
    readings = tuple(texts)
    worst = (QuoteState.MISSING, QuoteState.MOVED, QuoteState.FOUND)
    states: dict[str, QuoteState] = {}
    for asked in quotes:
        state = find_quote(asked, readings)
        states[asked.key] = min(state, states.get(asked.key, state), key=worst.index)
    return dict(sorted(states.items()))


def near_miss(quote: str, texts: Iterable[str]) -> str:
    """Return the words of a page that are most similar to a quote, empty where nothing is similar."""
    wanted = normalise(quote)
    best, words = NEAR, ""
    for text in texts:
        searched = text[:_SEARCHED].replace(LINE_END_HYPHEN, "-")
        found = fuzz.partial_ratio_alignment(wanted, searched, score_cutoff=best)
        if found and found.score > best and found.dest_end > found.dest_start:
            start = searched.rfind(" ", 0, found.dest_start + 1) + 1
            end = searched.find(" ", found.dest_end)
            best, words = found.score, searched[start : end if end > 0 else len(searched)]
    return words


def _stands(asked: CitedQuote, text: str, context: tuple[str, str]) -> bool:
    """Return whether all parts follow each other, the first after `before`, the last followed by `after`."""
    wanted = [plain for part in parts(asked.quote) if (plain := normalise(part))]
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
    if LINE_END_HYPHEN not in text and "-" not in part and part not in text:
        return
    pattern = _pattern(part)
    while found := pattern.search(text, position):
        if _whole(text, found.start(), found.end()):
            yield found.span()
        position = found.start() + 1


@lru_cache(maxsize=256)
def _pattern(part: str) -> re.Pattern[str]:
    # spaces beside a dash are the typesetter's, too
    units = re.findall(r" ?- ?|[^-]", part)
    return re.compile(
        f"{LINE_END_HYPHEN}?".join(f" ?(?:-|{LINE_END_HYPHEN}) ?" if "-" in unit else re.escape(unit) for unit in units)
    )


def _whole(text: str, start: int, end: int) -> bool:
    """Return whether a place neither begins nor ends within a word: `peace` is not in `peaceful`."""
    if any(_INSEPARABLE.search(f"{text[max(0, at - 5) : at]}\0{text[at : at + 5]}") for at in (start, end)):
        return False
    cut_before = start > 0 and _one_word(text[start - 1], text[start])
    return not cut_before and not (end < len(text) and _one_word(text[end - 1], text[end]))


def _one_word(left: str, right: str) -> bool:
    if EAST_ASIAN.match(left) or EAST_ASIAN.match(right):
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
    return re.findall(r"[^\W_]+", normalise(text.replace(LINE_END_HYPHEN, "")))
