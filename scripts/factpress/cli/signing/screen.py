"""One claim in a terminal: everything that a sign-off covers, where it is opened, and what happened to it so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from factpress.desk.differences import changed_texts
from factpress.desk.held_book import DeskBook
from factpress.desk.signed_text import find_signed_text
from factpress.desk.standing import Standing, vote_lines
from factpress.escaping import printable
from factpress.model.claim import Claim, Evidence
from factpress.model.dates import in_words
from factpress.model.digest import covered_digests, short_code
from factpress.model.signing.attempt import carries, copy_host, earlier_answers, piece_letter, quoted_place
from factpress.model.signoff import Person
from factpress.model.source import signed_fields
from factpress.model.vocabulary import ProposerKind, QuoteSeen
from factpress.settings import Settings

WIDEST = 96  #: columns of prose


def claim_data(desk: DeskBook, claim: Claim, standing: Standing, person: Person | None) -> dict[str, Any]:
    """Return what the screen shows as plain data, with the code of the digests; without anybody's e-mail."""
    finding, today = claim.finding, covered_digests(claim, desk.book.sources)
    return {
        "id": claim.id,
        "claim": claim.claim,
        "units": list(claim.units),
        "kind": claim.kind,
        "priority": claim.priority,
        "places": [place.label for place in desk.places.get(claim.id, ()) if place.label],
        "verdict": claim.verdict,
        "statement": finding.statement if finding else None,
        "correction": finding.correction if finding else None,
        "reasoning": finding.reasoning if finding else None,
        "searched": list(finding.searched) if finding else [],
        "state": standing.state,
        "state-wording": standing.wording,
        "code": short_code(today),
        "signs-here": person.id if person else None,
        "evidence": [
            {
                "piece": piece_letter(at),
                "carries": carries(item),
                "source": item.source,
                "stance": item.stance,
                "grade": item.grade,
                "consulted": item.consulted,
                "locator": item.locator,
                "says": item.says,
                "quote": item.quote,
                "open": quoted_place(item, desk.book) or None,
                "in-a-copy-at": copy_host(item, desk.book) or None,
            }
            for at, item in enumerate(claim.evidence)
        ],
    }


class ClaimPrinter:
    """Prints one claim."""

    def __init__(self, console: Console, settings: Settings, desk: DeskBook) -> None:
        """Print to a console what one reading of the book has."""
        self.console, self.settings, self.desk = console, settings, desk

    def show(self, claim: Claim, standing: Standing, person: Person | None, sentences: Mapping[str, str]) -> None:
        """Print the claim, its finding and every piece of evidence."""
        code = short_code(covered_digests(claim, self.desk.book.sources))
        self._line(f"{claim.id} · {self.desk.chapter_label(claim)}", "bold")
        priority = f" · {claim.priority} priority" if claim.priority else ""
        self._line(f"{claim.kind}{priority} · code {code}", "dim")
        self._part("What the article claims", claim.claim)
        for unit in claim.units:
            words = sentences.get(unit, "")
            self._line(f"Unit {unit}{f': “{words}”' if words else ''}", "dim")
        for place in self.desk.places.get(claim.id, ()):
            if place.said:
                self._part(f"Our sentence{f', ¶ {place.label}' if place.label else ''}", place.said)
        self._finding(claim, standing)
        earlier = earlier_answers(claim, person.id, self.desk.book) if person else {}
        for at, item in enumerate(claim.evidence):
            self._piece(at, item)
            if at in earlier:
                found = "Found" if earlier[at].quote_seen is QuoteSeen.YES else "Not there"
                self._line(f"{found} by you, {in_words(earlier[at].date)}.", "green", indent=2)
        for note in self._changes(claim, standing):
            self.console.print(Padding(note, (0, 0, 0, 2)))

    def _finding(self, claim: Claim, standing: Standing) -> None:
        if claim.verdict:
            self.console.print()
            self._line(f"{claim.verdict.glyph} {claim.verdict.word}", "bold")
        self._line(f"{standing.state.glyph} {standing.wording}")
        if not standing.is_blind:
            for vote in vote_lines(standing.review, self.desk.book.ledger.people_by_id):
                self._line(vote, indent=2)
        if finding := claim.finding:
            self._part("What readers are told", finding.statement)
            if finding.correction:
                self._part("How the sentence should read", finding.correction)
            if finding.searched:
                self._part("Where we looked", "; ".join(finding.searched))
            self._part("Why", finding.reasoning)
            by = finding.proposed_by
            who = "with a machine’s help" if by.kind is ProposerKind.MACHINE else f"by {self._name(by.id or '')}"
            self._line(f"Drafted {who}, {in_words(by.date)}.", "dim")

    def _piece(self, at: int, item: Evidence) -> None:
        source = self.desk.book.sources.get(item.source)
        self.console.print()
        carried = "" if carries(item) else ", does not carry the verdict"
        self._line(
            f"{piece_letter(at)}  {str(item.stance).capitalize()}{carried} · "
            f"{source.short if source else item.source} · {item.locator}",
            "bold",
        )
        if item.quote:
            before = f"{item.before} … " if item.before else ""
            after = f" … {item.after}" if item.after else ""
            self._line(f"{before}“{item.quote}”{after}", indent=3)
        self._line(item.says, indent=3)
        self._line(f"{item.grade}, {item.consulted.words}, {in_words(item.date)}", "dim", indent=3)
        if url := quoted_place(item, self.desk.book):
            copy = copy_host(item, self.desk.book)
            shown = Text(f"{'In a copy at ' + copy + ': ' if copy else ''}", style="dim")
            shown.append(printable(url), style=Style(link=url if _is_web(url) else None, underline=True))
            self.console.print(Padding(shown, (0, 0, 0, 3)), soft_wrap=True)
        if source:
            entry = " · ".join(f"{name}: {text}" for name, text in signed_fields(source).items())
            self._line(f"Entry: {entry}", "dim", indent=3)

    def _changes(self, claim: Claim, standing: Standing) -> Iterator[Text]:
        """Yield what moved since this person signed: words that came are underlined, words that went struck."""
        if not standing.mine:
            return
        self._part("What changed since you signed", "")
        old = find_signed_text(self.settings, claim, standing.mine.covers)
        if not old:
            yield Text("The text you signed is not in this checkout.")
            return
        for part in changed_texts(old.claim, claim, old.sources, self.desk.book.sources):
            text = Text(f"{printable(part.title)}: ", style="bold")
            for run in part.runs:
                marks = {"in": ("{+", "+}", "underline green"), "out": ("[-", "-]", "strike red")}
                left, right, style = marks.get(run.kind, ("", "", "not bold"))
                text.append(f"{left}{printable(run.text.rstrip())}{right} ", style=f"not bold {style}")
            yield text

    def _name(self, person: str) -> str:
        people = self.desk.book.ledger.people_by_id
        return people[person].display_name if person in people else person

    def _part(self, title: str, text: str) -> None:
        self.console.print()
        self._line(title, "dim")
        if text:
            self._line(text)

    def _line(self, text: str, style: str = "", indent: int = 0) -> None:
        width = min(self.console.width, WIDEST)
        for line in text.split("\n"):
            shown = Text(printable(line), style=style)
            self.console.print(Padding(shown, (0, 0, 0, indent)), width=width, markup=False)


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))
