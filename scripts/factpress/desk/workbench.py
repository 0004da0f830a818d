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
from factpress.desk.reading import Reading
from factpress.desk.render import Line, Pages
from factpress.desk.signed_text import SignedText, find_signed_text
from factpress.desk.standing import Standing, standings
from factpress.files.signing.people import git_email, person_of_email
from factpress.files.signing.signoffs import last_own
from factpress.model.claim import Claim
from factpress.model.digest import covered_digests
from factpress.model.review import reviews_by_claim
from factpress.model.signing.judgement import Obstacle
from factpress.model.signoff import Covers, Person
from factpress.model.source import Source
from factpress.problems import quantity
from factpress.settings import Settings

MOST_SCREENS = 300  #: contents that were shown and are kept, so that a change can be shown against them
MOST_LINES = 100


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
    reading: Reading = field(default_factory=Reading)
    keys_on: bool = True
    close: Callable[[], None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)  #: one request at a time touches what is held

    def __post_init__(self) -> None:
        """Look who sits here, and find their drafts."""
        self.held = HeldBook(self.settings)
        self.email = git_email(self.settings)
        self.drafts = Drafts(self.settings.work / "desk" / "drafts")
        self._screens: dict[str, ShownContent] = {}
        self._said: dict[str, tuple[Line, ...]] = {}
        self._numbers = count(1)
        self._standings: tuple[object, dict[str, Standing]] = (None, {})
        self._signed: dict[tuple[str, Covers], SignedText | None] = {}
        self._keys_file = self.settings.work / "desk" / "single-keys-off"
        self.keys_on = not self._keys_file.exists()

    @property
    def home(self) -> str:
        """Return the address of the queue."""
        return self.access.home

    @property
    def book(self) -> DeskBook:
        """Return the book as its files have it now."""
        return self.held.read()

    @property
    def person(self) -> Person | None:
        """Return who sits here: whoever of people.yaml has the e-mail that git has."""
        return person_of_email(self.book.book.ledger.people, self.email)

    def standings(self) -> dict[str, Standing]:
        """Return what the person sees of every claim's review, by id."""
        desk, person, today = self.book, self.person, self.today()
        if self._standings[0] != (id(desk), person, today):
            reviews = reviews_by_claim(desk.book, self.settings.policy, today)
            # the book is kept with them: a later one must not take its place in memory
            self._standings = ((id(desk), person, today), standings(desk, reviews, person))
        return self._standings[1]

    def queue(self, query: Mapping[str, str]) -> QueueView:
        """Return the queue with the filters of a query."""
        skipped = tuple(self.reading.skipped)
        return QueueView(self.book, self.standings(), known_filters(query), skipped, self.home)

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
        self._screens[name] = ShownContent(claim, {e.source: sources[e.source] for e in claim.evidence if e.source in sources})
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
        return replace(view, changes=Changes("What changed since you opened it", parts, rest), whole=False)

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
        waiting = {c.id for c in self.queue({}).waiting()}
        at = order.index(claim) if claim in order else -1
        ring = [*order[at + 1 :], *order[: at + 1]]
        late = self.reading.skipped
        rest = [c for c in ring if c in waiting and c != claim and c not in late]
        skipped = [c for c in late if c in waiting and c in ring and c != claim]
        found = rest or skipped
        if not found and not any(within.values()):
            found = [c for c in self.queue({}).order() if c in waiting and c != claim]
        return found[0] if found else ""

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
                lines.append(Line(f"{file.problem.where}: {file.problem.message}", f"{file.problem.rule.hint} The other {whole} claims are here."))
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
            "last_entry": self.last_entry(),
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
