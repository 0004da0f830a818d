"""Decisions on paper, taken over from a CSV: each row by the rules of the desk, and none twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from factpress.cli.book import print_lines
from factpress.files.book import read_book
from factpress.files.signing.paper import PaperForm, RefusedRow, read_forms
from factpress.files.signing.people import signer
from factpress.files.signing.signoffs import MovedError, NotSignedError, sign
from factpress.model.digest import covered_digests, short_code
from factpress.model.review import review_of
from factpress.model.signing.attempt import Answer, Attempt, piece_letter
from factpress.model.signing.judgement import ObstacleKind, role_for
from factpress.model.signoff import Covers, Person
from factpress.problems import quantity
from factpress.settings import Settings


@dataclass
class _Taken:
    lines: list[str]
    signed: int = 0
    known: int = 0
    refused: int = 0


def take_over(settings: Settings, file: Path, today: str, claimed: str = "") -> int:
    """Sign what a CSV of worksheets holds, say of each row what became of it, and return 1 if one was refused.

    Raises:
        UsageError: nobody of people.yaml sits here, or the file is not such a CSV.
        FileError: a file cannot be read or written.
    """
    person = signer(settings, read_book(settings)[0].ledger.people, claimed)
    rows = read_forms(file)
    taken = _Taken([])
    for row in rows:
        where = f"{file}:{row.line}: {row.claim or 'a row'}"
        if isinstance(row, RefusedRow):
            taken.refused += 1
            taken.lines.append(f"{where} is not taken over: {row.why}.")
        else:
            _take(settings, row, person, today, where, taken)
    known = f", {taken.known} stood there already" if taken.known else ""
    end = f"{quantity(taken.signed, 'decision')} on paper written to docs/claims/signoffs.yaml{known}"
    print_lines([*taken.lines, f"{end}, {taken.refused} refused." if taken.refused else f"{end}."])
    return int(bool(taken.refused))


def _take(settings: Settings, form: PaperForm, person: Person, today: str, where: str, taken: _Taken) -> None:
    try:
        signed = sign(settings, *_attempt(settings, form, person, today), today)
    except MovedError as moved:
        taken.refused += 1
        taken.lines.append(f"{where} is stale: the {_and(moved.parts)} moved after the sheet was printed.")
    except NotSignedError as refused:
        kinds = {each.kind for each in refused.obstacles}
        if kinds <= {ObstacleKind.ALREADY_SIGNED, ObstacleKind.ALREADY_ASKED}:
            taken.known += 1
            return
        taken.refused += 1
        taken.lines.append(f"{where} is not taken over: {_of(form.reviewer, refused.obstacles[0].sentence)}")
    except _WrongRowError as wrong:
        taken.refused += 1
        taken.lines.append(f"{where} is not taken over: {wrong}.")
    else:
        taken.signed += 1
        taken.lines.append(f"{signed.review.state.glyph} {form.claim}: {signed.review.wording}")


class _WrongRowError(Exception):
    """A row that says what cannot be."""


def _attempt(settings: Settings, form: PaperForm, person: Person, today: str) -> tuple[Attempt, Covers]:
    book, _ = read_book(settings)
    claim = book.ledger.by_id.get(form.claim)
    if claim is None:
        raise _WrongRowError("the ledger has no such claim")
    if form.date > today:
        raise _WrongRowError(f"its date, {form.date}, is yet to come")
    shown = covered_digests(claim, book.sources)
    code = short_code(shown).split()
    pairs = zip(("claim", "finding", "evidence"), code, (form.code[:4], form.code[4:8], form.code[8:]), strict=True)
    if parts := tuple(part for part, now, then in pairs if now != then):
        raise MovedError(claim.id, parts, shown)
    letters = {piece_letter(at): at for at in range(len(claim.evidence))}
    answers: dict[int, Answer] = {}
    given: Mapping[Answer, tuple[str, ...]] = {
        Answer.FOUND: form.found,
        Answer.NOT_THERE: form.not_there,
        Answer.CANNOT_OPEN: form.cannot_open,
    }
    for answer, pieces in given.items():
        for letter in pieces:
            if letter not in letters:
                raise _WrongRowError(f"the claim has no piece {letter}")
            if letters[letter] in answers:
                raise _WrongRowError(f"piece {letter} has two answers")
            answers[letters[letter]] = answer
    entries = [entry for entry in book.ledger.signoffs if entry.claim == claim.id]
    role = role_for(review_of(claim, entries, book, settings.policy, today), form.reviewer)
    attempt = Attempt(
        claim=claim.id, by=form.reviewer, choice=form.choice, role=role, answers=answers,
        read_reasoning=form.read_reasoning, note=form.note, entered_by=person.id, signed_on=form.date,
    )  # fmt: skip
    return attempt, shown


def _of(reviewer: str, sentence: str) -> str:
    """Return a sentence to the person who signs as one about whoever filled in the sheet."""
    return f"of {reviewer}: “{sentence}”"


def _and(parts: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
