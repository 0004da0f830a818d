"""What changed in a claim, its finding and its evidence, word by word, so that only that need be read again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from factpress.model.claim import Claim, Evidence
from factpress.model.signing.attempt import piece_letter
from factpress.model.source import Source, signed_fields

#: a word with its punctuation and the space behind it; of a script without spaces, a sign
_WORDS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]\s*|[^\s\u2e80-\u9fff\uac00-\ud7af]+\s*|\s+")
LEAST_ALIKE = 0.35  #: of two texts; of less, the one is shown and then the other, and not word by word
LABELS = {
    "claim": "The claim", "kind": "Kind", "units": "Units of the article", "verdict": "Verdict",
    "statement": "What readers are told", "reasoning": "Why", "correction": "How the sentence should read",
    "searched": "Where we looked", "source": "source", "stance": "stance", "grade": "grade",
    "consulted": "how it was consulted", "locator": "locator", "says": "what it says", "quote": "quotation",
    "before": "words before", "after": "words after", "url": "address", "archived": "archived copy",
    "language": "language of the quotation", "date": "day on which it was seen",
}  # fmt: skip
SIGNED_EVIDENCE = ("source", "stance", "grade", "consulted", "locator", "says", "quote", "before", "after", "url")
SIGNED_FINDING = ("verdict", "statement", "reasoning", "correction", "searched")


class Run(NamedTuple):
    """Words that are the same in both texts, or only in the new one (`in`), or only in the old one (`out`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedText:
    """One field that changed."""

    title: str
    runs: tuple[Run, ...]
    piece: int | None = None  #: place of the piece of evidence that it belongs to


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """Return how a text became another, in whole words; the runs that are not `out` make the new text."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    runs: list[Run] = []
    # the space after a word is no part of what is compared: it ends with the text
    bare = [[word.strip() for word in words] for words in (before, after)]
    matcher = SequenceMatcher(None, bare[0], bare[1], autojunk=False)
    if before and after and matcher.ratio() < LEAST_ALIKE:
        return Run("out", old.strip() + " "), Run("in", new.strip())
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(after[c:d])))
            continue
        if a < b:
            runs.append(Run("out", "".join(before[a:b])))
        if c < d:
            runs.append(Run("in", "".join(after[c:d])))
    return tuple(runs)


def changed_texts(
    old: Claim, new: Claim, old_sources: Mapping[str, Source], new_sources: Mapping[str, Source]
) -> list[ChangedText]:
    """Return every field that a sign-off covers and that differs between two states of a claim, in reading order."""
    found = [_changed(LABELS[name], getattr(old, name), getattr(new, name)) for name in ("claim", "kind", "units")]
    for name in SIGNED_FINDING:
        found.append(_changed(LABELS[name], getattr(old.finding, name, None), getattr(new.finding, name, None)))
    for at, before, after in paired(old.evidence, new.evidence):
        texts = _changed_piece(at, before, after, old_sources, new_sources)
        found += [replace(text, piece=at) if text and after else text for text in texts]
    return [text for text in found if text]


def paired(old: Sequence[Evidence], new: Sequence[Evidence]) -> list[tuple[int, Evidence | None, Evidence | None]]:
    """Return the pieces of two states side by side, each with its place in the new one, or the old one where it ends.

    A piece is the same if nothing of it changed, else if source and locator did not, else source and words, else the
    source alone.
    """
    left = list(enumerate(old))
    found: dict[int, Evidence] = {}
    for same in (
        lambda a, b: a == b,
        lambda a, b: (a.source, a.locator) == (b.source, b.locator),
        lambda a, b: (a.source, a.quote) == (b.source, b.quote),
        lambda a, b: a.source == b.source,
    ):
        for at, item in enumerate(new):
            if at not in found and (match := next((pair for pair in left if same(pair[1], item)), None)):
                left.remove(match)
                found[at] = match[1]
    return [
        *((at, found.get(at), item) for at, item in enumerate(new)),
        *((at, item, None) for at, item in left),
    ]


def _changed_piece(
    at: int,
    old: Evidence | None,
    new: Evidence | None,
    old_sources: Mapping[str, Source],
    new_sources: Mapping[str, Source],
) -> list[ChangedText | None]:
    item = new or old
    assert item is not None
    source = new_sources.get(item.source) or old_sources.get(item.source)
    name = f"Evidence {piece_letter(at)}, {source.short if source else item.source}"
    if old is None or new is None:
        word = "is new" if old is None else "was taken out"
        text = " · ".join(filter(None, (item.locator, item.says, f"“{item.quote}”" if item.quote else "")))
        return [ChangedText(f"{name}: {word}", (Run("in" if old is None else "out", text),))]
    texts = [_changed(f"{name}: {LABELS[f]}", getattr(old, f), getattr(new, f)) for f in SIGNED_EVIDENCE]
    before, after = old_sources.get(old.source), new_sources.get(new.source)
    entry_before = signed_fields(before) if before else {}
    entry_after = signed_fields(after) if after else {}
    for field in dict.fromkeys((*entry_before, *entry_after)):
        texts.append(_changed(f"{name}: its entry, {field}", entry_before.get(field), entry_after.get(field)))
    return texts


def _changed(title: str, old: object, new: object) -> ChangedText | None:
    before, after = as_text(old), as_text(new)
    return None if " ".join(before.split()) == " ".join(after.split()) else ChangedText(title, word_runs(before, after))


def as_text(value: object) -> str:
    """Return a field's value as it is edited: a list one item a line."""
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def evidence_fields() -> tuple[str, ...]:
    """Return the names of a piece's fields, in the order of the file."""
    return tuple(field.name for field in fields(Evidence) if field.name != "where")
