"""`factpress check`: report what is wrong with the book."""

from __future__ import annotations

import argparse

from factpress.cli.book import open_settings, say, show, status_of, summary, tally
from factpress.cli.check_pages import check_pages
from factpress.escaping import json_text
from factpress.problems import in_order


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--strict", action="store_true", help="warnings fail the command too")
    parser.add_argument(
        "--fix", action="store_true", help="first put the YAML files and references.bib into their one form"
    )
    parser.add_argument(
        "--edition", choices=("pdf",), help="the pages of the PDF as it was built last, instead of what it was built of"
    )


def run(args: argparse.Namespace) -> int:
    """Print the problems of the book and return 1 if there are any that count."""
    from factpress.checks import check
    from factpress.files.yaml.formatting import FixedBook, fix_book

    settings = open_settings(args)
    if args.edition:
        return check_pages(settings, args.format, strict=args.strict)
    fixed = fix_book(settings) if args.fix else FixedBook([], [], [])
    checked = check(settings)
    problems = in_order([*checked.problems, *fixed.problems])
    if args.format == "json":
        listed = [p.as_dict() for p in problems]
        done = {"written": fixed.written, "changed": [str(change) for change in fixed.changes]}
        data = {"problems": listed, "counts": tally(problems), "complete": checked.complete}
        print(json_text(done | data))
    else:
        say(fixed.lines if args.format == "text" else ())
        waiting = "" if checked.complete else " Some checks wait until these files can be read."
        show(problems, summary(problems) + waiting, form=args.format)
    return status_of(problems, strict=args.strict)
