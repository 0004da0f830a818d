"""`factpress links check`: the offline gate, as part of `factpress check` and alone."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from factpress.cli.book import open_settings, print_report
from factpress.problems import UsageError
from factpress.reporting.report import Report, Result, ResultLevel, make_report, problem_result

if TYPE_CHECKING:
    from factpress.checks.links import GateScope
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
    """Print the status of the links and return 1 if there is an error."""
    from factpress.checks.links import GateScope
    from factpress.files.book import read_book
    from factpress.files.edition_date import edition_date
    from factpress.files.git_history import read_merge_base
    from factpress.model.links.cited import touched_links

    # a server on which the variable is empty must not pass
    if args.touched == "":
        raise UsageError("--touched names no branch or commit.", "Name the branch that this one goes into.")
    settings = open_settings(args)
    book, unread = read_book(settings)
    if unreadable := [problem for problem in unread if problem.is_error]:
        report = make_report(
            "links check", map(problem_result, unreadable), "The links wait until these files can be read."
        )
    else:
        touched = touched_links(book, read_merge_base(settings, args.touched)) if args.touched else frozenset()
        report = recorded_report(book, GateScope(touched, edition_date(settings) if args.release else ""))
    print_report(report, args.format)
    return report.status


def recorded_report(book: Book, scope: GateScope) -> Report:
    """Return a report on every cited link: its problems, or its status."""
    from factpress.checks.links import check_links
    from factpress.model.links.status import link_statuses

    failed = [problem_result(problem) for problem in check_links(book, scope)]
    statuses = link_statuses(book)
    passed = [_passed(status) for url, status in statuses.items() if url not in {result.url for result in failed}]
    counted = make_report("links check", [*failed, *passed])
    return make_report("links check", counted.results, f"{_counts(statuses.values())} {counted.summary}")


def _passed(status: LinkStatus) -> Result:
    from factpress.model.links.wording import link_words

    words = link_words(status)
    return Result(
        rule=str(status.state), level=ResultLevel.PASS, message=f"{words[0].upper()}{words[1:]}.",
        where=status.place, url=status.link.url, date=status.record.last_checked if status.record else "",
    )  # fmt: skip


def _counts(statuses: Iterable[LinkStatus]) -> str:
    links = list(statuses)
    asked = sum(status.record is not None for status in links)
    person = sum(status.record is None and status.page_seen is not None for status in links)
    rest = sum(status.record is None and status.page_seen is None for status in links)
    return (
        f"{len(links)} links: {asked} asked through the network, {person} seen by a person only, "
        f"{rest} only seen when the book was written."
    )
