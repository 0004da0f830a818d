"""`factpress status`: count claims and units, and say what to do next."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from factpress.cli.book import counts_line, open_settings
from factpress.problems import quantity

if TYPE_CHECKING:
    from factpress.model.status import BookStatus


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: there are none of its own."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Print the counts of the book and return 0: an unsigned claim is a state, not a problem."""
    from factpress.files.book import read_book, read_prose
    from factpress.files.edition_date import edition_date
    from factpress.model.review import reviews_by_claim
    from factpress.model.status import book_status

    settings = open_settings(args)
    book, unread = read_book(settings)
    prose, unread_pages = read_prose(settings)
    day = edition_date(settings)
    status = book_status(book, prose, reviews_by_claim(book, settings.policy, day))
    if args.format == "json":
        data = dataclasses.asdict(status) | {"date": day, "accounted": status.accounted, "line": status.line}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_text(status, settings.title, day)))
    if any(p.is_error for p in (*unread, *unread_pages)):
        # on the other stream: the counts stay greppable
        print(
            f"Counted what could be read: {counts_line([*unread, *unread_pages])} See `factpress check`.",
            file=sys.stderr,
        )
    return 0


def _text(status: BookStatus, title: str, day: str) -> Iterator[str]:
    yield f"{title}, as of {day}"
    yield from _table("Review", {f"{state.glyph} {state}": n for state, n in status.states.items()})
    yield from _table("Verdict", {f"{verdict.glyph} {verdict.word}": n for verdict, n in status.verdicts.items()})
    yield ""
    yield f"Units accounted for: {status.accounted} of {status.units}"
    for reason, count in (*status.no_claim.items(), *status.open.items()):
        if count:
            yield f"  {count:4}  {'open: ' if reason in status.open else 'no claim: '}{reason}"
    chapters = quantity(status.chapters, "chapter")
    yield f"Paragraphs: {status.paragraphs} in {chapters}, {status.connective} of them connective"
    if status.copies:
        seen = quantity(sum(status.copies.values()), "piece")
        yield from _table(f"Evidence seen in a copy: {seen}", status.copies)
    if status.study["data"]:
        yield from ["", "Study aids", *(f"  {count:4}  {name}" for name, count in status.study.items())]
    yield from ["", "Next", *(f"  {sentence}" for sentence in status.next)] if status.next else []
    yield from ["", status.line]


def _table(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield from ["", title, *(f"  {count:4}  {name}" for name, count in counts.items() if count)]
