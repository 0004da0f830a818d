"""`factpress status`: count claims and units, and say what to do next."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from factpress.cli.book import open_settings, summary
from factpress.problems import counted

if TYPE_CHECKING:
    from factpress.model.status import BookStatus


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: there are none of its own."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Print where the book stands; an unsigned claim is a state, so the status is 0."""
    from factpress.files.book import read_book, read_prose
    from factpress.files.edition_date import edition_date
    from factpress.model.review import reviews
    from factpress.model.status import status

    settings = open_settings(args)
    book, unread = read_book(settings)
    prose, unread_pages = read_prose(settings)
    day = edition_date(settings)
    found = status(book, prose, reviews(book, settings.policy, day))
    if args.format == "json":
        data = dataclasses.asdict(found) | {"date": day, "accounted": found.accounted, "line": found.line}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_text(found, settings.title, day)))
    if any(p.is_error for p in (*unread, *unread_pages)):
        # on the other stream: the counts stay greppable
        print(
            f"Counted what could be read: {summary([*unread, *unread_pages])} See `factpress check`.", file=sys.stderr
        )
    return 0


def _text(found: BookStatus, title: str, day: str) -> Iterator[str]:
    yield f"{title}, as of {day}"
    yield from _table("Review", {f"{state.glyph} {state}": n for state, n in found.states.items()})
    yield from _table("Verdict", {f"{verdict.glyph} {verdict.word}": n for verdict, n in found.verdicts.items()})
    yield ""
    yield f"Units accounted for: {found.accounted} of {found.units}"
    for reason, count in (*found.no_claim.items(), *found.open.items()):
        if count:
            yield f"  {count:4}  {'open: ' if reason in found.open else 'no claim: '}{reason}"
    chapters = counted(found.chapters, "chapter")
    yield f"Paragraphs: {found.paragraphs} in {chapters}, {found.connective} of them connective"
    if found.copies:
        seen = counted(sum(found.copies.values()), "piece")
        yield from _table(f"Evidence seen in a copy: {seen}", found.copies)
    if found.study["data"]:
        yield from ["", "Study aids", *(f"  {count:4}  {name}" for name, count in found.study.items())]
    yield from ["", "Next", *(f"  {sentence}" for sentence in found.next)] if found.next else []
    yield from ["", found.line]


def _table(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield from ["", title, *(f"  {count:4}  {name}" for name, count in counts.items() if count)]
