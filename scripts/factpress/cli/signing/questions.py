"""What a person at a terminal did, decides and notes: a question a line, nothing ticked beforehand."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from factpress.escaping import printable
from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.review import ReviewPolicy
from factpress.model.signing.attempt import (
    Answer,
    Attempt,
    all_answers,
    carrying,
    earlier_answers,
    in_first_person,
    piece_letter,
    quoted_place,
)
from factpress.model.signing.judgement import Obstacle, ObstacleKind, obstacles
from factpress.model.vocabulary import Asks, Decision, OpenBeforeSigning, Role

#: the keys of the desk
ANSWERS = {"f": Answer.FOUND, "m": Answer.NOT_THERE, "x": Answer.CANNOT_OPEN}
CHOICES: Mapping[str, Decision | Asks] = {"a": Decision.APPROVE, "r": Decision.REJECT, "2": Asks.SECOND_READER}


@dataclass(frozen=True)
class Questions:
    """Asks through `ask` and `ask_text`, which show a prompt and return a line, and tells through `say`."""

    ask: Callable[[str], str]  #: a key, in small letters
    ask_text: Callable[[str], str]
    say: Callable[[str], None]
    show: Callable[[str], bool] = webbrowser.open

    def attempt(
        self, claim: Claim, by: str, role: Role, book: Book, policy: ReviewPolicy, today: str
    ) -> Attempt | None:
        """Return what the person wants to sign, having stated it; None if they leave without signing."""
        tried = Attempt(claim=claim.id, by=by, choice=Decision.APPROVE, role=role)
        # who cannot sign whatever they read is told before they read
        if fatal := [o for o in obstacles(tried, book, policy, today) if o.kind not in _MENDED]:
            self._refuse(fatal[0])
            return None
        tried = replace(tried, answers=self._answers(claim, by, book, policy))
        tried = replace(tried, read_reasoning=self._yes("Did you read the reasoning to its end? [y/n] "))
        while True:
            choice = self._choice()
            if choice is None:
                return None
            tried = replace(tried, choice=choice)
            needs_note = choice is Decision.REJECT or role is Role.ADJUDICATOR
            tried = replace(tried, note=self._note(tried, needs_note))
            if found := obstacles(tried, book, policy, today):
                self._refuse(found[0])
                if found[0].kind is ObstacleKind.NOT_OPENED:
                    more = self._answers(claim, by, book, policy, found[0].pieces)
                    tried = replace(tried, answers={**tried.answers, **more})
                continue
            said = replace(tried, answers=all_answers(tried, claim, book))
            if self._yes(f"{_VERBS[choice]}: {in_first_person(said, claim)}. [y/n] "):
                return tried

    def _answers(
        self, claim: Claim, by: str, book: Book, policy: ReviewPolicy, again: Sequence[int] = ()
    ) -> dict[int, Answer]:
        answers: dict[int, Answer] = {}
        known = earlier_answers(claim, by, book)
        needed = again or [at for at in carrying(claim) if at not in known]
        if needed and not again:
            rule = policy.must_open(claim)
            asks = {
                OpenBeforeSigning.NONE: "none of the sources",
                OpenBeforeSigning.ONE: "one source which carries the verdict",
                OpenBeforeSigning.ALL: "all sources which carry the verdict",
            }
            self.say(f"To approve, this book asks that you open {asks[rule]}.")
            self.say(
                "o opens it; f the words stand there and say this, m they do not, x it cannot be opened, Enter later."
            )
        for at in needed:
            item = claim.evidence[at]
            while (key := self.ask(f"{piece_letter(at)}: do these words stand there, and say this? [o/f/m/x] ")) == "o":
                url = quoted_place(item, book)
                if not url or not url.startswith(("https://", "http://")) or not self.show(url):
                    self.say(f"Open it yourself: {url or item.locator}")
            if key in ANSWERS:
                answers[at] = ANSWERS[key]
        return answers

    def _choice(self) -> Decision | Asks | None:
        while True:
            key = self.ask("a approve, r return with a note, 2 ask for a second reader, q leave without signing: ")
            if key in CHOICES:
                return CHOICES[key]
            if key in ("q", ""):
                return None

    def _note(self, tried: Attempt, needed: bool) -> str | None:
        missing = [piece_letter(at) for at, answer in tried.answers.items() if answer is Answer.NOT_THERE]
        if missing and tried.choice is Decision.REJECT:
            self.say(f"Your note could begin: {', '.join(missing)}: the words do not stand there.")
        return self.ask_text(f"Note{'' if needed else ', if there is something to say'}: ") or None

    def _yes(self, question: str) -> bool:
        while (key := self.ask(question)) not in ("y", "n", ""):
            pass
        return key == "y"

    def _refuse(self, found: Obstacle) -> None:
        self.say(printable(f"{found.sentence} {found.hint}"))


_VERBS: Mapping[Decision | Asks, str] = {
    Decision.APPROVE: "Sign",
    Decision.REJECT: "Return it",
    Asks.SECOND_READER: "Ask for a second reader",
}
#: obstacles that go away by reading, answering or noting something
_MENDED = (
    ObstacleKind.NOT_OPENED,
    ObstacleKind.NOTHING_DONE,
    ObstacleKind.NOT_THERE,
    ObstacleKind.NOTE_MISSING,
    ObstacleKind.ALREADY_SIGNED,  # whoever approved may return
    ObstacleKind.ALREADY_ASKED,
)
