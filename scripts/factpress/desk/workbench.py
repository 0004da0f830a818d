"""The desk as every page needs it: the book as it is now, the person, their work, and what there is to say to them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from urllib.parse import parse_qsl

from factpress.desk.access import Access
from factpress.desk.claim_page import ClaimScreen, ClaimView
from factpress.desk.differences import changed_texts
from factpress.desk.drafts import Drafts
from factpress.desk.held_book import DeskBook, HeldBook
from factpress.desk.queue import QueueView, known_filters
from factpress.desk.reading import ReadingSession
from factpress.desk.render import Line, Pages
from factpress.desk.signed_text import SignedText, find_signed_text
from factpress.desk.standing import Standings
from factpress.files.signing.people import git_email, person_of_email
from factpress.files.signing.signoffs import last_own
from factpress.model.claim import Claim
from factpress.model.digest import covered_digests
from factpress.model.signing.judgement import Obstacle
from factpress.model.signoff import Covers, Person
from factpress.model.source import Source
from factpress.problems import quantity
from factpress.settings import Settings

MOST_SCREENS = 300  #: contents that were shown and are kept, so that a change can be shown against them
MOST_LINES = 100
MOST_QUEUES = 8  #: in different filters, whose order is kept while nothing changes


@dataclass(frozen=True, slots=True)
class ShownContent:
    """What stood on the screen for some digests."""

    claim: Claim
    sources: Mapping[str, Source]


@dataclass
class Workbench:
    """One desk."""

    settings: Settings
    access: Access
    pages: Pages
    today: Callable[[], str] = lambda: date.today().isoformat()
    sentences: Mapping[str, str] = field(default_factory=dict)  #: of the article by unit, where it was given
    reading: ReadingSession = field(default_factory=ReadingSession)
    keys_on: bool = True
    close: Callable[[], None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)  #: one request at a time touches what is held

    def __post_init__(self) -> None:
        """Look who sits here, and find their drafts."""
        self.held = HeldBook(self.settings)
        self.email = git_email(self.settings)
        self.drafts = Drafts(self.settings.work / "desk" / "drafts")
        self._screens: dict[str, ShownContent] = {}
        self._now: DeskBook | None = None
        self._queues: dict[tuple[object, ...], QueueView] = {}
        self._said: dict[str, tuple[Line, ...]] = {}
        self._numbers = count(1)
        self._standings: Standings | None = None
        self._signed: dict[tuple[str, Covers], SignedText | None] = {}
        self._keys_file = self.settings.work / "desk" / "single-keys-off"
        self.keys_on = not self._keys_file.exists()

    @property
    def home(self) -> str:
        """Return the address of the queue."""
        return self.access.home

    @property
    def book(self) -> DeskBook:
        """Return the book as its files had it when this request began, or were last written by it."""
        if self._now is None:
            self._now = self.held.read()
        return self._now

    def look_again(self, *, wrote: bool = False) -> None:
        """Look at the files again before the book is next used; `wrote`: one was written in this tick of the clock."""
        self._now = None
        if wrote:
            self.held.forget()

    @property
    def person(self) -> Person | None:
        """Return who sits here: whoever of people.yaml has the e-mail that git has."""
        return person_of_email(self.book.book.ledger.people, self.email)

    def standings(self) -> Standings:
        """Return what the person sees of every claim's review, by id."""
        asked = (self.book, self.person, self.today(), self.settings.policy)
        known = self._standings
        # the book by what it is, not by what it holds: 10,000 claims are long to compare
        if known is None or known.asked[0] is not asked[0] or known.asked[1:] != asked[1:]:
            if known is not None:
                known.let_go()
            known = self._standings = Standings(*asked, known)
            self._queues.clear()
        return known

    def queue(self, query: Mapping[str, str]) -> QueueView:
        """Return the queue with the filters of a query."""
        asked, skipped, standings = known_filters(query), tuple(self.reading.skipped), self.standings()
        begun = bool(self.reading.decided)
        name = (tuple(sorted(asked.items())), skipped, begun)
        if name not in self._queues:
            if len(self._queues) >= MOST_QUEUES:
                self._queues.clear()
            self._queues[name] = QueueView(self.book, standings, asked, skipped, self.home, begun)
        return self._queues[name]

    def covers(self, claim: Claim) -> Covers:
        """Return today's digests of a claim."""
        return covered_digests(claim, self.book.book.sources)

    def screen(self, claim: Claim) -> ClaimScreen:
        """Return a claim as this person has it before them."""
        desk, standing = self.book, self.standings()[claim.id]
        signed = self._signed_text(claim, standing.mine.covers) if standing.mine else None
        return ClaimScreen(
            desk, claim, standing, self.reading.of(claim.id, self.covers(claim)), self.settings.policy, self.today(),
            self.person, self.sentences, signed,
        )  # fmt: skip

    def shows(self, claim: Claim) -> str:
        """Keep what is on the screen, and return the name by which it is asked for again."""
        covers = self.covers(claim)
        name = _short(covers)
        sources = self.book.book.sources
        self._screens.pop(name, None)
        self._screens[name] = ShownContent(
            claim, {e.source: sources[e.source] for e in claim.evidence if e.source in sources}
        )
        if len(self._screens) > MOST_SCREENS:
            self._screens.pop(next(iter(self._screens)))
        self.reading.shows(claim.id)
        return name

    def since(self, name: str, claim: Claim, view: ClaimView) -> ClaimView:
        """Return a claim's page with what changed since some content was on the screen, if it is still known."""
        from factpress.desk.claim_page import Changes

        shown = self._screens.get(name)
        if not shown or shown.claim.id != claim.id:
            return view
        parts = tuple(changed_texts(shown.claim, claim, shown.sources, self.book.book.sources))
        rest = "The rest is as it was on your screen." if parts else "It is again as it was on your screen."
        moved = {text.piece for text in parts}
        pieces = tuple(replace(piece, again=piece.again or at in moved) for at, piece in enumerate(view.pieces))
        changes = Changes("What changed since you opened it", parts, rest)
        link = f"{self.home}claims/{claim.id}?whole=yes"
        return replace(view, changes=changes, pieces=pieces, whole=not parts, whole_link=link if parts else "")

    def neighbours(self, claim: str, within: Mapping[str, str]) -> tuple[str, str, str]:
        """Return the claims before and after one in a queue, and its place there in words."""
        order = self.queue(within).order()
        if claim not in order:
            return "", order[0] if order else "", ""
        at = order.index(claim)
        before = order[at - 1] if at else ""
        return before, order[at + 1] if at + 1 < len(order) else "", f"{at + 1} of {len(order)}"

    def next_after(self, claim: str, within: Mapping[str, str], order: Sequence[str]) -> str:
        """Return the next claim that waits for the person, given the order before they decided; empty if none does."""
        standings, late = self.standings(), self.reading.skipped
        at = order.index(claim) if claim in order else -1
        ring = [*order[at + 1 :], *order[: at + 1]]
        known = set(ring)
        tries = [*(c for c in ring if c not in late), *(c for c in late if c in known)]
        # only as many are looked at as are needed: after a decision nothing is known any more of 10,000 claims
        found = next((c for c in tries if c != claim and c in standings and standings[c].waits), "")
        if not found and not any(within.values()):
            found = next((c for c in self.queue({}).order() if c != claim and standings[c].waits), "")
        return found

    def say(self, *lines: Line) -> str:
        """Keep lines for the next page, and return the query that asks for them."""
        name = str(next(self._numbers))
        self._said[name] = lines
        if len(self._said) > MOST_LINES:
            self._said.pop(next(iter(self._said)))
        return f"said={name}"

    def lines(self, said: str = "") -> list[Line]:
        """Return what there is to say at the head of a page."""
        lines = list(self._said.get(said, ()))
        if self.person is None:
            why = "git has no e-mail here that people.yaml knows." if self.email else "git has no e-mail here."
            lines.append(Line("You can read, not sign.", f"{why} To sign: factpress people add"))
        whole = len(self.book.book.ledger.by_id)
        for file in self.book.unread:
            if file.merging:
                waits = f"Its {quantity(file.claims, 'claim')} wait until it is; the other {whole} are here."
                lines.append(Line(f"{file.name} holds a merge that is not finished.", waits))
            else:
                lines.append(
                    Line(
                        f"{file.problem.where}: {file.problem.message}",
                        f"{file.problem.rule.hint} The other {whole} claims are here.",
                    )
                )
        return lines

    def last_entry(self) -> str:
        """Return the claim whose sign-off the person can take back, empty where there is none."""
        person, entries = self.person, self.book.book.ledger.signoffs
        if not person or not entries or person.id not in (entries[-1].by, entries[-1].entered_by):
            return ""
        found = last_own(self.settings, person.id)
        return "" if isinstance(found, Obstacle) else found.claim

    def signing_foot(self) -> str:
        """Return the line at the foot of the queue: as whom one signs, and what leaves this computer."""
        person = self.person
        who = (
            f"You sign as {person.name}, because people.yaml has the e-mail that git has here. You are not shown "
            "findings that you proposed. " if person else ""
        )  # fmt: skip
        return f"{who}Nothing leaves this computer; sources open in your browser."

    def switch_keys(self, on: bool) -> None:
        """Switch single keys on or off, for this desk and the next ones."""
        self.keys_on = on
        if on:
            self._keys_file.unlink(missing_ok=True)
        else:
            self._keys_file.parent.mkdir(parents=True, exist_ok=True)
            self._keys_file.touch()

    def values(self, said: str = "", focus: str = "") -> dict[str, object]:
        """Return what every template needs."""
        lines = self.lines(said)
        return {
            "lines": lines, "keys_on": self.keys_on, "focus": "said" if lines and said else focus,
            "last_entry": self.last_entry(), "signing_as": self.person.name if self.person else "",
        }  # fmt: skip

    def _signed_text(self, claim: Claim, covers: Covers) -> SignedText | None:
        asked = (claim.id, covers)
        if asked not in self._signed:
            self._signed[asked] = find_signed_text(self.settings, claim, covers)
        return self._signed[asked]


def query_of(within: str) -> dict[str, str]:
    """Return the filters that a form carried as a query."""
    return known_filters(dict(parse_qsl(within.lstrip("?"))))


def _short(covers: Covers) -> str:
    return "-".join(text.partition(":")[2][:8] for text in (covers.claim, covers.finding, covers.evidence))


def ledger_name(settings: Settings, path: Path) -> str:
    """Return a file's name from the book's folder."""
    return path.relative_to(settings.root).as_posix()
