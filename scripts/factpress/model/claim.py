"""Claims, their findings and the evidence: the records of the ledger (DESIGN §3).

The reader, the writer and the JSON Schema all follow these declarations: the order of the fields is
the order in the file, `_` in a name is `-` in YAML, a default of `None` or `()` makes a field optional.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from factpress.model.place import Place
from factpress.model.vocabulary import Consulted, Grade, Kind, Priority, ProposerKind, Stance, Verdict

NOWHERE = Place("")
#: what ends with a full stop inside a sentence
_SHORT_FORM = re.compile(
    r"(?:^|[\s(“‘.])(?:[A-Z]|Dr|Mrs?|Ms|Prof|St|Lt|Col|Maj|Gen|Adm|Sen|Rep|Gov|Rev|Arts?|Nos?|[Vv]ols?|paras?|eds?|pp?|ch|cf|c)\.$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place in a source that bears on a claim."""

    source: str  #: key in references.bib
    stance: Stance
    grade: Grade  #: of the source, for this claim
    locator: str  #: page, section or paragraph, as a reader would look it up
    says: str  #: what the place says, in our own words
    quote: str | None = None  #: at most fifteen consecutive words, exactly as on the page
    before: str | None = None  #: words before the quote, where needed to tell two places apart
    after: str | None = None
    url: str | None = None  #: page on which the quote was seen, when not the source's own url
    archived: str | None = None  #: address of an archived copy
    language: str | None = None  #: BCP 47, of the quotation, where it is not the book's own
    consulted: Consulted
    date: str  #: ISO date on which it was seen
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedBy:
    """Who drafted a finding."""

    kind: ProposerKind
    id: str | None = None  #: of a person, in people.yaml
    date: str
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The verdict on a claim, with the reasoning and the evidence."""

    verdict: Verdict
    statement: str  #: one to three sentences for the reader
    reasoning: str  #: why the evidence gives this verdict
    correction: str | None = None  #: how the article's sentence should read
    searched: tuple[str, ...] = ()  #: where one looked; required for not-found
    proposed_by: ProposedBy
    evidence: tuple[Evidence, ...] = ()
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def in_short(self) -> str:
        """Return what a note says is right: the correction, else the first sentence of the statement."""
        return self.correction or first_sentence(self.statement)

    @property
    def rests_only_on(self) -> tuple[str, ...]:
        """Return in which ways the verdict rests on little: `one source`, `tertiary sources`, `excerpts`."""
        items = [item for item in self.evidence if item.stance is not Stance.CONTEXT]
        if not items or self.verdict in (Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE):
            return ()
        little = {
            "one source": len({item.source for item in items}) == 1,
            "tertiary sources": all(item.grade is Grade.TERTIARY for item in items),
            "excerpts": all(item.consulted is not Consulted.FULL_TEXT for item in items),
        }
        return tuple(words for words, holds in little.items() if holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """When and why a claim was withdrawn; its id is kept."""

    date: str
    why: str
    where: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable statement of the article, with a permanent id."""

    id: str  #: `C` and at least three digits, never reused or renumbered
    units: tuple[str, ...]  #: units of the article that say it
    claim: str  #: the statement, in our own words
    kind: Kind
    priority: Priority | None = None
    finding: Finding | None = None
    withdrawn: Withdrawn | None = None
    where: Place = field(default=NOWHERE, compare=False)

    @property
    def number(self) -> str:
        """Return the id as marks print it, without the C and leading zeros: `34` of C034."""
        return self.id.removeprefix("C").lstrip("0") or "0"

    @property
    def verdict(self) -> Verdict | None:
        """Return the finding's verdict, or None while there is no finding."""
        return self.finding.verdict if self.finding else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the finding's evidence, empty while there is no finding."""
        return self.finding.evidence if self.finding else ()


def first_sentence(text: str) -> str:
    """Return the first sentence of a text; that of an initial or an abbreviation does not end one."""
    for end in re.finditer(r"[.!?][’”\"')]*(?=\s+[“‘\"'(]?[A-Z0-9])", text):
        if not _SHORT_FORM.search(text[: end.start() + 1]):
            return text[: end.end()]
    return text
