"""The closed sets of words, each with its glyph and the words a reader sees (DESIGN §2)."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of statement a claim makes."""

    DATE = "date"
    QUANTITY = "quantity"
    LEGAL = "legal"
    ATTRIBUTION = "attribution"
    CAUSE = "cause"
    COMPARISON = "comparison"
    JUDGEMENT = "judgement"
    DEFINITION = "definition"
    PREDICTION = "prediction"


class Priority(StrEnum):
    """How soon a person should look at a claim."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Stance(StrEnum):
    """What the words of a source do to a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


class Grade(StrEnum):
    """How near a source stands to the fact, for one claim."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"


class Consulted(StrEnum):
    """How much of a source was seen."""

    FULL_TEXT = "full-text"
    EXCERPT = "excerpt"
    CATALOGUE = "catalogue"
    NOT_CONSULTED = "not-consulted"

    @property
    def words(self) -> str:
        """Return the words for a reader."""
        return _CONSULTED[self]


class Verdict(StrEnum):
    """What the evidence says about a claim."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly-supported"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not-found"
    NOT_CHECKABLE = "not-checkable"

    @property
    def glyph(self) -> str:
        """Return the one sign that stands beside the word."""
        return _VERDICTS[self][0]

    @property
    def word(self) -> str:
        """Return the word that a reader sees."""
        return _VERDICTS[self][1]

    @property
    def meaning(self) -> str:
        """Return the sentence that explains the word to a reader."""
        return _VERDICTS[self][2]

    @property
    def counted(self) -> str:
        """Return what stands after a number of claims: `3 depending on the sense`."""
        return _COUNTED[self]


class ReviewState(StrEnum):
    """Who stands behind a finding: always computed, never typed."""

    UNCHECKED = "unchecked"
    PROPOSED = "proposed"
    IN_REVIEW = "in-review"
    SIGNED_OFF = "signed-off"
    STALE = "stale"
    RETURNED = "returned"
    CONFLICT = "conflict"
    WITHDRAWN = "withdrawn"

    @property
    def glyph(self) -> str:
        """Return the sign that stands beside the wording."""
        return _STATES[self][0]

    @property
    def meaning(self) -> str:
        """Return what the state means, in general; one claim's wording is `review.wording`."""
        return _STATES[self][1]

    @property
    def word(self) -> str:
        """Return the state in a word or two, for a table."""
        return _STATE_WORDS[self]


class Role(StrEnum):
    """In which capacity a person signs."""

    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"


class Decision(StrEnum):
    """What a person decides about a finding."""

    APPROVE = "approve"
    REJECT = "reject"


class Asks(StrEnum):
    """What a person asks for instead of deciding."""

    SECOND_READER = "second-reader"


class Shown(StrEnum):
    """Whether editions print a person's name; if not, they print the id."""

    YES = "yes"
    NO = "no"


class OpenBeforeSigning(StrEnum):
    """How many of the pieces that carry a verdict a person must have opened before approving it."""

    NONE = "none"
    ONE = "one"
    ALL = "all"


class FindingPart(StrEnum):
    """What of a finding differs between two editions."""

    VERDICT = "verdict"
    STATEMENT = "statement"
    CORRECTION = "correction"
    EVIDENCE = "evidence"


class ReviewStep(StrEnum):
    """What a person did before deciding."""

    OPENED_SOURCE = "opened-source"
    FOUND_QUOTE = "found-quote"
    READ_REASONING = "read-reasoning"


class SeenHow(StrEnum):
    """In what form a person saw a page."""

    BROWSER = "browser"
    LIBRARY_COPY = "library-copy"
    PRINT = "print"
    LICENSED_PDF = "licensed-pdf"


class QuoteSeen(StrEnum):
    """Whether the person found the quoted words."""

    YES = "yes"
    NO = "no"


class NoClaim(StrEnum):
    """Why a unit leads to no claim."""

    DISCLOSURE = "disclosure"
    LIST_LEAD_IN = "list-lead-in"
    NAVIGATION = "navigation"
    REPEATS = "repeats"
    QUESTION = "question"
    APPEAL = "appeal"
    CAPTION = "caption"


class ProposerKind(StrEnum):
    """Whether a machine or a person drafted a finding; the two never look alike."""

    MACHINE = "machine"
    PERSON = "person"


class DisclosureScope(StrEnum):
    """Which part of the article its own disclosure speaks of."""

    WHOLE = "whole"
    PARTS_UNKNOWN = "parts-unknown"


class NoNotice(StrEnum):
    """Why no notice of the article's own is recorded; an article is never taken for human by default."""

    NONE = "none"  #: a person said that it has none
    UNSETTLED = "unsettled"  #: nobody has said yet


class Rights(StrEnum):
    """Whether the words of the article may be printed."""

    OURS = "ours"
    LICENSED = "licensed"
    NOT_OURS = "not-ours"


_CONSULTED = {
    Consulted.FULL_TEXT: "full text read",
    Consulted.EXCERPT: "excerpt seen",
    Consulted.CATALOGUE: "catalogue record seen",
    Consulted.NOT_CONSULTED: "not consulted",
}
_VERDICTS = {
    Verdict.SUPPORTED: ("✓", "Supported", "The sources we read support this."),
    Verdict.PARTLY_SUPPORTED: ("◐", "Partly supported", "The sources we read support a part of this."),
    Verdict.CONTRADICTED: ("✗", "Contradicted", "The sources we read say otherwise."),
    Verdict.DISPUTED: ("≠", "Disputed", "Good sources disagree."),
    Verdict.AMBIGUOUS: (
        "≈",
        "Depends on the sense",
        "Right in one sense of its words and not in another; the entry gives both.",
    ),
    Verdict.NOT_FOUND: (
        "○",
        "No evidence found",
        "We looked where the entry says and found nothing for or against it.",
    ),
    Verdict.NOT_CHECKABLE: ("–", "Not checkable", "An opinion or a forecast: there is nothing to check."),
}
_STATES = {
    ReviewState.UNCHECKED: ("?", "Nobody has checked this yet."),
    ReviewState.PROPOSED: ("◌", "Drafted, not yet checked by a person."),
    ReviewState.IN_REVIEW: ("◔", "Some of the reviewers it needs have signed."),
    ReviewState.SIGNED_OFF: ("●", "Checked by the person named, on the date given."),
    ReviewState.STALE: ("↻", "Checked by a person, but a part of it has changed since."),
    ReviewState.RETURNED: ("↩", "A reviewer did not accept this."),
    ReviewState.CONFLICT: ("!", "Reviewers disagree."),
    ReviewState.WITHDRAWN: ("⌫", "The article no longer says this."),
}
_COUNTED = {
    Verdict.SUPPORTED: "supported",
    Verdict.PARTLY_SUPPORTED: "partly supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.DISPUTED: "disputed",
    Verdict.AMBIGUOUS: "depending on the sense",
    Verdict.NOT_FOUND: "with no evidence found",
    Verdict.NOT_CHECKABLE: "not checkable",
}
_STATE_WORDS = {
    ReviewState.UNCHECKED: "unchecked",
    ReviewState.PROPOSED: "drafted",
    ReviewState.IN_REVIEW: "in review",
    ReviewState.SIGNED_OFF: "checked",
    ReviewState.STALE: "stale",
    ReviewState.RETURNED: "returned",
    ReviewState.CONFLICT: "in conflict",
    ReviewState.WITHDRAWN: "withdrawn",
}
