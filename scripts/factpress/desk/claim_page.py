"""One claim on the screen: everything that a sign-off covers, what its person did so far, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factpress.checks.claims import check_claim
from factpress.desk.differences import ChangedText, changed_texts
from factpress.desk.held_book import DeskBook, OurText
from factpress.desk.pieces import Piece, pieces_of
from factpress.desk.reading import ReadClaim, number_word
from factpress.desk.signed_text import SignedText
from factpress.desk.standing import OPEN_STATES, Standing, vote_lines
from factpress.model.claim import Claim
from factpress.model.dates import in_words
from factpress.model.review import ReviewPolicy
from factpress.model.signing.attempt import (
    OPENED,
    Answer,
    Attempt,
    all_answers,
    carrying,
    in_first_person,
    letters,
    piece_letter,
)
from factpress.model.signing.judgement import Obstacle, ObstacleKind, obstacles
from factpress.model.signoff import Covers, Person
from factpress.model.text.quotation_marks import curly_quotes
from factpress.model.vocabulary import (
    Asks,
    Decision,
    ProposerKind,
    ReviewState,
    Role,
    Verdict,
)
from factpress.problems import quantity

_WARNED = ("rests-on-little", "number-not-in-evidence")


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit of the article with all claims that it leads to."""

    id: str
    about: str
    claims: tuple[Claim, ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved since the person signed."""

    title: str
    parts: tuple[ChangedText, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A reviewer's decision, without a name."""

    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that a reviewer does, and whether it was done."""

    words: str
    done: bool


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """The sign line: what was done, a note, and the button that says what will be recorded."""

    action: str
    label: str
    note: str
    button: str = ""
    refused: str = ""
    required: bool = False
    did: tuple[Done, ...] = ()
    noscript_read: bool = False


@dataclass(frozen=True)
class ClaimView:
    """A claim's page."""

    id: str
    claim: str
    kind: str
    chapter: str
    position: str
    covers: str
    verdict_class: str
    verdict_glyph: str
    verdict_word: str
    state_glyph: str
    state_words: str
    proposed: str
    statement: str
    correction: str
    reasoning: str
    searched: tuple[str, ...]
    places: tuple[OurText, ...]
    units: tuple[UnitView, ...]
    pieces: tuple[Piece, ...]
    pieces_title: str
    carry_words: str
    warnings: tuple[str, ...]
    may_answer: bool
    may_sign: bool
    may_edit: bool
    done_words: str
    need_words: str
    approve: str
    return_: str
    may_ask: bool
    votes: tuple[Vote, ...] = ()
    blind: str = ""
    told: tuple[str, ...] = ()
    changes: Changes | None = None
    whole: bool = True
    whole_link: str = ""
    form: DecisionForm | None = None
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class ClaimScreen:
    """What a claim's page is made of."""

    desk: DeskBook
    claim: Claim
    standing: Standing
    read: ReadClaim
    policy: ReviewPolicy
    today: str
    person: Person | None = None
    sentences: Mapping[str, str] | None = None  #: of the article by unit, where it was given
    signed: SignedText | None = None  #: what the person signed before

    def attempt(self, choice: Decision | Asks, note: str = "") -> Attempt:
        """Return what the person is about to sign, with all that they did for it here."""
        return Attempt(
            claim=self.claim.id, by=self.person.id if self.person else "", choice=choice, role=self.standing.role,
            answers=dict(self.read.answers), read_reasoning=self.read.read_reasoning, note=note or None,
        )  # fmt: skip

    def whole(self, choice: Decision | Asks, note: str = "") -> Attempt:
        """Return the same with what the person found on these pages for other claims."""
        attempt = self.attempt(choice, note)
        return replace(attempt, answers=all_answers(attempt, self.claim, self.desk.book))

    def stopped_by(self, choice: Decision | Asks, note: str = "") -> tuple[Obstacle, ...]:
        """Return why that may not be signed now; a note that is still to be written is no reason."""
        found = obstacles(self.attempt(choice, note), self.desk.book, self.policy, self.today)
        return tuple(each for each in found if each.kind is not ObstacleKind.NOTE_MISSING)

    @property
    def may_sign(self) -> bool:
        """Return whether some decision is open to this person."""
        never = (ObstacleKind.UNKNOWN_PERSON, ObstacleKind.OWN_FINDING, ObstacleKind.NO_FINDING, ObstacleKind.WITHDRAWN)
        return self.person is not None and not any(o.kind in never for o in self.stopped_by(Decision.REJECT))

    def view(self, *, whole: bool, here: str) -> ClaimView:
        """Return the page; with a changed claim, `whole` shows all of it and not only what moved."""
        claim, finding, standing = self.claim, self.claim.finding, self.standing
        changes = self._changes()
        moved = {text.piece for text in changes.parts if text.piece is not None} if changes else set()
        answers = self.whole(Decision.APPROVE).answers
        pieces = pieces_of(self.desk, claim, self.read, self.person, answers, self.today, moved)
        third = standing.role is Role.ADJUDICATOR
        stale = standing.mine is not None and self.may_sign
        not_there = any(o.kind is ObstacleKind.NOT_THERE for o in self.stopped_by(Decision.APPROVE))
        return ClaimView(
            id=claim.id,
            claim=curly_quotes(claim.claim),
            kind=str(claim.kind),
            chapter=self.desk.chapter_label(claim),
            position="",
            covers=covers_text(self.read.covers),
            verdict_class=str(claim.verdict or "unchecked"),
            verdict_glyph=claim.verdict.glyph if claim.verdict else ReviewState.UNCHECKED.glyph,
            verdict_word=claim.verdict.word if claim.verdict else "Unchecked",
            state_glyph=standing.state.glyph,
            state_words=standing.wording,
            proposed=_proposed(self.claim, self.desk.book.ledger.people_by_id),
            statement=curly_quotes(finding.statement) if finding else "",
            correction=curly_quotes(finding.correction or "") if finding else "",
            reasoning=curly_quotes(finding.reasoning) if finding else "",
            searched=finding.searched if finding else (),
            places=self.desk.places.get(claim.id, ()),
            units=tuple(self._units()),
            pieces=pieces,
            pieces_title=f"Evidence, {quantity(len(pieces), 'piece')}",
            carry_words=_carry_words(claim),
            warnings=tuple(self._warnings()),
            may_answer=self.may_sign,
            may_sign=self.may_sign,
            may_edit=self.person is not None and not claim.withdrawn,
            done_words=self._done_words(),
            need_words=self._need_words(),
            approve="" if not_there else "Decide: approve" if third else "Approve as it is now" if stale else "Approve",
            return_="Decide: return" if third else "Return",
            may_ask=not third and not any(self.stopped_by(Asks.SECOND_READER)),
            votes=tuple(self._votes()) if third else (),
            blind=_BLIND if standing.is_blind else _asked_words(standing, self.person),
            told=() if standing.is_blind or standing.waits else tuple(self._told()),
            changes=changes,
            whole=whole or changes is None or not changes.parts,
            whole_link=f"{here}?whole=yes" if changes and changes.parts and not whole else "",
        )

    def form(self, choice: str, note: str) -> DecisionForm | None:
        """Return the sign line of a choice: approve, return or second."""
        third = self.standing.role is Role.ADJUDICATOR
        if choice == "approve":
            stopped = self.stopped_by(Decision.APPROVE, note)
            statement = in_first_person(self.whole(Decision.APPROVE), self.claim)
            button = "" if stopped else f"{'Decide: approve. ' if third else 'Sign: '}{statement}"
            return DecisionForm(
                "approve", "Your note, for readers of the record" if third else "Note, if there is something to say",
                note, button, " ".join(self._refused(o) for o in stopped[:1]), third, self._did(),
                not self.read.read_reasoning,
            )  # fmt: skip
        if choice == "return":
            stopped = self.stopped_by(Decision.REJECT, note)
            begun = note or _begun_note(self.whole(Decision.REJECT))
            word = "Decide: return" if third else "Return it with this note"
            return DecisionForm(
                "return", "What is wrong, for whoever keeps the ledger", begun, "" if stopped else word,
                " ".join(self._refused(o) for o in stopped[:1]), True, self._did(),
            )  # fmt: skip
        if choice == "second":
            stopped = self.stopped_by(Asks.SECOND_READER, note)
            return DecisionForm(
                "second", "Why, if there is something to say", note, "" if stopped else "Ask for a second reader",
                " ".join(self._refused(o) for o in stopped[:1]),
            )  # fmt: skip
        return None

    def _refused(self, obstacle: Obstacle) -> str:
        if obstacle.kind is ObstacleKind.NOT_OPENED and obstacle.pieces:
            rest = f" opens the next, {piece_letter(obstacle.pieces[0])}."
            return f"This book asks that the sources which carry the verdict were opened. o{rest}"
        return f"{obstacle.sentence} {obstacle.hint}"

    def _units(self) -> list[UnitView]:
        ledger, units = self.desk.book.ledger, []
        for unit in self.claim.units:
            claims = ledger.by_unit.get(unit, ())
            number = (
                "This sentence makes one claim:"
                if len(claims) == 1
                else f"This sentence makes {number_word(len(claims))} claims:"
            )
            sections = {section.id: section.heading for section in self.desk.book.outline.sections}
            heading = sections.get(unit.partition(".")[0], "")
            about = f"{heading}. {number}" if heading else number
            units.append(UnitView(unit, about, claims, (self.sentences or {}).get(unit, "")))
        return units

    def _warnings(self) -> list[str]:
        """Return what `check` says: its warnings on the finding, and anything that is wrong."""
        found = [p for p in check_claim(self.claim, self.desk.book) if p.is_error or p.code in _WARNED]
        return list(dict.fromkeys(f"{p.message} {p.rule.hint}" for p in found))

    def _votes(self) -> list[Vote]:
        words = {Decision.APPROVE: "One reviewer accepted this", Decision.REJECT: "One reviewer did not"}
        return [Vote(words[e.decision], e.note or "") for e in self.standing.review.votes if e.decision]

    def _told(self) -> list[str]:
        return vote_lines(self.standing.review, self.desk.book.ledger.people_by_id)

    def _changes(self) -> Changes | None:
        mine = self.standing.mine
        if not mine or not self.may_sign:
            return None
        moved = next((e.changed for e in self.standing.review.outdated if e.entry is mine), ())
        title = "What changed since you signed"
        if moved in (("age",), ("retraction",)):
            why = (
                "Nothing changed; you signed it longer ago than this book allows." if moved == ("age",)
                else "The text is as you signed it; a notice on one of its sources was registered since."
            )  # fmt: skip
            return Changes(title, (), f"{why} You signed on {in_words(mine.date)}.")
        if not self.signed:
            return Changes(title, (), f"The text you signed is not in this checkout; the {_and(moved)} moved.")
        old = self.signed
        parts = tuple(changed_texts(old.claim, self.claim, old.sources, self.desk.book.sources))
        same = [part for part in ("claim", "finding", "evidence") if part not in moved]
        verb = "is" if len(same) == 1 else "are"
        rest = f"{_and(same).capitalize()} {verb} as you signed {'it' if len(same) == 1 else 'them'}. " if same else ""
        return Changes(title, parts, f"{rest}The text you signed is from commit {old.commit}.")

    def _did(self) -> tuple[Done, ...]:
        answers, claim = self.whole(Decision.APPROVE).answers, self.claim
        needed = carrying(claim)
        found = [at for at in needed if answers.get(at) is Answer.FOUND]
        rest = [at for at in needed if at not in found]
        context = [at for at in range(len(claim.evidence)) if at not in needed and answers.get(at) not in OPENED]
        done = [Done(f"Words found in {letters(found)}", True)] if found else []
        for answer, words in ((Answer.NOT_THERE, "not there in"), (Answer.CANNOT_OPEN, "could not be opened in")):
            if places := [at for at in rest if answers.get(at) is answer]:
                done.append(Done(f"Words {words} {letters(places)}", False))
        if left := [at for at in rest if at not in answers]:
            done.append(Done(f"{letters(left)} not answered", False))
        done.append(Done(f"Reasoning {'shown to its end' if self.read.read_reasoning else 'not shown to its end'}",
                         self.read.read_reasoning))  # fmt: skip
        if context:
            done.append(Done(f"{letters(context)} not opened (context)", False))
        return tuple(done)

    def _done_words(self) -> str:
        needed, answers = carrying(self.claim), self.whole(Decision.APPROVE).answers
        if not self.claim.finding:
            return "Nobody has drafted a finding."
        if not needed:
            return "No piece of evidence carries the verdict."
        opened = sum(at in self.read.opened or answers.get(at) in OPENED for at in needed)
        found = sum(answers.get(at) is Answer.FOUND for at in needed)
        return f"Opened {opened} of the {len(needed)} that carry the verdict, words found in {found}."

    def _need_words(self) -> str:
        review, person = self.standing.review, self.person
        if not self.claim.finding or self.claim.withdrawn:
            return ""
        if person is None:
            return "You can read, not sign."
        if self.standing.is_own:
            stopped = self.stopped_by(Decision.APPROVE)
            return f"{stopped[0].sentence} {stopped[0].hint}" if stopped else ""
        if self.standing.has_voted:
            more = " Another person signs too." if review.state in OPEN_STATES else ""
            return f"You have decided; another decision takes the place of it.{more}"
        if self.standing.role is Role.ADJUDICATOR:
            return "You decide between the two."
        if review.needed > 1:
            which = ("first", "second", "third")[min(len({e.by for e in review.votes}), 2)]
            return f"{number_word(review.needed).capitalize()} people must approve; you would be the {which}."
        return "One person must approve."


_BLIND = (
    "You are the second reader. What the first decided, and their note, are shown when you have decided; so is their "
    "name. (They stand in signoffs.yaml: this is a courtesy to your judgement, not a secret.)"
)


def covers_text(covers: Covers) -> str:
    """Return the three digests as a form carries them."""
    return f"{covers.claim} {covers.finding} {covers.evidence}"


def covers_of(text: str) -> Covers | None:
    """Return the digests that a form carried, None where it did not."""
    parts = text.split(" ")
    return Covers(claim=parts[0], finding=parts[1], evidence=parts[2]) if len(parts) == 3 else None


def _asked_words(standing: Standing, person: Person | None) -> str:
    others = [entry for entry in standing.review.asked if person and entry.by != person.id]
    return "A reader asked that a second one looks at this." if others and not standing.has_voted else ""


def _begun_note(attempt: Attempt) -> str:
    missing = [at for at, answer in sorted(attempt.answers.items()) if answer is Answer.NOT_THERE]
    return f"{letters(missing)}: the words do not stand there." if missing else ""


def _proposed(claim: Claim, people: Mapping[str, Person]) -> str:
    if not claim.finding:
        return ""
    proposer = claim.finding.proposed_by
    if proposer.kind is ProposerKind.MACHINE:
        return f"Drafted with a machine’s help, {in_words(proposer.date)}."
    person = people.get(proposer.id or "")
    return f"Drafted by {person.display_name if person else proposer.id}, {in_words(proposer.date)}."


def _carry_words(claim: Claim) -> str:
    places = carrying(claim)
    if not claim.evidence or claim.verdict in (Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE):
        return ""
    context = [at for at in range(len(claim.evidence)) if at not in places]
    verb = "carries" if len(places) == 1 else "carry"
    rest = f"; {letters(context)} {'is' if len(context) == 1 else 'are'} context" if context else ""
    return f"{letters(places)} {verb} the verdict{rest}" if places else "all are context"


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
