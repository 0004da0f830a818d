"""What the person at the desk did since it was opened: sources opened, answers given, decisions, and their pace.

It is kept in memory. What outlives the desk is in the book's files: found words in seen.yaml, decisions in
signoffs.yaml.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from factpress.model.signing.attempt import Answer
from factpress.model.signoff import Covers

CLAIMS_FOR_A_PACE = 5
LONGEST_PAUSE = 900.0  #: seconds at one claim; longer, the person was elsewhere


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """What was done for one claim, for the content that was on the screen."""

    covers: Covers
    opened: frozenset[int] = frozenset()  #: places of pieces whose page was opened
    answers: Mapping[int, Answer] = field(default_factory=dict)
    read_reasoning: bool = False
    current: int | None = None  #: place of the piece at which the person is


@dataclass(slots=True)
class ReadingSession:
    """The person's work at this desk."""

    clock: Callable[[], float] = time.monotonic
    claims: dict[str, ReadClaim] = field(default_factory=dict)
    skipped: dict[str, None] = field(default_factory=dict)  #: in the order in which they were skipped
    decided: list[str] = field(default_factory=list)  #: a line each, in order
    _seconds: list[float] = field(default_factory=list)
    _shown: tuple[str, float] = ("", 0.0)

    def of(self, claim: str, covers: Covers) -> ReadClaim:
        """Return what was done for a claim; what was done for content that has moved is forgotten."""
        known = self.claims.get(claim) or ReadClaim(covers)
        moved = known.covers.changed_parts(covers)
        if "evidence" in moved:
            known = replace(known, opened=frozenset(), answers={}, current=None)
        if moved:
            known = replace(known, covers=covers, read_reasoning=known.read_reasoning and moved == ("evidence",))
        self.claims[claim] = known
        return known

    def opened(self, claim: str, covers: Covers, at: int) -> None:
        """Note that a piece's page was opened."""
        known = self.of(claim, covers)
        self.claims[claim] = replace(known, opened=known.opened | {at}, current=at)

    def answered(self, claim: str, covers: Covers, at: int, answer: Answer) -> None:
        """Note what the person says of a piece; whoever found words had the page before them."""
        known = self.of(claim, covers)
        opened = known.opened if answer is Answer.CANNOT_OPEN else known.opened | {at}
        self.claims[claim] = replace(known, opened=opened, answers={**known.answers, at: answer}, current=None)

    def read_to_the_end(self, claim: str, covers: Covers) -> None:
        """Note that the end of the reasoning was on the screen."""
        self.claims[claim] = replace(self.of(claim, covers), read_reasoning=True)

    def shows(self, claim: str) -> None:
        """Note which claim is on the screen; going on begins a new time."""
        if self._shown[0] != claim:
            self._shown = (claim, self.clock())

    def decides(self, claim: str, line: str) -> None:
        """Note a decision, and how long the claim took if no break was made at it."""
        shown, since = self._shown
        seconds = self.clock() - since
        if shown == claim and seconds <= LONGEST_PAUSE:
            self._seconds.append(seconds)
        self._shown = ("", 0.0)
        self.skipped.pop(claim, None)
        self.decided.append(line)

    def takes_back(self) -> None:
        """Forget the last decision."""
        if self.decided:
            self.decided.pop()
        if self._seconds:
            self._seconds.pop()

    def pace(self, left: int) -> str:
        """Return how long what is left will take at this pace, in words."""
        number = len(self._seconds)
        if not left:
            return ""
        if number < CLAIMS_FOR_A_PACE:
            return (
                f"No pace yet. After {number_word(CLAIMS_FOR_A_PACE)} claims the desk says how long the rest will take."
            )
        each = median(self._seconds)
        return f"{left} left: about {duration(left * each)} at your pace, {duration(each)} a claim."


def duration(seconds: float) -> str:
    """Return a time in words: `40 seconds`, `4 minutes`, `2½ hours`."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} seconds" if round(seconds) > 1 else "a second"
    minutes = seconds / 60
    if minutes < 90:
        return f"{round(minutes)} minutes"
    halves = round(minutes / 30)
    return f"{halves // 2}{'½' if halves % 2 else ''} hours"


def number_word(value: int) -> str:
    """Return a small number as a word, a larger one in figures."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[value] if value < len(words) else str(value)
