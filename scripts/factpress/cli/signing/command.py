"""`factpress sign C031`: read one finding with its evidence, and sign it; `--from FILE` takes over worksheets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from factpress.cli.book import open_settings, print_lines, received_sentences
from factpress.escaping import json_text, printable
from factpress.problems import UsageError

if TYPE_CHECKING:
    from factpress.desk.held_book import DeskBook
    from factpress.desk.standing import Standing
    from factpress.model.claim import Claim
    from factpress.model.signing.attempt import Answer, Attempt
    from factpress.model.signoff import Person
    from factpress.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("claim", nargs="?", metavar="C031", help="the claim whose finding is signed")
    parser.add_argument("--article", type=Path, metavar="FILE", help="the article as received: its sentence is shown")
    parser.add_argument("--as", dest="person", metavar="ID", default="", help="who you are, as git says too")
    parser.add_argument("--undo", action="store_true", help="take your last sign-off back, until it is committed")
    parser.add_argument("--from", dest="file", type=Path, metavar="FILE", help="take over worksheets from a CSV")
    decide = parser.add_argument_group("without a terminal, say what you decide and did")
    choice = decide.add_mutually_exclusive_group()
    choice.add_argument("--approve", action="store_true")
    choice.add_argument("--return", dest="reject", action="store_true")
    choice.add_argument("--second-reader", action="store_true", help="ask for one, deciding nothing")
    decide.add_argument("--code", metavar="CODE", help="the code that the claim was shown with")
    decide.add_argument("--found", metavar="a,c", default="", help="pieces whose words you found")
    decide.add_argument("--not-there", metavar="b", default="", help="pieces whose words are not there")
    decide.add_argument("--cannot-open", metavar="d", default="", help="pieces that you could not open")
    decide.add_argument("--read-reasoning", action="store_true", help="you read the reasoning to its end")
    decide.add_argument("--note", metavar="TEXT", help="required to return, and to decide between reviewers")


def run(args: argparse.Namespace) -> int:
    """Show a claim and sign it; return 0 when it was signed, or shown to somebody who left without signing."""
    settings = open_settings(args)
    if args.file:
        from factpress.cli.signing.worksheets import take_over

        return take_over(settings, args.file, _today(), args.person)
    if args.undo:
        return _undo(settings, args)
    if not args.claim:
        raise UsageError("Which claim?", "Name it: factpress sign C031; what waits is listed by factpress status.")
    return _sign(settings, args)


def _sign(settings: Settings, args: argparse.Namespace) -> int:
    from factpress.files.signing.people import signer
    from factpress.files.signing.signoffs import MovedError, sign
    from factpress.model.digest import covered_digests, short_code

    desk, claim = _open(settings, args.claim)
    shown = covered_digests(claim, desk.book.sources)
    sentences = received_sentences(settings, args.article) if args.article else {}
    by_flags = args.approve or args.reject or args.second_reader
    try:
        person, cannot = signer(settings, desk.book.ledger.people, args.person), None
    except UsageError as error:
        person, cannot = None, error
    standing = _standing(settings, desk, claim, person)
    if not by_flags:
        _show(settings, args, desk, claim, standing, person, sentences)
    if cannot:
        if args.format == "json" and not by_flags:
            return 0
        raise cannot
    assert person
    if by_flags:
        if not args.code:
            hint = f"Read it: factpress sign {claim.id}, and give the code it shows with --code."
            raise UsageError("What you sign is named by the code that it was shown with.", hint)
        if "".join(args.code.split()).lower() != "".join(short_code(shown).split()):
            names = ("claim", "finding", "evidence")
            pairs = zip(names, _groups(args.code), _groups(short_code(shown)), strict=True)
            parts = [part for part, old, new in pairs if old != new]
            raise MovedError(claim.id, tuple(parts), shown)
        attempt: Attempt | None = _attempt(args, claim, standing, person)
    elif sys.stdin.isatty() and sys.stdout.isatty() and args.format == "text":
        attempt = _ask(settings, desk, claim, standing, person)
    elif args.format == "json":
        return 0
    else:
        hint = "Add --code and one of --approve, --return, --second-reader; see factpress sign --help."
        raise UsageError("Nothing was signed: here is no terminal to ask you in.", hint)
    if attempt is None:
        print_lines(["Nothing was signed."])
        return 0
    signed = sign(settings, attempt, shown, _today())
    _told(settings, args, claim, signed.review.state.glyph, signed.review.wording, person)
    return 0


def _open(settings: Settings, name: str) -> tuple[DeskBook, Claim]:
    from factpress.desk.held_book import DeskBook
    from factpress.files.book import read_book, read_prose
    from factpress.files.yaml.records import did_you_mean

    book, _ = read_book(settings)
    desk = DeskBook(book, read_prose(settings)[0])
    wanted = name.upper()
    claim = book.ledger.by_id.get(wanted)
    if claim is None:
        near = did_you_mean(wanted, book.ledger.by_id)
        raise UsageError(f"The ledger has no claim {printable(name)}.{near}", "See `factpress status` for what waits.")
    return desk, claim


def _standing(settings: Settings, desk: DeskBook, claim: Claim, person: Person | None) -> Standing:
    from factpress.desk.standing import standing_of
    from factpress.model.review import review_of

    entries = [entry for entry in desk.book.ledger.signoffs if entry.claim == claim.id]
    return standing_of(claim, review_of(claim, entries, desk.book, settings.policy, _today()), person)


def _show(
    settings: Settings,
    args: argparse.Namespace,
    desk: DeskBook,
    claim: Claim,
    standing: Standing,
    person: Person | None,
    sentences: Mapping[str, str],
) -> None:
    from rich.console import Console

    from factpress.cli.signing.screen import ClaimPrinter, claim_data

    if args.format == "json":
        print(json_text(claim_data(desk, claim, standing, person)))
    else:
        ClaimPrinter(Console(highlight=False), settings, desk).show(claim, standing, person, sentences)


def _ask(settings: Settings, desk: DeskBook, claim: Claim, standing: Standing, person: Person) -> Attempt | None:
    from factpress.cli.signing.questions import Questions

    def ask(prompt: str) -> str:
        try:
            return input(prompt).strip()
        except EOFError:
            return ""

    print_lines(["", f"Signing as {person.name}."])
    questions = Questions(lambda prompt: ask(prompt).lower(), ask, lambda line: print_lines([line]))
    return questions.attempt(claim, person.id, standing.role, desk.book, settings.policy, _today())


def _attempt(args: argparse.Namespace, claim: Claim, standing: Standing, person: Person) -> Attempt:
    from factpress.model.signing.attempt import Answer, Attempt
    from factpress.model.vocabulary import Asks, Decision

    answers: dict[int, Answer] = {}
    for answer, given in (
        (Answer.FOUND, args.found),
        (Answer.NOT_THERE, args.not_there),
        (Answer.CANNOT_OPEN, args.cannot_open),
    ):
        answers |= _places(given, claim, answer, answers)
    choice = Asks.SECOND_READER if args.second_reader else Decision.APPROVE if args.approve else Decision.REJECT
    return Attempt(
        claim=claim.id, by=person.id, choice=choice, role=standing.role, answers=answers,
        read_reasoning=args.read_reasoning, note=args.note,
    )  # fmt: skip


def _places(given: str, claim: Claim, answer: Answer, before: Mapping[int, Answer]) -> dict[int, Answer]:
    from factpress.model.signing.attempt import piece_letter

    known = {piece_letter(at): at for at in range(len(claim.evidence))}
    places = {}
    for letter in given.replace(",", " ").lower().split():
        if letter not in known:
            pieces = f"It has {', '.join(known)}." if known else "It has no evidence."
            raise UsageError(f"{claim.id} has no piece {printable(letter)}.", pieces)
        if known[letter] in before:
            raise UsageError(f"Piece {letter} has two answers.", "Give it one.")
        places[known[letter]] = answer
    return places


def _undo(settings: Settings, args: argparse.Namespace) -> int:
    from factpress.files.book import read_book
    from factpress.files.signing.people import signer
    from factpress.files.signing.signoffs import undo

    person = signer(settings, read_book(settings)[0].ledger.people, args.person)
    entry = undo(settings, person.id)
    print_lines([f"Taken back: what {entry.by} signed on {entry.claim}. It no longer stands in signoffs.yaml."])
    return 0


def _told(settings: Settings, args: argparse.Namespace, claim: Claim, glyph: str, wording: str, person: Person) -> None:
    from factpress.cli.status.board import waiting_in_order
    from factpress.desk.held_book import DeskBook
    from factpress.desk.standing import standings
    from factpress.files.book import read_book, read_prose
    from factpress.model.review import reviews_by_claim

    desk = DeskBook(read_book(settings)[0], read_prose(settings)[0])
    reviews = reviews_by_claim(desk.book, settings.policy, _today())
    seen = standings(desk, reviews, person)
    waiting = waiting_in_order(desk, seen)
    if args.format == "json":
        told = {"claim": claim.id, "state": reviews[claim.id].state, "wording": wording, "next": waiting[:1]}
        print(json_text(told))
        return
    lines = [f"{glyph} {claim.id}: {wording} Written to docs/claims/signoffs.yaml.",
             "`factpress sign --undo` takes it back until it is committed."]  # fmt: skip
    following = f"Next: factpress sign {waiting[0]} ({len(waiting)} left)." if waiting else ""
    print_lines([*lines, following or "Nothing is left for you to sign."])


def _groups(code: str) -> tuple[str, str, str]:
    digits = "".join(code.split()).lower()
    return digits[:4], digits[4:8], digits[8:]


def _today() -> str:
    return date.today().isoformat()
