"""`factpress links check`: the offline gate, as part of `factpress check` and alone."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from factpress.cli.book import open_settings, print_report
from factpress.problems import UsageError
from factpress.reporting.report import Report, Result, ResultLevel, report, result_of

if TYPE_CHECKING:
    from factpress.checks.links import Scope
    from factpress.model.book import Book
    from factpress.model.links.status import LinkStatus


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument(
        "--touched", metavar="BASE", help="links touched since the merge base with BASE answer for what is recorded"
    )
    scope.add_argument("--release", action="store_true", help="every link answers, and its record must be recent")


def run(args: argparse.Namespace) -> int:
    """Print how the links stand and return 1 if there is an error."""
    from factpress.checks.links import Scope
    from factpress.files.book import read_book
    from factpress.files.edition_date import edition_date
    from factpress.files.git_history import read_merge_base
    from factpress.model.links.cited import touched_links

    # a server whose variable is empty must not be told that all is well
    if args.touched == "":
        raise UsageError("--touched names no branch or commit.", "Name the branch that this one goes into.")
    settings = open_settings(args)
    book, unread = read_book(settings)
    if unreadable := [problem for problem in unread if problem.is_error]:
        found = report("links check", map(result_of, unreadable), "The links wait until these files can be read.")
    else:
        touched = touched_links(book, read_merge_base(settings, args.touched)) if args.touched else frozenset()
        found = recorded(book, Scope(touched, edition_date(settings) if args.release else ""))
    print_report(found, args.format)
    return found.status


def recorded(book: Book, scope: Scope) -> Report:
    """Return every cited link with what is wrong with it, or how it stands."""
    from factpress.checks.links import check_links
    from factpress.model.links.status import link_statuses

    wrong = [result_of(problem) for problem in check_links(book, scope)]
    known = link_statuses(book)
    passed = [_passed(one) for url, one in known.items() if url not in {result.url for result in wrong}]
    counted = report("links check", [*wrong, *passed])
    return report("links check", counted.results, f"{_counts(known.values())} {counted.summary}")


def _passed(one: LinkStatus) -> Result:
    from factpress.model.links.wording import link_words

    words = link_words(one)
    return Result(
        rule=str(one.state), level=ResultLevel.PASS, message=f"{words[0].upper()}{words[1:]}.",
        where=one.place, url=one.link.url, date=one.record.last_checked if one.record else "",
    )  # fmt: skip


def _counts(known: Iterable[LinkStatus]) -> str:
    links = list(known)
    asked = sum(one.record is not None for one in links)
    person = sum(one.record is None and one.page_seen is not None for one in links)
    rest = sum(one.record is None and one.page_seen is None for one in links)
    return (
        f"{len(links)} links: {asked} asked through the network, {person} seen by a person only, "
        f"{rest} only seen when the book was written."
    )
