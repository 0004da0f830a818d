"""Proposes for each unit what sort of claim it makes, or why it carries none, by rules that a person can read.

Everything is a claim until a person gives a reason: no trained filter decides. What is proposed is accepted by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factpress.importer.document import BlockKind
from factpress.importer.units import Article, ArticleUnit
from factpress.model.outline import DraftedUnit, fingerprint
from factpress.model.vocabulary import Kind, NoClaim, Priority


@dataclass(frozen=True, slots=True)
class ProposalRule:
    """Words that speak for a kind of claim."""

    kind: Kind
    priority: Priority
    reason: str
    words: re.Pattern[str]


def _rule(kind: Kind, priority: Priority, reason: str, *words: str) -> ProposalRule:
    return ProposalRule(kind, priority, reason, re.compile("|".join(words), re.IGNORECASE))


_MONTHS = (
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar"
    r"|märz|mai"
    r"|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|enero"
    r"|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
)
#: in this order: the first that speaks gives the kind, the others stand among the reasons
RULES = (
    _rule(
        Kind.ATTRIBUTION, Priority.HIGH, "says what somebody said",
        r"\b(?:according to|said|says|stated|claimed|argued|declared|announced|wrote|told|laut|zufolge|sagte|erklärte"
        r"|selon|d[’']après|a dit|según|dijo)\b", r"에 따르면|말했다|と述べ|によると|表示",
    ),
    _rule(
        Kind.LEGAL, Priority.HIGH, "speaks of a treaty, law or duty",
        r"\b(?:treat(?:y|ies)|pact|agreements?|accords?|law|article \d+|charter|resolution|committed|obliges?d?"
        r"|ratifi\w+|binding|signed"
        r"|vertrag\w*|gesetz\w*|abkommen|traité\w*|accord\w*|loi|tratado\w*|ley|acuerdo\w*)\b",
        r"조약|협정|条約|協定|条约|协定",
    ),
    _rule(
        Kind.QUANTITY, Priority.HIGH, "gives a number",
        r"\d+(?:[.,]\d+)*\s*(?:%|per ?cent|percent|million|billion|thousand|km|kilomet\w+|met\w+|miles?|tons?"
        r"|troops|soldiers|people|men|women"
        r"|prozent|millionen|euro|dollars?|\$|€|명|억|만|人|億|万)", r"[$€£]\s?\d", r"\b(?:hundreds|thousands"
        r"|millions|dozens) of\b",
    ),
    _rule(
        Kind.DATE, Priority.HIGH, "gives a date or a year",
        r"\b(?:1[0-9]{3}"
        r"|20[0-9]{2})s?\b", rf"{_MONTHS}\s+\d{{1,2}}", rf"\d{{1,2}}\.?\s+(?:de\s+)?{_MONTHS}", r"\d{1,4}\s?[년年]",
        r"\b(?:century|centuries|jahrhundert|siècle|siglo)\b",
    ),
    _rule(
        Kind.DEFINITION, Priority.NORMAL, "says what a word means",
        r"\b(?:is defined as|refers? to|is known as|is called|means that|is the term|heißt|bezeichnet|désigne"
        r"|se llama|se define)\b",
        r"이란 |とは|是指",
    ),
    _rule(
        Kind.CAUSE, Priority.NORMAL, "says what caused what",
        r"\b(?:because|led to|leads? to|result(?:ed|s|ing)? in|prompt(?:ed|ing)|caus(?:e|ed|ing)|due to"
        r"|owing to|shap(?:ed|ing)|thereby|therefore"
        r"|consequently|as a result|influenc\w+|contribut\w+|foster\w*|driv(?:en|ing)|weil|führte zu|deshalb"
        r"|parce que|a conduit|porque|llevó a)\b",
        r"때문|ため|因为|导致",
    ),
    _rule(
        Kind.COMPARISON, Priority.HIGH, "compares",
        r"\b(?:first|largest|biggest|smallest|most|least|more than|less than|greater|unprecedented|only|longest"
        r"|highest|earliest|größte\w*|erste\w*"
        r"|plus grand\w*|premier\w*|mayor|primer\w*)\b", r"가장|最も|最大|最初|最早",
    ),
    _rule(
        Kind.PREDICTION, Priority.LOW, "speaks of what will be",
        r"\b(?:will|going to|future|is likely to|are likely to|expected to|wird|werden|zukunft|futur|avenir"
        r"|futuro)\b",
    ),
    _rule(
        Kind.JUDGEMENT, Priority.LOW, "judges",
        r"\b(?:pivotal|cornerstone|significant\w*|underscor\w+|important\w*|crucial\w*|vital|essential\w*|key"
        r"|profound\w*|remarkabl\w+|notabl\w+"
        r"|should|must|bedeutend\w*|wichtig\w*|essentiel\w*|importante\w*)\b",
    ),
)  # fmt: skip
#: a list follows; a sentence that ends with a colon but says something of its own is still one to look at
_LEAD_IN = re.compile(r"[:：]$")
_APPEAL = re.compile(
    r"^(?:please\b|click|subscribe|share\b|sign up|read more|learn more|follow us|contact us|see also\b"
    r"|download|abonnier|teilen sie|abonnez"
    r"|suscr[ií]b|en savoir plus|weitere informationen)",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"^(?:table of contents|contents|share this|related (?:posts|articles)|tags?:"
    r"|by [A-Z][\w.]+(?: [A-Z][\w.]+)+$|home\b.{0,3}[>»])",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？؟][”’\"»」)]*$")
#: where one sentence may hold two claims: the clause behind is looked at alone
_SPLIT = re.compile(
    r";\s+|[,:]?\s+(?:and|but|while|whereas|which|und|aber|während|et|mais|y|pero)\s+(?=\S)", re.IGNORECASE
)


def propose(article: Article, disclosure: Sequence[str]) -> tuple[DraftedUnit, ...]:
    """Return a proposal for each unit; `disclosure` are the ids of the units of the article's own notice."""
    seen: dict[str, str] = {}
    drafted = []
    for place, unit in enumerate(article.units):
        after = article.units[place + 1] if place + 1 < len(article.units) else None
        drafted.append(_proposal(unit, after, unit.id in disclosure, seen))
        seen.setdefault(fingerprint(unit.text.casefold()), unit.id)
    return tuple(drafted)


def _proposal(unit: ArticleUnit, after: ArticleUnit | None, is_disclosure: bool, seen: dict[str, str]) -> DraftedUnit:
    words = str(len(unit.text.split()))
    reason, why = _no_claim(unit, after, is_disclosure, seen)
    if reason:
        return DraftedUnit(unit=unit.id, words=words, no_claim=reason, reasons=(why,))
    spoken = [rule for rule in RULES if rule.words.search(unit.text)]
    if not spoken:
        return DraftedUnit(
            unit=unit.id, words=words, kind=Kind.JUDGEMENT, priority=Priority.NORMAL, reasons=("no rule spoke",)
        )
    order = list(Priority)
    return DraftedUnit(
        unit=unit.id,
        words=words,
        kind=spoken[0].kind,
        priority=min((rule.priority for rule in spoken), key=order.index),
        reasons=tuple(rule.reason for rule in spoken),
        splits=tuple(str(place) for place in _splits(unit.text)),
    )


def _no_claim(
    unit: ArticleUnit, after: ArticleUnit | None, is_disclosure: bool, seen: dict[str, str]
) -> tuple[NoClaim | None, str]:
    text = unit.text
    if is_disclosure:
        return NoClaim.DISCLOSURE, "is the article’s own notice"
    if first := seen.get(fingerprint(text.casefold())):
        return NoClaim.REPEATS, f"has the words of {first}"
    if _QUESTION.search(text):
        return NoClaim.QUESTION, "asks"
    if unit.kind is BlockKind.CAPTION:
        return NoClaim.CAPTION, "stands under a picture or table"
    if _LEAD_IN.search(text) and after and after.kind is BlockKind.ITEM:
        return NoClaim.LIST_LEAD_IN, "leads into a list"
    if _APPEAL.match(text):
        return NoClaim.APPEAL, "asks the reader to do something"
    if _NAVIGATION.match(text):
        return NoClaim.NAVIGATION, "leads about the page"
    return None, ""


def _splits(text: str) -> Iterator[int]:
    """Yield where a further claim may begin: both sides say something that a rule other than judgement knows."""
    start = 0
    for match in _SPLIT.finditer(text):
        left, right = text[start : match.start()], text[match.end() :]
        if len(left.split()) > 3 and len(right.split()) > 3 and _says_something(left) and _says_something(right):
            yield match.end()
            start = match.end()


def _says_something(text: str) -> bool:
    return any(rule.words.search(text) for rule in RULES if rule.kind is not Kind.JUDGEMENT)
