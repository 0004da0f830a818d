"""`factpress status`: count claims and units, and say what to do next."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from factpress.cli.book import counts_line, open_settings, print_lines
from factpress.escaping import json_text
from factpress.problems import UsageError, quantity

if TYPE_CHECKING:
    from factpress.cli.status.board import Board
    from factpress.model.status import BookStatus


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--badge", type=Path, metavar="FILE", help="write how much is signed off, as .svg or .json")


def run(args: argparse.Namespace) -> int:
    """Print the counts of the book and return 0: an unsigned claim is a state, not a problem."""
    from factpress.cli.status.board import make_board
    from factpress.cli.status.forms import board_markdown
    from factpress.desk.held_book import DeskBook
    from factpress.files.book import read_book, read_prose
    from factpress.model.review import reviews_by_claim
    from factpress.model.status import book_status

    settings = open_settings(args)
    book, unread = read_book(settings)
    prose, unread_pages = read_prose(settings)
    # a build judges the age of sign-offs at its edition's date; whoever works on the book wants to know today
    day = _today()
    reviews = reviews_by_claim(book, settings.policy, day)
    status = book_status(book, prose, reviews)
    board = make_board(DeskBook(book, prose), reviews)
    if args.badge:
        _write_badge(args.badge, board)
    if args.format == "json":
        data = dataclasses.asdict(status) | {"date": day, "accounted": status.accounted, "line": status.line}
        print(json_text(data | {"board": dataclasses.asdict(board)}))
    elif args.format == "markdown":
        print(board_markdown(board, status, settings.title, day), end="")
    else:
        print_lines(_text(status, board, settings.title, day))
    if any(p.is_error for p in (*unread, *unread_pages)):
        # on the other stream: the counts stay greppable
        print(
            f"Counted what could be read: {counts_line([*unread, *unread_pages])} See `factpress check`.",
            file=sys.stderr,
        )
    return 0


def _write_badge(file: Path, board: Board) -> None:
    """Write the badge in the form that the file's name ends with."""
    from factpress.cli.status.forms import badge_json, badge_svg
    from factpress.files.atomic import write_atomically

    forms = {".svg": badge_svg, ".json": badge_json}
    if file.suffix not in forms:
        raise UsageError(f"{file} is neither .svg nor .json.", "Name the badge badge.svg or badge.json.")
    write_atomically(file, forms[file.suffix](board))


def _today() -> str:
    return date.today().isoformat()


def _text(status: BookStatus, board: Board, title: str, day: str) -> Iterator[str]:
    yield f"{title}, as of {day}"
    yield from _table("Review", {f"{state.glyph} {state}": n for state, n in status.states.items()})
    yield from _table("Verdict", {f"{verdict.glyph} {verdict.word}": n for verdict, n in status.verdicts.items()})
    yield ""
    yield f"Units accounted for: {status.accounted} of {status.units}"
    for reason, count in (*status.no_claim.items(), *status.open.items()):
        if count:
            yield f"  {count:4}  {'open: ' if reason in status.open else 'no claim: '}{reason}"
    if status.drafted:
        yield f"Drafted by a machine, accepted by nobody: {status.drafted}"
    chapters = quantity(status.chapters, "chapter")
    yield f"Paragraphs: {status.paragraphs} in {chapters}, {status.connective} of them connective"
    if status.copies:
        seen = quantity(sum(status.copies.values()), "piece")
        yield from _table(f"Evidence seen in a copy: {seen}", status.copies)
    if status.study["data"]:
        yield from ["", "Study aids", *(f"  {count:4}  {name}" for name, count in status.study.items())]
    from factpress.cli.status.forms import board_lines

    yield from board_lines(board)
    yield from ["", "Next", *(f"  {sentence}" for sentence in status.next)] if status.next else []
    yield from ["", status.line]


def _table(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield from ["", title, *(f"  {count:4}  {name}" for name, count in counts.items() if count)]
