"""Plausible English sentences of an exact number of words, from a word list and a random source."""

from __future__ import annotations

from random import Random


def _words(text: str) -> list[str]:
    return text.split()


ADJECTIVES = _words(
    "early later northern southern western eastern joint secret public formal modest lasting costly sudden narrow broad"
    " cautious divided mutual regional permanent provisional recent difficult important ordinary senior junior written"
    " detailed limited foreign domestic economic military naval political diplomatic continental coastal industrial"
)
NOUNS = _words(
    "treaty alliance council delegation garrison border harbour railway ministry committee negotiation agreement"
    " guarantee division fleet embassy assembly cabinet parliament newspaper historian archive memorandum telegram"
    " proposal settlement ceasefire withdrawal occupation election constitution economy harvest factory province"
    " peninsula capital island frontier commission conference protocol article clause dispute question decision"
    " strategy commander general minister president envoy observer officer soldier villager refugee student worker"
    " government partnership responsibility communication understanding representation infrastructure reconstruction"
)
VERBS = _words(
    "accepted amended approved attended avoided challenged changed completed confirmed considered continued defended"
    " delayed described discussed divided drafted ended examined expected explained extended followed guarded ignored"
    " influenced inspected joined left mentioned noticed opened organised planned postponed prepared presented"
    " promised proposed protected questioned reached received recorded reduced refused rejected replaced reported"
    " requested restored revised shaped shared signed strengthened suspended transferred warned weakened welcomed"
)
PLACES = _words(
    "Seoul Busan Incheon Pyongyang Wonsan Tokyo Manila Canberra Washington London Paris Moscow Beijing Delhi Geneva"
    " Ottawa Ankara Brussels Bangkok Honolulu"
)
SURNAMES = _words(
    "Abernathy Barlow Castellan Dunmore Ellery Fairbourne Garrick Holloway Iverson Jessop Kessler Lindqvist Marchetti"
    " Northcote Okafor Pemberton Quillon Rasmussen Sorensen Thackeray Underhill Vasquez Whitlock Yamamoto Zielinski"
)
ADVERBS = _words("slowly quietly openly briefly carefully eventually reluctantly together")


def sentence(random: Random, words: int) -> str:
    """Return a sentence of exactly `words` words, at least seven, without its full stop."""

    def noun() -> str:
        return random.choice(NOUNS)

    def described() -> str:
        return f"{random.choice(ADJECTIVES)} {noun()}"

    def verb() -> str:
        return random.choice(VERBS)

    text = f"The {described()} {verb()} the {described()}"
    left, last = words - 7, 0
    extensions = {
        1: lambda: random.choice(ADVERBS),
        2: lambda: f"in {random.choice(PLACES)}",
        3: lambda: f"of the {noun()}",
        4: lambda: f"{random.choice(['before', 'after', 'without'])} the {described()}",
        5: lambda: f"while the {noun()} {verb()} it",
    }
    while left:
        # one word left over is an adverb, at the end only; no kind of phrase twice in a row
        sizes = [n for n in range(2, 6) if n <= left and n != last and left - n != 1] or [min(left, 2)]
        last = random.choice(sizes)
        text += " " + extensions[last]()
        left -= last
    return text


def heading(random: Random, words: int) -> str:
    """Return a title of `words` words, at least six."""
    text = sentence(random, words + 1).removeprefix("The ")
    return text[0].upper() + text[1:]


def lengths(random: Random, count: int, mean: int, spread: int) -> list[int]:
    """Return `count` numbers around `mean` whose sum is exactly `count * mean`."""
    found = [mean] * (count % 2)
    for _ in range(count // 2):
        off = random.randint(0, spread)
        found += [mean - off, mean + off]
    random.shuffle(found)
    return found
