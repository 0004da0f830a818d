"""Whether an edit of a finding is one of wording, after which it is still its proposer's and the editor may sign.

Verdict, correction, searched and evidence must be untouched; statement and reasoning may differ by three words
together, none a number, a name or a negation. In doubt a word is one of these: then somebody else signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from factpress.model.claim import Finding


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MOST_WORDS = 3  #: of statement and reasoning together
_TOKEN = re.compile(r"[^\W_]+(?:['’‐-][^\W_]+)*|[^\w\s]|_")
_SENTENCE_END = re.compile(r"[.!?:;…]")
_NEGATIONS = _words(
    "no not none nobody nothing nowhere never neither nor cannot without unless hardly scarcely barely only except but"
    " few little instead fail failed fails lack lacked lacks deny denied denies refuse refused refuses"
)
_NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "non", "non-", "dis", "mis", "a")
_NUMBER_WORDS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first"
    " second third fourth fifth sixth seventh eighth ninth tenth half quarter once twice double both all some every"
    " each any many most several"
)
_SIGNS_OF_NUMBERS = frozenset("%‰$£€¥₩°§+−±×÷=<>")
#: what begins a sentence with a capital and is no name
_OPENERS = _words(
    "a an the this that these those it its he she they we in on at by for from of to with after before when while where"
    " as and or so if although though because since there here their his her our such what which who"
)


@dataclass(frozen=True, slots=True)
class _Change:
    gone: tuple[str, ...]
    come: tuple[str, ...]
    opens: bool  #: whether the place begins a sentence

    @property
    def words(self) -> int:
        return max(sum(word[0].isalnum() for word in side) for side in ((*self.gone, ","), (*self.come, ",")))


def is_wording_edit(before: Finding, after: Finding) -> bool:
    """Return whether nothing but a few words changed; equal findings differ by nothing, which is one too."""
    if replace(after, statement=before.statement, reasoning=before.reasoning) != before:
        return False
    texts = ((getattr(before, name), getattr(after, name)) for name in ("statement", "reasoning"))
    changes = [change for old, new in texts for change in _changes(old, new)]
    return sum(change.words for change in changes) <= MOST_WORDS and all(_is_harmless(change) for change in changes)


def _changes(before: str, after: str) -> Iterator[_Change]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Change(tuple(old[a:b]), tuple(new[c:d]), _opens(old, a) and _opens(new, c))


def _opens(tokens: Sequence[str], at: int) -> bool:
    return at == 0 or bool(_SENTENCE_END.fullmatch(tokens[at - 1]))


def _is_harmless(change: _Change) -> bool:
    sides = (change.gone, change.come)
    for side in sides:
        for at, word in enumerate(side):
            lower = word.lower()
            capital = word != lower and not (change.opens and at == 0 and lower in _OPENERS)
            number = any(c.isnumeric() for c in word) or lower in _NUMBER_WORDS or word in _SIGNS_OF_NUMBERS
            negation = lower in _NEGATIONS or re.search(r"n['’]t$", lower)
            # a question mark asks what a full stop says; quotation marks say that words are somebody else's
            if capital or number or negation or word in '?"“”„«»‘':
                return False
    return not any(_negates(one, other) for one in change.gone for other in change.come)


def _negates(one: str, other: str) -> bool:
    longer, shorter = sorted((one.lower(), other.lower()), key=len, reverse=True)
    return longer != shorter and any(longer == prefix + shorter for prefix in _NEGATING_PREFIXES)
