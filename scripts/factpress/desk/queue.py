"""The queue: what waits for a person, in the order in which it is worth their time, and what else can be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from factpress.desk.held_book import DeskBook
from factpress.desk.standing import OPEN_STATES, Standing
from factpress.model.claim import Claim
from factpress.model.links.copying import copying_kind, host_of
from factpress.model.signing.attempt import carries
from factpress.model.vocabulary import Kind, Priority, ProposerKind, ReviewState, Verdict
from factpress.problems import quantity

ROWS, PAGES, WHOLE = 9, 25, 200  #: rows of a group, groups by source, and rows of a group that is asked for whole
FILTERS = ("priority", "state", "chapter", "verdict", "kind", "by", "words", "all")
_BY_WEIGHT = (
    Verdict.CONTRADICTED, Verdict.DISPUTED, Verdict.AMBIGUOUS, Verdict.PARTLY_SUPPORTED, Verdict.NOT_FOUND,
    Verdict.SUPPORTED, Verdict.NOT_CHECKABLE,
)  # fmt: skip
_STATES = (
    ReviewState.PROPOSED, ReviewState.IN_REVIEW, ReviewState.STALE, ReviewState.RETURNED, ReviewState.CONFLICT,
    ReviewState.SIGNED_OFF, ReviewState.UNCHECKED,
)  # fmt: skip
ALL = "all"  #: of every priority


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the queue."""

    id: str
    text: str
    glyph: str
    verdict: str
    place: str
    state: str = ""  #: where it is not what the others of the queue have
    state_glyph: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims under one heading."""

    title: str
    claims: tuple[Claim, ...]
    key: str
    rows: tuple[Row, ...] = ()
    count: str = ""
    more: str = ""
    more_link: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, with how many claims it leaves."""

    words: str
    link: str
    count: int
    chosen: bool
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A property of claims by which the queue can be cut."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Queue:
    """The queue as one page."""

    heading: str
    lead: str
    foot: str
    showing: str
    groups: tuple[Group, ...]
    filters: tuple[Filter, ...]
    order: tuple[str, ...]  #: ids of all claims of the groups
    within: str  #: the query that leads back to this queue
    words: str = ""
    first: str = ""
    first_words: str = ""
    pace: str = ""
    none: str = ""
    later: str = ""
    rest_words: str = ""
    rest_link: str = ""


@dataclass(frozen=True)
class QueueView:
    """What a queue is made of: the book, what the person sees of each claim, and what they asked to be shown."""

    desk: DeskBook
    standings: Mapping[str, Standing]
    asked: Mapping[str, str] = field(default_factory=dict)
    skipped: Sequence[str] = ()
    home: str = "/"
    has_begun: bool = False  #: whether the person decided something already

    @cached_property
    def filters(self) -> Mapping[str, str]:
        """Return what holds: what was asked for, or else the findings of high priority while some wait."""
        asked = {name: value for name, value in self.asked.items() if value and name != "all"}
        usual = {"priority": str(Priority.HIGH)} if any(map(_is_high, self.waiting())) else {}
        return asked or usual

    @property
    def within(self) -> str:
        """Return the query that leads back to this queue, empty for the usual one."""
        kept = {name: value for name, value in self.asked.items() if name in FILTERS and name != "all" and value}
        return f"?{urlencode(kept)}" if kept else ""

    def waiting(self) -> list[Claim]:
        """Return the claims that wait for the person, in the order of the ledger."""
        return self._waiting

    @cached_property
    def _waiting(self) -> list[Claim]:
        return [claim for claim in self.desk.book.ledger.by_id.values() if self.standings[claim.id].waits]

    def chosen(self) -> list[Claim]:
        """Return the claims that the filters leave."""
        tests = [self._test(name, value) for name, value in self.filters.items()]
        # a state, or words, ask for claims whether they wait or not
        whole = any(name in self.filters for name in ("state", "words"))
        pool: Iterable[Claim] = self.desk.book.ledger.by_id.values() if whole else self.waiting()
        return [claim for claim in pool if all(test(claim) for test in tests)]

    def groups(self) -> list[Group]:
        """Return the chosen claims under their headings, in order; what was skipped comes last."""
        return self._groups

    @cached_property
    def _groups(self) -> list[Group]:
        left, groups = self.chosen(), []
        if self.filters.get("by") == "source":
            return self._by_source(left)
        late = set(self.skipped)
        skipped = [claim for claim in left if claim.id in late]
        rest = [claim for claim in left if claim.id not in late]

        def take(title: str, key: str, test: Callable[[Claim], bool]) -> None:
            nonlocal rest
            if found := [claim for claim in rest if test(claim)]:
                groups.append(Group(title, tuple(sorted(found, key=_weight)), key))
                rest = [claim for claim in rest if not test(claim)]

        take("Changed since you signed", "mine", lambda c: self.standings[c.id].mine is not None and self._open(c))
        take("Reviewers disagree: you decide as the third", "third",
             lambda c: self.standings[c.id].state is ReviewState.CONFLICT and self.standings[c.id].waits)  # fmt: skip
        take("High priority, two people", "two", lambda c: _is_high(c) and self.standings[c.id].review.needed > 1)
        take("High priority, one person", "one", _is_high)
        by_chapter: dict[str, list[Claim]] = {}
        for claim in rest:
            by_chapter.setdefault(self.desk.stems[claim.id], []).append(claim)
        for stem, claims in by_chapter.items():
            groups.append(Group(self.desk.chapter_label(claims[0]), tuple(sorted(claims, key=_weight)), stem))
        if skipped:
            groups.append(Group("Skipped", tuple(sorted(skipped, key=lambda c: self.skipped.index(c.id))), "skipped"))
        return groups

    def order(self) -> tuple[str, ...]:
        """Return the ids of the chosen claims in order, each once."""
        return self._order

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(claim.id for group in self.groups() for claim in group.claims))

    def queue(self, pace: Callable[[int], str], foot: str) -> Queue:
        """Return the queue as one page."""
        groups, waiting = self.groups(), self.waiting()
        order = self.order()
        waits = next((claim for claim in order if self.standings[claim].waits), "")
        usual = not any(self.asked.values()) and len(order) < len(waiting)
        later = sum(len(group.claims) for group in groups[PAGES:])
        return Queue(
            heading=self._heading(),
            lead=self._lead(),
            foot=foot,
            showing=self._showing(len(order)),
            groups=tuple(self._shown(group) for group in groups[:PAGES]),
            filters=tuple(self._filters()),
            order=order,
            within=self.within,
            rest_words=f"Then {len(waiting) - len(order)} of other priority, chapter by chapter" if usual else "",
            rest_link=f"{self.home}?priority={Priority.NORMAL}" if usual else "",
            words=self.asked.get("words", ""),
            first=waits,
            first_words=f"{'Go on' if self.has_begun else 'Begin'} with {waits}",
            pace=pace(len(waiting)),
            later=f"{quantity(later, 'claim')} more in groups that are not shown: choose at the side." if later else "",
            none="Nothing here." if any(self.asked.values()) else "Nothing is left for you to sign.",
        )

    def _by_source(self, left: list[Claim]) -> list[Group]:
        pages: dict[str, dict[str, Claim]] = {}
        for claim in left:
            for item in claim.evidence:
                if carries(item):
                    pages.setdefault(self.desk.page_of(item) or f"\0{item.source}", {})[claim.id] = claim
        ordered = sorted(pages.items(), key=lambda page: (-len(page[1]), page[0]))
        return [Group(self._page_title(page), tuple(claims.values()), page) for page, claims in ordered]

    def _page_title(self, page: str) -> str:
        if page.startswith("\0"):
            source = self.desk.book.sources.get(page[1:])
            return f"{source.short if source else page[1:]}, without an address"
        names = [item.source for _, item in self.desk.by_page.get(page, ())]
        source = self.desk.book.sources.get(names[0]) if names else None
        host = f"in a copy at {host_of(page)}" if copying_kind(page) else host_of(page)
        return f"{source.short if source else names[0] if names else page} · {host}"

    def _shown(self, group: Group) -> Group:
        whole = self.asked.get("all") == group.key
        limit = WHOLE if whole else ROWS
        shown, hidden = group.claims[:limit], len(group.claims) - limit
        more = f"{hidden} more" if hidden > 0 else ""
        query = {**{k: v for k, v in self.asked.items() if v and k != "all"}, "all": group.key}
        return Group(
            group.title, group.claims, group.key, tuple(map(self._row, shown)),
            quantity(len(group.claims), "finding"), more if not whole else "",
            f"{self.home}?{urlencode(query)}" if more and not whole else "",
        )  # fmt: skip

    def _row(self, claim: Claim) -> Row:
        standing, verdict = self.standings[claim.id], claim.verdict
        places = self.desk.places.get(claim.id, ())
        at = next((f"¶ {place.label} · " for place in places if place.label), "")
        usual = standing.state is ReviewState.PROPOSED
        return Row(
            claim.id, claim.claim, verdict.glyph if verdict else ReviewState.UNCHECKED.glyph,
            verdict.word if verdict else "Unchecked", f"{at}{quantity(len(claim.evidence), 'piece')}",
            "" if usual else standing.state.word.capitalize(), "" if usual else standing.state.glyph,
        )  # fmt: skip

    def _heading(self) -> str:
        open_ = [claim for claim in self._claims() if self._open(claim)]
        if not open_:
            return "No finding waits for a person"
        return f"{quantity(len(open_), 'finding')} {'waits' if len(open_) == 1 else 'wait'} for a person"

    def _lead(self) -> str:
        claims = [claim for claim in self._claims() if claim.finding and not claim.withdrawn]
        machine = sum(c.finding is not None and c.finding.proposed_by.kind is ProposerKind.MACHINE for c in claims)
        by = "all of them" if machine == len(claims) else f"{machine} of {len(claims)}"
        signed = sum(self.standings[claim.id].state is ReviewState.SIGNED_OFF for claim in claims)
        so_far = (
            "Nobody has checked one yet." if not any(self.standings[c.id].review.votes for c in claims)
            else f"{signed or 'None'} {'is' if signed < 2 else 'are'} signed off."
        )  # fmt: skip
        needed = sum(self.standings[claim.id].left for claim in claims)
        left = f" {quantity(needed, 'sign-off')} {'is' if needed == 1 else 'are'} needed" if needed else ""
        why = ": some findings take two people." if needed > len([c for c in claims if self._open(c)]) else "."
        return f"{f'A machine helped to draft {by}. ' if machine else ''}{so_far}{left}{why if left else ''}"

    def _showing(self, number: int) -> str:
        return f"{quantity(number, 'claim')}{', by source' if self.asked.get('by') == 'source' else ''}"

    def _filters(self) -> Iterable[Filter]:
        claims, waiting = self._claims(), self.waiting()
        priorities = Counter(str(claim.priority or Priority.NORMAL) for claim in waiting)
        yield self._filter(
            "Priority", "priority",
            [(str(p), p.capitalize(), "", priorities[p]) for p in Priority if p is not Priority.LOW or priorities[p]]
            + [(ALL, "All", "", len(waiting))],
        )  # fmt: skip
        states = Counter(self.standings[claim.id].state for claim in claims)
        yield self._filter(
            "State", "state",
            [(str(s), s.word.capitalize(), s.glyph, states[s]) for s in _STATES if states[s] or s in _STATES[:6]],
        )  # fmt: skip
        stems = Counter(self.desk.stems[claim.id] for claim in waiting)
        first = {self.desk.stems[claim.id]: claim for claim in reversed(claims)}
        yield self._filter(
            "Chapter", "chapter", [(s, self.desk.chapter_label(c), "", stems[s]) for s, c in sorted(first.items())]
        )
        verdicts = Counter(claim.verdict for claim in waiting)
        yield self._filter(
            "Verdict", "verdict", [(str(v), v.word, v.glyph, verdicts[v]) for v in _BY_WEIGHT if verdicts[v]]
        )
        kinds = Counter(claim.kind for claim in waiting)
        yield self._filter(
            "Kind", "kind",
            [(str(k), k.capitalize(), "", n) for k, n in sorted(kinds.items(), key=lambda kn: (-kn[1], kn[0])) if n],
        )  # fmt: skip
        pages = {self.desk.page_of(item) for claim in waiting for item in claim.evidence if carries(item)}
        yield self._filter(
            "Order", "by", [("", "By weight", "", len(waiting)), ("source", "By source", "", len(pages))]
        )

    def _filter(self, title: str, name: str, values: list[tuple[str, str, str, int]]) -> Filter:
        now, options = self.filters.get(name, ""), []
        for value, words, glyph, count in values:
            chosen = now == value
            others = {k: v for k, v in self.filters.items() if k != name}
            # a chosen value that is chosen again is taken back
            query = (others or {"priority": ALL}) if chosen or not value else {**others, name: value}
            options.append(Option(words, self.home + (f"?{urlencode(query)}" if query else ""), count, chosen, glyph))
        return Filter(title, tuple(options))

    def _test(self, name: str, value: str) -> Callable[[Claim], bool]:
        words = value.casefold().split()
        tests: dict[str, Callable[[Claim], bool]] = {
            "priority": lambda c: value == ALL or str(c.priority or Priority.NORMAL) == value,
            "state": lambda c: str(self.standings[c.id].state) == value,
            "chapter": lambda c: self.desk.stems[c.id] == value,
            "verdict": lambda c: str(c.verdict or "") == value,
            "kind": lambda c: str(c.kind) == value,
            "words": lambda c: all(word in _searched(c) for word in words),
        }
        return tests.get(name, lambda _: True)

    def _claims(self) -> list[Claim]:
        return list(self.desk.book.ledger.by_id.values())

    def _open(self, claim: Claim) -> bool:
        return claim.finding is not None and self.standings[claim.id].state in OPEN_STATES


def known_filters(query: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a query that the queue knows; what it does not know is left out."""
    closed: dict[str, set[str]] = {
        "priority": {*Priority, ALL}, "state": set(ReviewState), "verdict": set(Verdict), "kind": set(Kind),
        "by": {"source"},
    }  # fmt: skip
    given = {name: query[name][:WHOLE] for name in FILTERS if query.get(name)}
    return {name: value for name, value in given.items() if name not in closed or value in closed[name]}


def _is_high(claim: Claim) -> bool:
    return claim.priority is Priority.HIGH


def _weight(claim: Claim) -> tuple[int, int, str]:
    priority = {Priority.HIGH: 0, Priority.LOW: 2}.get(claim.priority, 1) if claim.priority else 1
    return priority, _BY_WEIGHT.index(claim.verdict) if claim.verdict else len(_BY_WEIGHT), claim.id


def _searched(claim: Claim) -> str:
    statement = claim.finding.statement if claim.finding else ""
    return f"{claim.id} {claim.claim} {statement}".casefold()
